"""Closing an event: who came, confirmed figures, corrections, publication."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions import duties
from fairs.outcomes import queries
from fairs.outcomes.counting import computed
from fairs.outcomes.figures import (
    Change,
    Confirmed,
    Figure,
    Figures,
    FiguresMoved,
    amended,
    confirmed,
    fingerprint,
    seal_of,
)
from fairs.outcomes.models import Closing, ClosingSnapshot
from fairs.outcomes.rules import (
    ClosingState,
    check_closing_move,
    check_over,
    check_roll,
    check_roll_open,
    check_settled,
    due_at,
)
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState, check_move
from fairs.registrations import actions as registrations
from fairs.workdays import queries as workdays
from fairs.workdays.rules import DuePolicy


@dataclass(frozen=True)
class Said:
    """What an organiser says of the figures. ``shown`` marks the figures that were looked at."""

    shown: str
    figures: Figures = field(default_factory=dict)
    reasons: Mapping[Figure, str] = field(default_factory=dict)
    nobody_came: bool = False


def due_of(event: Event) -> datetime:
    """When the figures of an event are due, by the working days and the rule of its university."""
    settings, end = event.university.settings, queries.last_end(event.id)
    return due_at(
        end,
        workdays.calendar(event.university_id, around=campus_day(end)),
        duties.whole(settings, "closing_days"),
        DuePolicy(duties.chosen(settings, "due_policy")),
    )


@transaction
def begin_closing(event_id: int, now: datetime) -> Closing:
    """The closing of an event that is over, begun if it was not yet. Raises WrongEventState."""
    event = lock(Event, event_id)
    check_over(event.state)
    there = queries.closing_of(event_id)
    if there is not None:
        return there
    closing = Closing(event_id=event_id, university_id=event.university_id, due_at=due_of(event))
    db.session.add(closing)
    _record("begin_closing", event, None, now)
    return closing


@transaction
def call_roll(event_id: int, arrived: Collection[str], *, by: int, now: datetime) -> int:
    """Tick off the employers who came (public ids of exhibitors) and untick the others; how many changed.

    Raises WrongEventState before the event runs and once its figures are confirmed.
    """
    event = lock(Event, event_id)
    check_roll_open(event.state)
    changed = 0
    for exhibitor in queries.roll(event_id):
        here = exhibitor.public_id in arrived
        if here and exhibitor.state is ExhibitorState.CONFIRMED:
            to = ExhibitorState.CHECKED_IN
        elif not here and exhibitor.state is ExhibitorState.CHECKED_IN:
            to = ExhibitorState.CONFIRMED
        else:
            continue
        exhibitors.move_place(exhibitor.id, to, by=by, now=now, action="call_roll")
        changed += 1
    return changed


@transaction
def confirm_figures(event_id: int, said: Said, *, by: int, now: datetime) -> ClosingSnapshot:
    """Confirm the figures of an event, or correct them with a reason; the event is reported (S62, P23).

    Employers and students who did not come become no-shows. Raises WrongEventState, WrongClosingState, TooSoon,
    FiguresMoved, RollMissing, WhyMissing.
    """
    event = lock(Event, event_id)
    check_over(event.state)
    closing = begin_closing(event_id, now)
    _step(closing, ClosingState.CONFIRMED)
    check_move(event.state, EventState.REPORTED)
    check_settled(queries.last_end(event_id), now)
    counted = computed(event)
    if said.shown != fingerprint(counted):
        raise FiguresMoved
    check_roll(counted.get(Figure.PLANNED, 0), counted.get(Figure.ARRIVED, 0), nobody_came=said.nobody_came)
    rows = confirmed(counted, said.figures, said.reasons)
    absent = _mark_no_shows(event, by, now)
    event.state = EventState.REPORTED
    snapshot = _keep(event, rows, (), by, now)
    _record("confirm_figures", event, by, now, seal=snapshot.content_hash, absent=absent)
    return snapshot


@transaction
def amend_figures(event_id: int, said: Said, *, by: int, now: datetime) -> ClosingSnapshot:
    """Correct confirmed figures: what was kept stays, a new row says what changed and why.

    ``said.shown`` is the hash of the figures that were looked at. Raises WrongClosingState before figures are
    confirmed, Conflict if somebody amended them meanwhile, NothingAmended, WhyMissing.
    """
    event, closing = lock(Event, event_id), _locked_closing(event_id)
    if closing.state is ClosingState.OPEN:
        check_closing_move(closing.state, ClosingState.PUBLISHED)
    newest = queries.snapshots(event_id)[0]
    if said.shown != newest.content_hash:
        raise Conflict
    rows, changes = amended(queries.kept(newest), said.figures, said.reasons)
    snapshot = _keep(event, rows, changes, by, now, before=newest)
    _record("amend_figures", event, by, now, seal=snapshot.content_hash, no=snapshot.no)
    return snapshot


@transaction
def publish_results(event_id: int, *, by: int, now: datetime) -> Closing:
    """Show the confirmed figures to everybody. Raises WrongClosingState."""
    event, closing = lock(Event, event_id), _locked_closing(event_id)
    _step(closing, ClosingState.PUBLISHED)
    closing.published_at = now
    _record("publish_results", event, by, now)
    return closing


@transaction
def take_back_results(event_id: int, *, by: int, now: datetime) -> Closing:
    """Take the results off the public page; the confirmed figures stay. Raises WrongClosingState."""
    event, closing = lock(Event, event_id), _locked_closing(event_id)
    _step(closing, ClosingState.CONFIRMED)
    closing.published_at = None
    _record("take_back_results", event, by, now)
    return closing


def _locked_closing(event_id: int) -> Closing:
    return lock(Closing, found(queries.closing_of(event_id)).id)


def _step(closing: Closing, to: ClosingState) -> None:
    check_closing_move(closing.state, to)
    closing.state = to


def _mark_no_shows(event: Event, by: int, now: datetime) -> int:
    """End what nobody came for; how many employers did not come.

    The step of an exhibitor notes the strike and tells the employer (fairs.exhibitors.actions.move_place).
    """
    registrations.expire(now, event_id=event.id)
    absent = [one for one in queries.roll(event.id) if one.state is ExhibitorState.CONFIRMED]
    for exhibitor in absent:
        exhibitors.move_place(exhibitor.id, ExhibitorState.NO_SHOW, by=by, now=now, action="mark_no_show")
    return len(absent)


def _keep(
    event: Event,
    rows: tuple[Confirmed, ...],
    changes: tuple[Change, ...],
    by: int,
    now: datetime,
    *,
    before: ClosingSnapshot | None = None,
) -> ClosingSnapshot:
    content = {
        "figures": [row.stored() for row in rows],
        "changes": [change.stored() for change in changes],
    }
    no, previous = (before.no + 1, before.content_hash) if before else (1, "")
    snapshot = ClosingSnapshot(
        event_id=event.id,
        no=no,
        content=content,
        content_hash=seal_of(event.public_id, no, content, previous),
        previous_hash=previous,
        at=now,
        by=by,
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def _record(action: str, event: Event, by: int | None, now: datetime, **detail: object) -> None:
    audit.record(action, event, by=by, university_id=event.university_id, now=now, **detail)
