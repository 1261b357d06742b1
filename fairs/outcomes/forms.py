"""Forms after a fair: figures with reasons, the survey, outcomes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from fairs.employers.models import Employer
from fairs.outcomes.actions import Said
from fairs.outcomes.answering import Counts, Opinion
from fairs.outcomes.figures import DEFINITIONS, MOST, Figure, Figures
from fairs.outcomes.rules import STAGE_LABELS, Stage
from fairs.outcomes.survey import QUESTION_LABELS, SCORE_LABELS, SCORES, Side
from fairs.web.forms import DayField, SelectChoice

MOST_STUDENTS = 9999


class FiguresForm(FlaskForm):
    """The figures of an event, each with a field for why it was corrected; the fields come per event."""

    shown = HiddenField()
    nobody_came = BooleanField(
        _("没有单位到场"), description=_("点名无一单位到场时勾选，所有已确认的单位将登记为未到场。")
    )

    def said(self, figures: Sequence[Figure]) -> Said:
        """What was typed, for the action."""
        form: Any = self
        return Said(
            shown=form.shown.data or "",
            figures={one: form[one.value].data for one in figures},
            reasons={one: form[f"{one.value}_reason"].data or "" for one in figures},
            nobody_came=bool(form.nobody_came.data),
        )


def figures_form(figures: Figures, shown: str) -> FiguresForm:
    """A form for these figures, filled with them; ``shown`` marks what is looked at."""
    fields: dict[str, Any] = {}
    for figure in figures:
        label = gettext(DEFINITIONS[figure].label)
        number = [InputRequired(_("请填写数字。")), NumberRange(0, MOST, _("请填写 0 以上的整数。"))]
        fields[figure.value] = IntegerField(label, number)
        fields[f"{figure.value}_reason"] = StringField(
            gettext("更正原因：%(label)s", label=label), [Optional(), Length(max=200)]
        )
    form: Any = type("FiguresOfEvent", (FiguresForm,), fields)()
    if not form.is_submitted():
        form.shown.data = shown
        for figure, value in figures.items():
            form[figure.value].data = value
    return form  # type: ignore[no-any-return]  # made above from FiguresForm


class SurveyForm(FlaskForm):
    """One line of free text under the statements of a side, which come per side."""

    comment = TextAreaField(_("想对学校说的话"), [Optional(), Length(max=300)])

    def opinion(self, side: Side) -> Opinion:
        """What was answered, for the action."""
        form: Any = self
        return Opinion({key: int(form[key].data) for key in QUESTION_LABELS[side]}, form.comment.data or "")


def survey_form(side: Side) -> SurveyForm:
    """The survey of a side."""
    choices = [SelectChoice(str(score), f"{score} {gettext(SCORE_LABELS[score])}") for score in SCORES]
    fields: Mapping[str, Any] = {
        key: RadioField(gettext(text), [InputRequired(_("请为每一项打分。"))], choices=choices)
        for key, text in QUESTION_LABELS[side].items()
    }
    form: SurveyForm = type("SurveyOfSide", (SurveyForm,), dict(fields))()
    return form


class OutcomeForm(FlaskForm):
    """How far it has come with an employer."""

    employer = SelectField(_("单位"), [InputRequired(_("请选择单位。"))])
    stage = SelectField(_("进展"), [InputRequired(_("请选择进展。"))])
    happened_on = DayField(_("日期"), [InputRequired(_("请填写日期。"))])

    def offer(self, there: Sequence[Employer]) -> None:
        """The employers that may be chosen."""
        firms = [SelectChoice(one.public_id, one.legal_name) for one in there]
        self.employer.choices = [SelectChoice("", gettext("请选择")), *firms]
        self.stage.choices = [
            SelectChoice(stage.value, gettext(label)) for stage, label in STAGE_LABELS.items()
        ]

    def chosen_stage(self) -> Stage:
        """The stage that was chosen."""
        return Stage(self.stage.data)


class ResultForm(FlaskForm):
    """What came of the fair for an employer, in numbers."""

    _number = (InputRequired(_("没有请填 0。")), NumberRange(0, MOST_STUDENTS, _("请填写 0 以上的整数。")))
    intents = IntegerField(_("达成意向"), [*_number], description=_("愿意继续面试或签约的学生人数。"))
    offers = IntegerField(_("发出录用通知"), [*_number])
    signed = IntegerField(_("已签约"), [*_number])

    def counts(self) -> Counts:
        """What was typed, for the action."""
        form: Any = self
        return Counts(form.intents.data, form.offers.data, form.signed.data)
