"""Forms of an event's steps: signatures, reasons, a new date."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from fairs.clock import campus
from fairs.operations.moving import NewDate
from fairs.programmes.drafts import DayDraft
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import EventState
from fairs.venues import queries as venues
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
    """When and where a day is, by the campus clock. ``confirmed`` once the preview was read."""

    version = HiddenField()
    confirmed = HiddenField()
    starts_on = DayField(_("日期"), [InputRequired(_("请填写日期。"))])
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))])
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))])
    place = StringField(
        _("具体位置"), [Optional(), Length(max=120)], description=_("例如“二层东厅”，可不填。")
    )
    outside_reason = StringField(
        _("不在系列活动时间内的理由"),
        [Optional(), Length(max=200)],
        description=_("日期在系列活动时间之外时填写。"),
    )

    def draft(self) -> DayDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return DayDraft(
            on=form.starts_on.data,
            starts=form.starts.data,
            ends=form.ends.data,
            place=(form.place.data or "").strip() if "place" in self else "",
        )

    def shown_version(self) -> int | None:
        """The version of the event that the page showed."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def reason(self) -> str:
        """Why the day may lie outside its programme's window."""
        return (self.outside_reason.data or "").strip()


class MoveForm(DayForm):
    """A new date for all days of an event; further days keep their distance."""

    space = SelectField(
        _("场地"),
        coerce=str,
        validators=[Optional()],
        description=_("延期时场地已释放，可以现在选定，也可以以后再定。"),
    )

    def new_date(self) -> NewDate:
        """What was typed, for the action."""
        draft = self.draft()
        space = self.space.data if "space" in self else ""
        return NewDate(
            first_on=draft.on,
            starts=draft.starts,
            ends=draft.ends,
            outside_reason=self.reason(),
            space_id=int(space) if space else None,
        )


def day_form(day: Occurrence) -> DayForm:
    """The form of a day, with what it is now."""
    form = DayForm()
    _fill(form, day)
    return form


def move_form(event: Event, first: Occurrence) -> MoveForm:
    """The form of all days; only a postponed event, which has given back its halls, chooses one anew."""
    form = MoveForm()
    del form.place
    if event.state is EventState.POSTPONED:
        form.space.choices = [("", gettext("以后再定"))] + [
            (str(one.id), gettext("%(name)s（可容纳 %(persons)s 人）", name=one.name, persons=one.capacity))
            for one in venues.spaces(event.university_id)
        ]
    else:
        del form.space
    _fill(form, first)
    return form


def _fill(form: DayForm, day: Occurrence) -> None:
    if form.is_submitted():
        return
    starts, ends = campus(day.starts_at), campus(day.ends_at)
    form.starts_on.data, form.version.data = starts.date(), str(day.event.version)
    form.starts.data, form.ends.data = starts.time(), ends.time()
    if "place" in form:
        form.place.data = day.place
