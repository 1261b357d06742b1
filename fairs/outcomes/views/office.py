"""The organisers' pages after a fair: the roll, the figures, the effect, the survey, and the list of closings."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE
from fairs.audit import actions as audit
from fairs.exhibitors.badges import badge_of as exhibitor_badge
from fairs.files.answers import sheet_answer
from fairs.outcomes import actions, counting, effects, queries, sheets
from fairs.outcomes.badges import badge_of
from fairs.outcomes.figures import DEFINITIONS, Figure, fingerprint
from fairs.outcomes.forms import figures_form
from fairs.outcomes.models import ClosingSnapshot
from fairs.outcomes.rules import AFTER, CLOSING_LABELS, ROLL_OPEN
from fairs.outcomes.survey import FEWEST, SCORES, Side, lines, may_show, survey_closes
from fairs.outcomes.views.blueprint import CLOSERS, READERS, bp
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.programmes.tabs import tabs
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

SORTS = {"title": Event.title}


def _mine(event: str) -> Event:
    return events.staff_event(event, access.school().id, access.me())


@bp.get("/<school>/office/closings")
@access.require(*READERS)
def closings() -> str:
    """Events that are over: which figures wait, until when, and what came of each."""
    shown = listing(
        queries.closings(access.school().id, access.me(), request.args),
        search=(Event.title, Event.no),
        sorts={**SORTS, "ended": queries.ended()},
        default_sort="-ended",
        scalars=False,
    )
    return render_template(
        "outcomes/closings.html",
        listing=shown,
        confirmed=queries.latest([row[0].id for row in shown.items]),
        states=[(state.value, _(label)) for state, label in CLOSING_LABELS.items()],
        badge_of=badge_of,
        Figure=Figure,
        now=clock.now(),
    )


@bp.get("/<school>/office/closings.xlsx")
@access.require(*READERS)
def closings_sheet() -> Any:
    """The same list as a sheet, with every confirmed figure."""
    rows = whole(
        queries.closings(access.school().id, access.me(), request.args),
        search=(Event.title, Event.no),
        sorts={**SORTS, "ended": queries.ended()},
        default_sort="-ended",
    )
    confirmed = queries.latest_all(access.school().id)
    return sheet_answer(sheets.closings_sheet(rows, confirmed), "活动总结.xlsx")


@bp.route("/<school>/office/events/<event>/roll", methods=["GET", "POST"])
@access.require(*CLOSERS)
def roll(event: str) -> Any:
    """Tick off the employers who came."""
    chosen = _mine(event)
    if request.method == "POST":
        arrived = set(request.form.getlist("arrived"))
        actions.call_roll(chosen.id, arrived, by=access.me().person_id, now=clock.now())
        return back_to("outcomes.roll", _("点名已保存。"), event=event)
    return render_template(
        "outcomes/roll.html",
        event=chosen,
        tabs=tabs(chosen),
        exhibitors=queries.roll(chosen.id),
        came=counting.CAME,
        is_open=chosen.state in ROLL_OPEN,
        badge_of=exhibitor_badge,
    )


@bp.route("/<school>/office/events/<event>/closing", methods=["GET", "POST"])
@access.require(*CLOSERS)
def closing(event: str) -> Any:
    """The figures of an event: confirm them, or correct them with a reason; afterwards what was kept."""
    chosen, kept = _mine(event), queries.snapshots(_mine(event).id)
    if kept or chosen.state not in AFTER:
        return _kept_page(chosen, kept)
    counted = counting.computed(chosen)
    form, number = figures_form(counted, fingerprint(counted)), chosen.id
    done = submitted(form, lambda: _confirm(number, form, list(counted)))
    if done:
        return back_to("outcomes.closing", _("数据已确认并留存。"), event=event)
    form.shown.data = fingerprint(counted)
    return _figures_page(_mine(event), form, counted), status_of(form)


def _confirm(number: int, form: Any, figures: list[Figure]) -> ClosingSnapshot:
    return actions.confirm_figures(number, form.said(figures), by=access.me().person_id, now=clock.now())


def _figures_page(event: Event, form: Any, computed: dict[Figure, int]) -> str:
    there = queries.closing_of(event.id)
    return render_template(
        "outcomes/figures.html",
        event=event,
        tabs=tabs(event),
        form=form,
        computed=computed,
        definitions=DEFINITIONS,
        state=badge_of(there),
        due_at=there.due_at if there else actions.due_of(event),
        now=clock.now(),
        nobody=Figure.ARRIVED in computed and computed[Figure.PLANNED] and not computed[Figure.ARRIVED],
    )


def _kept_page(event: Event, kept: list[ClosingSnapshot]) -> str:
    return render_template(
        "outcomes/closing.html",
        event=event,
        tabs=tabs(event),
        closing=queries.closing_of(event.id),
        state=badge_of(queries.closing_of(event.id)) if kept else None,
        snapshots=kept,
        rows=queries.kept(kept[0]) if kept else [],
        definitions=DEFINITIONS,
        intact=queries.is_intact(event, kept),
        Figure=Figure,
    )


@bp.route("/<school>/office/events/<event>/closing/amend", methods=["GET", "POST"])
@access.require(*CLOSERS)
def amend(event: str) -> Any:
    """Correct figures that were confirmed; what was kept stays to be read."""
    chosen = _mine(event)
    kept = queries.snapshots(chosen.id)
    if not kept:
        return back_to("outcomes.closing", _("数据还没有确认，请先确认。"), "warning", event=event)
    before = {row.figure: row.confirmed for row in queries.kept(kept[0])}
    form, number = figures_form(before, kept[0].content_hash), chosen.id
    done = submitted(form, lambda: _amend(number, form, list(before)))
    if done:
        return back_to("outcomes.closing", _("更正已留存，原来的数据仍可查看。"), event=event)
    return render_template(
        "outcomes/amend.html", event=_mine(event), form=form, before=before, definitions=DEFINITIONS
    ), status_of(form)


def _amend(number: int, form: Any, figures: list[Figure]) -> ClosingSnapshot:
    return actions.amend_figures(number, form.said(figures), by=access.me().person_id, now=clock.now())


@bp.post("/<school>/office/events/<event>/closing/publish")
@access.require(*CLOSERS)
def publish(event: str) -> Response:
    """Show the confirmed figures to everybody."""
    actions.publish_results(_mine(event).id, by=access.me().person_id, now=clock.now())
    return back_to("outcomes.closing", _("结果已公布，所有人都可以看到。"), event=event)


@bp.post("/<school>/office/events/<event>/closing/take-back")
@access.require(*CLOSERS)
def take_back(event: str) -> Response:
    """Take the results off the public page."""
    actions.take_back_results(_mine(event).id, by=access.me().person_id, now=clock.now())
    return back_to("outcomes.closing", _("结果已撤下，确认的数据没有变化。"), event=event)


@bp.get("/<school>/office/events/<event>/effect")
@access.require(*READERS)
def effect(event: str) -> str:
    """What the event came to: one table and chart per question."""
    chosen = _mine(event)
    is_over = chosen.state in AFTER
    return render_template(
        "outcomes/effect.html",
        event=chosen,
        tabs=tabs(chosen),
        is_over=is_over,
        charts=effects.all_charts(chosen) if is_over else [],
        confirmed=bool(queries.snapshots(chosen.id)),
    )


@bp.get("/<school>/office/events/<event>/effect/<chart>.xlsx")
@access.require(*READERS)
def effect_sheet(event: str, chart: str) -> Any:
    """The table of one chart."""
    shown = effects.chart(_mine(event), chart)
    return sheet_answer(sheets.chart_sheet(shown), f"{_(shown.headings[0])}.xlsx")


@bp.get("/<school>/office/events/<event>/survey")
@access.require(*READERS)
def opinions(event: str) -> str:
    """What both sides said: students as figures only, employers by name."""
    chosen, now = _mine(event), clock.now()
    end, counts = queries.last_end(chosen.id), queries.answers(chosen.id)
    shown = {side: may_show(side, counts[side], end, now) for side in Side}
    officer = access.me().has(OFFICE, access.school().id)
    return render_template(
        "outcomes/opinions.html",
        event=chosen,
        tabs=tabs(chosen),
        counts=counts,
        fewest=FEWEST,
        scores=SCORES,
        closes_at=survey_closes(end),
        ratings={side: queries.ratings(chosen.id, side) for side in Side if shown[side]},
        texts=lines(queries.comments(chosen.id, Side.STUDENT)) if officer and shown[Side.STUDENT] else [],
        employers=queries.employer_answers(chosen.id),
        officer=officer,
        Side=Side,
    )


@bp.get("/<school>/office/events/<event>/survey.xlsx")
@access.office
def opinions_sheet(event: str) -> Any:
    """The employers' answers as a sheet."""
    chosen = _mine(event)
    answers = queries.employer_answers(chosen.id)
    content = sheets.opinions_sheet(answers)
    audit.export("survey", access.school(), len(answers), by=access.me().person_id, now=clock.now())
    return sheet_answer(content, "单位问卷.xlsx")
