"""The form that plans an event like an earlier one."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from fairs.clock import campus_day
from fairs.programmes import queries
from fairs.programmes.cloning import CloneWish, same_weekday
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind
from fairs.venues import queries as venues
from fairs.web.forms import DayField


class CloneForm(FlaskForm):
    """What is new about the copy."""

    title = StringField(_("活动名称"), [DataRequired(_("请填写活动名称。")), Length(max=120)])
    starts_on = DayField(
        _("日期"),
        [InputRequired(_("请填写日期。"))],
        description=_("已按原活动的星期几推算，多天活动的其余日期随之移动。"),
    )
    accept_clashes = BooleanField(_("已了解，仍按此日期办理"))
    space = SelectField(_("场地"), coerce=str, validators=[Optional()])
    late_reason = StringField(
        _("紧急办理的原因"),
        [Optional(), Length(max=200)],
        description=_("宣讲会教室提前不到 5 个工作日预订时填写。"),
    )
    programme = SelectField(_("所属系列活动"), coerce=str, validators=[Optional()])
    outside_reason = StringField(
        _("不在系列活动时间内的理由"),
        [Optional(), Length(max=200)],
        description=_("日期在系列活动时间之外时填写。"),
    )

    def wish(self) -> CloneWish:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return CloneWish(
            title=form.title.data.strip(),
            first_on=form.starts_on.data,
            space_id=int(form.space.data) if form.space.data else None,
            programme_id=int(form.programme.data) if form.programme.data else None,
            outside_reason=(form.outside_reason.data or "").strip(),
            late_reason=(form.late_reason.data or "").strip() if "late_reason" in form else "",
            accept_clashes=bool(form.accept_clashes.data),
        )


def clone_form(source: Event, today: date) -> CloneForm:
    """The form, with the same weekday and hall as the earlier event."""
    form = CloneForm()
    if source.kind is not EventKind.INFO_SESSION:
        del form.late_reason
    form.space.choices = [("", gettext("以后再定"))] + [
        (str(space.id), gettext("%(name)s（可容纳 %(persons)s 人）", name=space.name, persons=space.capacity))
        for space in venues.spaces(source.university_id)
    ]
    seasons = queries.programmes(source.university_id, ending_from=today)
    form.programme.choices = [("", gettext("不属于系列活动"))] + [(str(p.id), p.name) for p in seasons]
    if not form.is_submitted():
        day = queries.occurrences(source.id)[0]
        form.title.data = source.title
        form.starts_on.data = same_weekday(campus_day(day.starts_at), today)
        form.space.data = next((str(use.space_id) for use in day.uses), "")
    return form
