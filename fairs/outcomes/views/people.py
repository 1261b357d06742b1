"""Pages of those who were there: the survey, what came of the fair; and the results for everybody."""

from typing import Any

from flask import g, render_template
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.clock import campus_day
from fairs.database import found
from fairs.outcomes import answering, queries
from fairs.outcomes.figures import DEFINITIONS, PUBLISHED
from fairs.outcomes.forms import OutcomeForm, ResultForm, SurveyForm, survey_form
from fairs.outcomes.models import EmployerResult, FairOutcome
from fairs.outcomes.rules import AFTER, STAGE_LABELS, ClosingState
from fairs.outcomes.survey import QUESTION_LABELS, Side
from fairs.outcomes.views.blueprint import bp
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

PLACE = "/employer/<employer>/fairs/<school>/<event>"


def _event(public_id: str) -> Event:
    return events.public_event(public_id, access.school().id)


@bp.get("/<school>/events/<event>/results")
@access.public
def results(event: str) -> str:
    """The confirmed figures of an event, once they are published."""
    chosen = _event(event)
    closing = found(queries.closing_of(chosen.id))
    known = queries.latest([chosen.id]).get(chosen.id, {})
    shown = found(known if closing.state is ClosingState.PUBLISHED else None)
    return render_template(
        "outcomes/results.html",
        event=chosen,
        closing=closing,
        figures=[(DEFINITIONS[one], shown[one]) for one in PUBLISHED if one in shown],
        occurrences=events.occurrences(chosen.id),
    )


@bp.route("/<school>/events/<event>/survey", methods=["GET", "POST"])
@access.signed_in
def student_survey(event: str) -> Any:
    """A student's survey: three taps and an optional line, without a name."""
    chosen, who = _event(event), access.me().person_id
    number, form = chosen.id, survey_form(Side.STUDENT)
    done = submitted(
        form, lambda: answering.answer_as_student(number, who, form.opinion(Side.STUDENT), clock.now())
    )
    if done:
        return back_to("outcomes.student_survey", _("已提交，谢谢！"), event=event)
    answered = queries.is_answered(number, who)
    return _survey_page(event, form, Side.STUDENT, answered=answered), status_of(form)


def _survey_page(event: str, form: SurveyForm, side: Side, *, answered: bool) -> str:
    chosen = _event(event)
    return render_template(
        "outcomes/survey.html",
        event=chosen,
        form=form,
        side=side,
        questions=list(QUESTION_LABELS[side]),
        answered=answered,
        is_open=queries.asks_me(chosen, clock.now()),
        there=_is_there(chosen, side),
    )


def _is_there(event: Event, side: Side) -> bool:
    if side is Side.EMPLOYER:
        return queries.was_there(event.id, g.employer_id)
    return queries.attended(event.id, access.me().person_id)


@bp.route(f"{PLACE}/survey", methods=["GET", "POST"])
@access.for_employer
def employer_survey(event: str) -> Any:
    """An employer's survey, answered once in its name."""
    chosen, me, firm = _event(event), access.me().person_id, g.employer_id
    number, form = chosen.id, survey_form(Side.EMPLOYER)
    done = submitted(
        form,
        lambda: answering.answer_as_employer(
            number, firm, form.opinion(Side.EMPLOYER), by=me, now=clock.now()
        ),
    )
    if done:
        return back_to("outcomes.employer_survey", _("已提交，谢谢！"), event=event)
    answered = queries.employer_answer(number, firm) is not None
    return _survey_page(event, form, Side.EMPLOYER, answered=answered), status_of(form)


@bp.route("/<school>/events/<event>/outcomes", methods=["GET", "POST"])
@access.signed_in
def outcomes(event: str) -> Any:
    """What came of the fair for a student: intents, offers, signatures by employer."""
    chosen, form = _event(event), OutcomeForm()
    there = queries.employers_there(chosen.id)
    form.offer(there)
    if not form.is_submitted():
        form.happened_on.data = campus_day(clock.now())
    numbers, number = {one.public_id: one.id for one in there}, chosen.id
    if submitted(form, lambda: _record(number, form, numbers)):
        return back_to("outcomes.outcomes", _("已登记，随时可以更新。"), event=event)
    return _outcomes_page(event, form), status_of(form)


def _record(event_id: int, form: OutcomeForm, numbers: dict[str, int]) -> FairOutcome:
    form_: Any = form
    return answering.record_outcome(
        event_id,
        access.me().person_id,
        numbers[form_.employer.data],
        form.chosen_stage(),
        form_.happened_on.data,
        clock.now(),
    )


def _outcomes_page(event: str, form: OutcomeForm) -> str:
    chosen, who = _event(event), access.me().person_id
    return render_template(
        "outcomes/outcomes.html",
        event=chosen,
        form=form,
        mine=queries.own_outcomes(chosen.id, who),
        stages=STAGE_LABELS,
        may=chosen.state in AFTER and queries.attended(chosen.id, who),
    )


@bp.route(f"{PLACE}/result", methods=["GET", "POST"])
@access.for_employer
def result(event: str) -> Any:
    """What came of the fair for an employer, in three numbers."""
    chosen = _event(event)
    there = queries.employer_result(chosen.id, g.employer_id)
    form = ResultForm(obj=there)
    number, firm = chosen.id, g.employer_id
    if submitted(form, lambda: _report(number, firm, form)):
        return back_to("outcomes.result", _("已保存，一周内可随时更新。"), event=event)
    shown = _event(event)
    return render_template(
        "outcomes/result.html",
        event=shown,
        form=form,
        may=shown.state in AFTER and queries.was_there(shown.id, firm),
        figures=queries.employer_result(shown.id, firm),
    ), status_of(form)


def _report(event_id: int, employer_id: int, form: ResultForm) -> EmployerResult:
    return answering.report_result(
        event_id, employer_id, form.counts(), by=access.me().person_id, now=clock.now()
    )
