"""The office's pages: what waits for review, all employers, one employer and the decision."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Select

from fairs import clock
from fairs.accounts import access
from fairs.audit import actions as audit
from fairs.employers import actions, history, listed, queries, reach, records, sheets
from fairs.employers.badges import badge_of, contact_badge, paper_badge, sanction_badge
from fairs.employers.forms import DecisionForm
from fairs.employers.marks import INTRODUCER_LABELS, REGISTER_LABELS, TAG_LABELS
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.papers import LICENCES, required_papers
from fairs.employers.rules import (
    IN_REVIEW,
    STANDING_LABELS,
    STANDING_MOVES,
    ContactState,
    StandingState,
    default_valid_until,
)
from fairs.employers.sanctions import BARRING, SANCTION_LABELS
from fairs.employers.sections import INDUSTRIES, REGIONS
from fairs.employers.views.blueprint import bp
from fairs.employers.views.own import LABELS, show_paper
from fairs.errors import NotFound
from fairs.files.exporting import Exporting, export_answer, exporting
from fairs.institutions import codes
from fairs.institutions.models import University
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, narrowed
from fairs.web.refusals import back_to
from fairs.workdays.queries import calendar

QUEUED = 15
"""Standings a page of the queue shows, below the few appeals and requests to join."""
SEARCH = [Employer.legal_name, Employer.uscc]
SORTS = {
    "name": Employer.legal_name,
    "due": EmployerStanding.due_at,
    "submitted": EmployerStanding.submitted_at,
    "state": EmployerStanding.state,
    "valid": EmployerStanding.valid_until,
}
FEW_SHOWN, MOST_SHOWN = 3, 100
"""Rows of the lists below the queue: the first few, or all that are asked for."""


def _shown() -> dict[str, Any]:
    return LABELS | {
        "badge_of": badge_of,
        "contact_badge": contact_badge,
        "paper_badge": paper_badge,
        "in_review": IN_REVIEW,
        "state_labels": STANDING_LABELS,
        "industries": INDUSTRIES,
        "regions": REGIONS,
        "tag_labels": TAG_LABELS,
        "chains": codes.chain_names(access.school().id),
        "introducers": INTRODUCER_LABELS,
        "register_labels": REGISTER_LABELS,
        "now": clock.now(),
        "today": clock.campus_day(clock.now()),
        "choices": _choices,
    }


def _choices(labels: Mapping[Any, str] | tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = labels.items() if isinstance(labels, Mapping) else zip(labels, labels, strict=True)
    return [(str(value), _(label)) for value, label in pairs]


@bp.get("/<school>/office/employers/queue")
@access.office
def office_queue() -> str:
    """What waits for a decision, the most urgent first, and requests to join."""
    here = access.school().id
    asked = request.args.get("all", "")
    most = {name: MOST_SHOWN if asked == name else FEW_SHOWN for name in ("appeals", "requests")}
    appeals = records.open_appeals(here, most["appeals"] + 1)
    requests = queries.requests_here(here, most["requests"] + 1)
    return render_template(
        "employers/office_queue.html",
        listing=listing(queries.queue(here), search=SEARCH, sorts=SORTS, default_sort="due", per_page=QUEUED),
        requests=requests[: most["requests"]],
        appeals=appeals[: most["appeals"]],
        more={"appeals": len(appeals) > most["appeals"], "requests": len(requests) > most["requests"]},
        sanction_labels=SANCTION_LABELS,
        days_left=_days_left(here),
        **_shown(),
    )


@bp.get("/<school>/office/employers/queue.xlsx")
@access.office
def queue_sheet() -> Any:
    """What waits for a decision, as a sheet."""
    return export_answer(QUEUE, _("待审核单位"))


def _cells(school: University, rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    standings = [standing for (standing,) in rows]
    tags = listed.tags_of([standing.id for standing in standings])
    owners = listed.owners_of({one.employer_id for one in standings})
    return sheets.rows(standings, tags, owners, codes.chain_names(school.id))


def _log(school: University, count: int, filters: Mapping[str, str], by: int, now: datetime) -> None:
    """Taking the contacts away is written down."""
    audit.export("employers", school, count, filters, by=by, now=now)


QUEUE = exporting(
    Exporting(
        key="employers.queue",
        title="待审核单位",
        headings=sheets.headings,
        rows=lambda school, filters: narrowed(
            queries.queue(school.id), filters, search=SEARCH, sorts=SORTS, default_sort="due"
        ),
        cells=_cells,
        log=_log,
    )
)


def _days_left(university_id: int) -> Callable[[datetime], int]:
    """Counts the working days until an answer is due; the calendar is read once for the whole list."""
    today = clock.campus_day(clock.now())
    days = calendar(university_id, around=today)
    return lambda due_at: days.workdays_between(today, clock.campus_day(due_at))


@bp.get("/<school>/office/employers")
@access.office
def office_list() -> str:
    """All employers with a standing here."""
    wanted = _wanted(access.school(), request.args)
    rows = listing(wanted, search=SEARCH, sorts=SORTS, default_sort="name")
    tags = listed.tags_of([row.id for row in rows.items])
    return render_template("employers/office_list.html", listing=rows, tags=tags, **_shown())


def _wanted(school: University, filters: Mapping[str, str]) -> Select[EmployerStanding]:
    return listed.directory(school.id, filters, clock.campus_day(clock.now()))


LIST = exporting(
    Exporting(
        key="employers.list",
        title="用人单位",
        headings=sheets.headings,
        rows=lambda school, filters: narrowed(
            _wanted(school, filters), filters, search=SEARCH, sorts=SORTS, default_sort="name"
        ),
        cells=_cells,
        log=_log,
    )
)


@bp.get("/<school>/office/employers.xlsx")
@access.office
def office_sheet() -> Any:
    """The list with its filters, as a sheet."""
    return export_answer(LIST, _("用人单位"))


@bp.route("/<school>/office/employers/<standing>", methods=["GET", "POST"])
@access.office
def office_employer(standing: str) -> Any:
    """One employer: data, papers, history, and the decision."""
    here = queries.standing_here(access.school().id, standing)
    number, form = here.id, _decision_form(here)
    if submitted(form, lambda: _decided(number, form)):
        return back_to("employers.office_queue", _("已记录，并已通知单位。"))
    conflict = form.is_submitted() and form.version.data != here.version
    form.version.data = here.version
    entries = history.entries(here, with_names=True)
    page = render_template(
        "employers/office_employer.html", standing=here, form=form, entries=entries, **_about(here)
    )
    return page, 409 if conflict else status_of(form)


def _decision_form(here: EmployerStanding) -> DecisionForm:
    today = clock.campus_day(clock.now())
    papers = queries.papers(here.employer_id)
    dates = [paper.valid_until for kind, paper in papers.items() if paper.valid_until and kind in LICENCES]
    return DecisionForm(data={"version": here.version, "valid_until": default_valid_until(today, dates)})


def _decided(number: int, form: DecisionForm) -> EmployerStanding:
    to = next((state for state in StandingState if state.value == request.form.get("to")), None)
    if to is None:
        raise NotFound
    if queries.renewal_waits(number):
        return _renewed(number, to, form)
    return actions.decide_standing(
        number,
        to,
        reason=form.whole_reason(),
        version=form.version.data or 0,
        valid_until=form.valid_until.data,
        register_checked=form.register_checked.data,
        by=access.me().person_id,
        now=clock.now(),
    )


def _renewed(number: int, to: StandingState, form: DecisionForm) -> EmployerStanding:
    return actions.decide_renewal(
        number,
        to,
        reason=form.whole_reason(),
        version=form.version.data or 0,
        valid_until=form.valid_until.data,
        by=access.me().person_id,
        now=clock.now(),
    )


def _about(here: EmployerStanding) -> dict[str, Any]:
    employer, now = here.employer, clock.now()
    return (
        _shown()
        | {
            "employer": employer,
            "papers": queries.papers(employer.id),
            "required": sorted(required_papers(employer.kind, exempt=employer.uscc is None)),
            "missing": queries.missing_papers(employer.id, now),
            "is_readable": queries.is_readable,
            "contacts": queries.contacts(employer.id),
            "contact_states": ContactState,
            "namesakes": queries.namesakes(employer),
            "states": StandingState,
        }
        | _held(here)
    )


def _held(here: EmployerStanding) -> dict[str, Any]:
    """What is held against the employer, what the office notes of it, and who asks to join."""
    asks = here.state is StandingState.REINSTATEMENT_REQUESTED
    return {
        "sanctions": records.sanctions(here.id),
        "sanction_labels": SANCTION_LABELS,
        "sanction_badge": sanction_badge,
        "bar_until": records.bar_of(here),
        "tags": listed.tags_of([here.id]).get(here.id, []),
        "owner_until": {row.id: reach.owner_until(row, here.university_id) for row in _asking(here)},
        "authorisations": records.authorisations(here.employer_id),
        "can_bar": bool(STANDING_MOVES[here.state] & set(BARRING.values())) and not asks,
    }


def _asking(here: EmployerStanding) -> list[EmployerContact]:
    return [row for row in queries.contacts(here.employer_id) if row.state is ContactState.REQUESTED]


@bp.get("/<school>/office/employers/<standing>/papers/<file>")
@access.office
def office_paper(standing: str, file: str) -> Response:
    """A paper of an employer that has handed it in here."""
    here = queries.standing_here(access.school().id, standing)
    if here.submitted_at is None:
        raise NotFound
    return show_paper(queries.paper_file(here.employer_id, file, clock.now()))


@bp.post("/<school>/office/employers/<standing>/contacts/<person>/<any(accept, decline, end):verb>")
@access.office
def office_contact(standing: str, person: str, verb: str) -> Any:
    """Act for an owner who cannot be reached."""
    here = queries.standing_here(access.school().id, standing)
    number, who = queries.contact(here.employer_id, person).id, access.me().person_id
    office, now = access.school().id, clock.now()
    if verb in {"accept", "decline"}:
        actions.answer_join(number, verb == "accept", by=who, now=now, office=office)
    else:
        actions.end_contact(number, by=who, now=now, office=office)
    return back_to("employers.office_employer", _("已办理，并已通知对方。"), standing=standing)


@bp.post("/<school>/office/employers/<standing>/contacts/<person>/reach")
@access.office
def office_reach(standing: str, person: str) -> Response:
    """The phone and mail of a contact; the look is written down."""
    here = queries.standing_here(access.school().id, standing)
    row = queries.contact(here.employer_id, person).person
    who, now = access.me().person_id, clock.now()
    audit.looked("employer_contact", row, by=who, now=now, university_id=access.school().id)
    text = " ".join(part for part in (row.phone, row.email) if part)
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})
