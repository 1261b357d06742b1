"""The parts of an event: days, slots, schools, organisers, targets. Only actions call these."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus, campus_day
from fairs.database import db, found, new_public_id
from fairs.errors import NotFound
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.programmes import queries
from fairs.programmes.drafts import (
    EventDraft,
    FairDraft,
    OrganiserDraft,
    PartnerDraft,
    Period,
    ProgrammeDraft,
    SlotDraft,
    Target,
    Window,
    check_organisers,
    check_window,
    moved_slots,
)
from fairs.programmes.gates import Gate, GateState, all_answered
from fairs.programmes.models import (
    EntrySlot,
    Event,
    EventOrganiser,
    EventSchool,
    EventTarget,
    Fair,
    GateApproval,
    Occurrence,
    Programme,
    ProgrammeEvent,
    StaffShift,
)
from fairs.programmes.rules import EventState, check_move, cut_slots
from fairs.programmes.terms import Arrangement, changed_parts, check_licence, from_json


def fair(event: Event, draft: FairDraft) -> Fair:
    return Fair(
        event_id=event.id,
        expected_attendance=draft.expected_attendance,
        open_to_public=draft.open_to_public,
        requests_until=draft.requests_until,
        hold_until=draft.hold_until,
        free_cancel_until=draft.free_cancel_until,
        offer_hours=draft.offer_hours,
        max_reps=draft.max_reps,
    )


def add_days(
    event: Event, school: University, draft: EventDraft, periods: Sequence[Period], now: datetime
) -> None:
    days = sorted(zip(periods, draft.days, strict=True), key=lambda pair: pair[0])
    for ordinal, ((starts_at, ends_at), day) in enumerate(days, start=1):
        public_id = new_public_id()
        occurrence = Occurrence(
            public_id=public_id,
            event_id=event.id,
            ordinal=ordinal,
            starts_at=starts_at,
            ends_at=ends_at,
            place=day.place,
            uid=f"{public_id}@{school.slug}.fairs",
            calendar_changed_at=now,
        )
        db.session.add(occurrence)
        db.session.flush()
        add_slots(occurrence, draft.slots)


def add_slots(occurrence: Occurrence, slots: SlotDraft) -> None:
    if slots.count < 1 or slots.capacity < 1:
        return  # without booking: everybody may come
    for starts_at, ends_at in cut_slots(occurrence.starts_at, occurrence.ends_at, slots.count):
        db.session.add(
            EntrySlot(
                occurrence_id=occurrence.id,
                starts_at=starts_at,
                ends_at=ends_at,
                capacity=slots.capacity,
                walk_in_quota=slots.walk_in_quota,
            )
        )


def add_schools(event: Event, draft: EventDraft) -> None:
    lead = draft.lead or PartnerDraft(university_id=event.university_id)
    for part in (lead, *(p for p in draft.partners if p.university_id != event.university_id)):
        db.session.add(
            EventSchool(
                event_id=event.id,
                university_id=part.university_id,
                booth_quota=part.booth_quota,
                ticket_quota=part.ticket_quota,
            )
        )
        db.session.flush()  # the lead's row comes first


def alone(school: University) -> OrganiserDraft:
    return OrganiserDraft(name=school.name, university_id=school.id, is_accountable=True)


def set_organisers(event: Event, organisers: Sequence[OrganiserDraft]) -> None:
    check_organisers(organisers)
    db.session.execute(sa.delete(EventOrganiser).where(EventOrganiser.event_id == event.id))
    for position, draft in enumerate(organisers, start=1):
        db.session.add(
            EventOrganiser(
                event_id=event.id,
                university_id=draft.university_id,
                name=draft.name,
                role=draft.role,
                position=position,
                is_accountable=draft.is_accountable,
            )
        )


def set_targets(event: Event, targets: Sequence[Target]) -> None:
    db.session.execute(sa.delete(EventTarget).where(EventTarget.event_id == event.id))
    for dimension, code in dict.fromkeys(targets):
        db.session.add(EventTarget(event_id=event.id, dimension=dimension, code=code))


def link(event: Event, links: Sequence[ProgrammeDraft], starts_at: datetime) -> None:
    for one in links:
        programme = found(db.session.get(Programme, one.programme_id))
        if programme.university_id not in {None, event.university_id}:
            raise NotFound
        window = Window(programme.name, programme.starts_on, programme.ends_on)
        check_window(campus_day(starts_at), window, one.outside_reason)
        db.session.add(
            ProgrammeEvent(
                programme_id=programme.id, event_id=event.id, outside_reason=one.outside_reason.strip()
            )
        )


def touch(occurrence: Occurrence, now: datetime) -> None:
    """Let calendars know that a day has changed: the next ``sequence``, and when (inside an action)."""
    occurrence.sequence += 1
    occurrence.calendar_changed_at = now


def move_slots(occurrence: Occurrence) -> None:
    mine = sa.select(EntrySlot).where(EntrySlot.occurrence_id == occurrence.id)
    there = db.session.scalars(mine.order_by(EntrySlot.starts_at)).all()
    periods = [(slot.starts_at, slot.ends_at) for slot in there]
    for index, period in moved_slots(periods, occurrence.starts_at, occurrence.ends_at):
        there[index].starts_at, there[index].ends_at = period
        db.session.flush()


def shift_limits(event_id: int, by: timedelta) -> None:
    """The time limits of a fair keep their distance to its first day."""
    fair = db.session.get(Fair, event_id)
    if fair is None:
        return
    for name in ("requests_until", "hold_until", "free_cancel_until"):
        if (limit := getattr(fair, name)) is not None:
            setattr(fair, name, limit + by)


def move_shifts(occurrence_id: int, by: timedelta, now: datetime) -> None:
    """Everybody's duty keeps its distance to the day's beginning."""
    mine = sa.select(StaffShift).where(
        StaffShift.occurrence_id == occurrence_id, StaffShift.ended_at.is_(None)
    )
    for shift in db.session.scalars(mine):
        shift.starts_at, shift.ends_at = shift.starts_at + by, shift.ends_at + by
        shift.sequence += 1
        shift.calendar_changed_at = now


@contextmanager
def under_permits(event: Event, *, by: int | None, now: datetime) -> Iterator[None]:
    """Change when, where or for how many an event is (inside an action): what was signed for it is looked at.

    Raises LicenceHolds where a granted licence does not cover the change (P21). A safety plan that was
    accepted has to be signed again (S29).
    """
    before = queries.arrangement(event.id)
    yield
    db.session.flush()
    db.session.expire_all()
    after, gates = queries.arrangement(event.id), queries.gates(event.id)
    if after == before:
        return
    licence, safety = gates.get(Gate.LICENCE), gates.get(Gate.SAFETY)
    if licence is not None and licence.state is GateState.GRANTED and licence.terms:
        check_licence(from_json(licence.terms), before, after)
    if safety is not None and safety.state is GateState.ACCEPTED:
        reopen_safety(event, safety, before, after, by=by, now=now)


def reopen_safety(
    event: Event,
    signed: GateApproval,
    before: Arrangement,
    after: Arrangement,
    *,
    by: int | None,
    now: datetime,
) -> GateApproval:
    """The signature under a safety plan ends because what it was given for has changed; security is told."""
    parts = changed_parts(before, after)
    signed.ended_at = now
    db.session.flush()
    fresh = GateApproval(event_id=event.id, gate=Gate.SAFETY, state=GateState.DRAFTING, note="、".join(parts))
    db.session.add(fresh)
    audit.record(
        "reopen_gate", event, by=by, university_id=event.university_id, now=now, gate="safety", parts=parts
    )
    guards = accounts.people_with(RoleKind.CAMPUS_SECURITY, event.university_id, campus_day(now))
    params = {
        "title": event.title,
        "event": event.public_id,
        "school_name": event.university.name,
        "school_slug": event.university.slug,
        "parts": list(parts),
        "days": [
            f"{campus(day.starts_at):%Y-%m-%d %H:%M} {day.where}".strip()
            for day in queries.occurrences(event.id)
        ],
    }
    people = {person.id for person in guards} | ({by} if by else set())
    messages.queue(
        "programmes/gate_reopened",
        sorted(people),
        params,
        subject=event,
        university_id=event.university_id,
        now=now,
    )
    return fresh


def approve_if_answered(event: Event, now: datetime) -> None:
    """The last answer to the gates of an event under review approves it."""
    states = tuple(row.state for row in queries.gates(event.id).values())
    if event.state is EventState.SAFETY_REVIEW and all_answered(states):
        check_move(event.state, EventState.APPROVED)
        event.state = EventState.APPROVED
        event.published_at = event.published_at or now
