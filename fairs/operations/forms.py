"""Forms of an event's steps: signatures, reasons, a new date."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from fairs.clock import campus
from fairs.programmes.drafts import DayDraft
from fairs.programmes.models import Occurrence
from fairs.web.forms import DayField


class ReasonForm(FlaskForm):
    """Why an event is cancelled or put off."""

    reason = TextAreaField(
        _("原因"),
        [InputRequired(_("请写明原因，已报名的单位和学生都会看到。")), Length(max=300)],
        description=_("已报名的单位和学生都会看到，并公布在活动页面上。"),
    )


class CloseForm(FlaskForm):
    """The end of an event."""

    cleared = BooleanField(_("已确认清场"), description=_("现场负责人已看过，场内没有参加者。"))


class DayForm(FlaskForm):
    """When and where a day is, by the campus clock."""

    starts_on = DayField(_("日期"), [InputRequired(_("请填写日期。"))])
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))])
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))])
    place = StringField(
        _("具体位置"), [Optional(), Length(max=120)], description=_("例如“二层东厅”，可不填。")
    )

    def draft(self) -> DayDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return DayDraft(
            on=form.starts_on.data,
            starts=form.starts.data,
            ends=form.ends.data,
            place=(form.place.data or "").strip(),
        )


def day_form(day: Occurrence) -> DayForm:
    """The form of a day, with what it is now."""
    form = DayForm()
    if not form.is_submitted():
        starts, ends = campus(day.starts_at), campus(day.ends_at)
        form.starts_on.data, form.place.data = starts.date(), day.place
        form.starts.data, form.ends.data = starts.time(), ends.time()
    return form
