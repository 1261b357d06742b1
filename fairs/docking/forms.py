"""Forms of docking meetings."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from fairs.clock import campus
from fairs.docking.actions import Change, Wish
from fairs.docking.models import TableMeeting
from fairs.docking.queries import Time, time_of
from fairs.docking.rules import Sitting
from fairs.institutions.models import Department
from fairs.web.language import when_short


class TablesForm(FlaskForm):
    """How many tables, how long a sitting."""

    tables = IntegerField(_("桌数"), [InputRequired(_("请填写桌数。"))], default=10)
    minutes = IntegerField(_("每次对接几分钟"), [InputRequired(_("请填写时长。"))], default=30)


class AskForm(FlaskForm):
    """A meeting with a department; who is asked stands in ``employer`` on the pages of the university."""

    employer = StringField(
        _("单位"),
        [DataRequired(_("请填写单位。")), Length(max=120)],
        description=_("单位全称或统一社会信用代码。"),
    )
    department = SelectField(_("院系"), [InputRequired(_("请选择院系。"))], coerce=str)
    sitting = SelectField(_("时段"), [InputRequired(_("请选择时段。"))], coerce=str)
    topic = StringField(
        _("想谈什么"), [Optional(), Length(max=200)], description=_("例如“实习基地、2027届软件工程毕业生”。")
    )

    def wish(self, employer_id: int) -> Wish:
        """What was typed."""
        form: Any = self  # validated: choices that were offered
        day, _dash, number = form.sitting.data.rpartition("-")
        return Wish(
            day=day,
            sitting_no=int(number),
            employer_id=employer_id,
            department_id=int(form.department.data),
            topic=form.topic.data or "",
        )


def ask_form(departments: Sequence[Department], times: Sequence[Time], *, for_employer: bool) -> AskForm:
    """The form with the departments and the free times that can be chosen."""
    form = AskForm()
    if for_employer:
        del form.employer
    form.department.choices = [(str(one.id), one.name) for one in departments]
    form.sitting.choices = [(one.key, _span(one.sitting)) for one in times]
    return form


class ChangeForm(FlaskForm):
    """Another time or topic for a meeting."""

    version = IntegerField(widget=HiddenInput(), default=0)
    sitting = SelectField(
        _("时段"),
        [InputRequired(_("请选择时段。"))],
        coerce=str,
        description=_("改到别的时段后，须由对方再次同意。"),
    )
    topic = StringField(_("想谈什么"), [Optional(), Length(max=200)])

    def change(self) -> Change:
        """What was typed."""
        form: Any = self  # validated: choices that were offered
        day, _dash, number = form.sitting.data.rpartition("-")
        return Change(
            day=day, sitting_no=int(number), topic=form.topic.data or "", version=form.version.data or 0
        )


def change_form(row: TableMeeting, times: Sequence[Time]) -> ChangeForm:
    """The form with the meeting's own time first, then those that are free for both."""
    form = ChangeForm()
    own = f"{row.occurrence.public_id}-{row.sitting_no}"
    at = time_of(row)
    form.sitting.choices = [
        (own, gettext("%(time)s（不变）", time=_span(at))),
        *((one.key, _span(one.sitting)) for one in times if one.key != own),
    ]
    if not form.is_submitted():
        form.sitting.data, form.topic.data, form.version.data = own, row.topic, row.version
    return form


def _span(sitting: Sitting) -> str:
    return f"{when_short(sitting.starts_at)}–{campus(sitting.ends_at):%H:%M}"


class CancelForm(FlaskForm):
    """Why a meeting is called off or declined."""

    reason = StringField(_("原因"), [DataRequired(_("请写明原因，对方会看到。")), Length(max=200)])


class MinutesForm(FlaskForm):
    """What was said, and what follows."""

    version = HiddenField()
    minutes = TextAreaField(_("对接纪要"), [DataRequired(_("请填写纪要。")), Length(max=5000)])
    follow_up = StringField(
        _("后续事项"), [Optional(), Length(max=300)], description=_("谁在什么时候做什么；没有可不填。")
    )
