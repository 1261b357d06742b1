"""The parts of an event: days, slots, schools, organisers, targets. Only actions call these."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, lock, new_public_id
from fairs.errors import NotFound
from fairs.institutions.models import University
from fairs.programmes.drafts import (
    EventDraft,
    FairDraft,
    OrganiserDraft,
    PartnerDraft,
    Period,
    ProgrammeDraft,
    SlotDraft,
    Target,
    check_organisers,
    check_recut,
    moved_slots,
)
from fairs.programmes.models import (
    EntrySlot,
    Event,
    EventOrganiser,
    EventSchool,
    EventTarget,
    Fair,
    Occurrence,
    Programme,
    ProgrammeEvent,
    StaffShift,
)
from fairs.programmes.rules import TAGS, TargetDimension, cut_slots
from fairs.programmes.seasons import check_goes_on
from fairs.programmes.windows import Window, check_window, is_outside


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


def add_lead(event: Event, lead: PartnerDraft | None) -> None:
    db.session.add(
        EventSchool(
            event_id=event.id,
            university_id=event.university_id,
            booth_quota=lead.booth_quota if lead else None,
            ticket_quota=lead.ticket_quota if lead else None,
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


AIMS = frozenset(TargetDimension) - TAGS


def set_targets(
    event: Event, targets: Sequence[Target], among: frozenset[TargetDimension] = frozenset(TargetDimension)
) -> None:
    there = sa.delete(EventTarget).where(EventTarget.event_id == event.id, EventTarget.dimension.in_(among))
    db.session.execute(there)
    for dimension, code in dict.fromkeys(targets):
        db.session.add(EventTarget(event_id=event.id, dimension=dimension, code=code))


def link(event: Event, links: Sequence[ProgrammeDraft], starts_at: datetime) -> None:
    for one in links:
        programme = lock(Programme, one.programme_id)
        if programme.university_id not in {None, event.university_id}:
            raise NotFound
        check_goes_on(programme.state)
        window = Window(programme.name, programme.starts_on, programme.ends_on)
        check_window(campus_day(starts_at), window, one.outside_reason)
        db.session.add(
            ProgrammeEvent(
                programme_id=programme.id, event_id=event.id, outside_reason=one.outside_reason.strip()
            )
        )


def check_windows(event: Event, starts_at: datetime, reason: str) -> None:
    """Ask the windows of an event's programmes anew (S3). Raises OutsideProgramme.

    A reason given earlier still counts; one that is no longer needed goes.
    """
    for one, window in windows(event.id):
        why = reason.strip() or one.outside_reason
        check_window(campus_day(starts_at), window, why)
        one.outside_reason = why if is_outside(campus_day(starts_at), window) else ""


def windows(event_id: int) -> list[tuple[ProgrammeEvent, Window]]:
    """The links of an event to its programmes, with their dates."""
    rows = sa.select(ProgrammeEvent, Programme).join(Programme, Programme.id == ProgrammeEvent.programme_id)
    return [
        (one, Window(programme.name, programme.starts_on, programme.ends_on))
        for one, programme in db.session.execute(rows.where(ProgrammeEvent.event_id == event_id).limit(20))
    ]


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


def cut_anew(event: Event, slots: SlotDraft) -> None:
    """Cut the days of an event into slots. Raises SlotsInUse where people may hold places in other ones."""
    for occurrence in db.session.scalars(sa.select(Occurrence).where(Occurrence.event_id == event.id)):
        mine = sa.select(EntrySlot).where(EntrySlot.occurrence_id == occurrence.id)
        there = db.session.scalars(mine.order_by(EntrySlot.starts_at)).all()
        if len(there) == (slots.count if slots.capacity else 0):
            for slot in there:
                slot.capacity, slot.walk_in_quota = slots.capacity, slots.walk_in_quota
            continue
        check_recut(published=event.published_at is not None)
        for slot in there:  # nobody can hold a place yet: these are still words on paper
            db.session.delete(slot)
        db.session.flush()
        add_slots(occurrence, slots)
