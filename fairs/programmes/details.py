"""What only some events have: a host and the set of a talk, lists of their own, a number in a series. For actions."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, found, locked
from fairs.employers import listed
from fairs.errors import NotFound, Refusal
from fairs.institutions.models import Department
from fairs.programmes import queries
from fairs.programmes.collisions import Wish, clashes
from fairs.programmes.drafts import (
    EventDraft,
    HallTaken,
    HostUnknown,
    ItemDraft,
    Period,
    check_accepted,
    check_booked_early,
)
from fairs.programmes.kind_models import EventHost, EventItem
from fairs.programmes.models import Event, EventSeries
from fairs.programmes.rules import EventKind, TargetDimension
from fairs.workdays import queries as workdays


def check_department(draft: EventDraft) -> None:
    """Raises NotFound for a department of another university."""
    if draft.department_id is not None:
        department = found(db.session.get(Department, draft.department_id))
        if department.university_id != draft.university_id:
            raise NotFound


def check_clashes(draft: EventDraft, periods: Sequence[Period]) -> None:
    """Raises HallTaken, and Clashing for what else stands against the time unless the planner has read it."""
    wish = Wish(
        university_id=draft.university_id,
        kind=draft.kind,
        periods=periods,
        majors=[code for dimension, code in draft.targets if dimension is TargetDimension.MAJOR],
        space_ids=[draft.space_id] if draft.space_id else [],
    )
    if draft.accept_clashes and not wish.space_ids:
        return
    there = clashes(wish)
    for one in there:
        if one.hard:
            raise HallTaken(one.sentence, **one.values)
    if not draft.accept_clashes:
        check_accepted([Refusal(one.sentence, **one.values) for one in there])


def add(event: Event, draft: EventDraft) -> None:
    """Write what the event has beside what all have. Raises HostUnknown, NotFound for another's talk."""
    event.place_kind = draft.place_kind
    if draft.host or draft.talk_id:
        _set_host(event, draft)
    set_items(event, draft.items)
    if draft.series:
        put_in_series(event, draft.series)


def _set_host(event: Event, draft: EventDraft) -> None:
    talk = _talk(event, draft.talk_id) if draft.talk_id else None
    employer_id = talk.employer_id if talk else _employer(draft.host, event.university_id)
    db.session.add(
        EventHost(event_id=event.id, employer_id=employer_id, talk_id=talk.event_id if talk else None)
    )


def _talk(event: Event, talk_id: int) -> EventHost:
    host, talk = found(db.session.get(EventHost, talk_id)), found(db.session.get(Event, talk_id))
    if talk.university_id != event.university_id or talk.kind is not EventKind.INFO_SESSION:
        raise NotFound
    return host


def _employer(typed: str, university_id: int) -> int:
    """The verified employer with this name or code. Raises HostUnknown."""
    employer = listed.verified_named(typed, university_id)
    if employer is None:
        raise HostUnknown(name=typed.strip())
    return employer.id


def set_items(event: Event, items: Sequence[ItemDraft]) -> None:
    """The event's own lists, in the order given, instead of what stood there."""
    db.session.execute(sa.delete(EventItem).where(EventItem.event_id == event.id))
    for position, item in enumerate(items, start=1):
        row = EventItem(event_id=event.id, kind=item.kind, position=position, name=item.name)
        row.detail = item.detail
        db.session.add(row)


def put_in_series(event: Event, title: str) -> None:
    """The next number of the series with this title; a new series begins with 1 (S24)."""
    chosen = sa.select(EventSeries).where(
        EventSeries.university_id == event.university_id, EventSeries.title == title
    )
    if db.session.scalars(chosen.limit(1)).first() is None:
        db.session.add(EventSeries(university_id=event.university_id, title=title))
        db.session.flush()
    series = locked(chosen.limit(1))  # its numbers are counted under this lock
    last = db.session.scalar(sa.select(sa.func.max(Event.series_no)).where(Event.series_id == series.id))
    event.series_id, event.series_no = series.id, (last or 0) + 1


def check_room_in_time(event: Event, reason: str, now: datetime) -> None:
    """A talk's room is booked five working days ahead (P16). Raises BookedLate unless a reason is given."""
    if event.kind is not EventKind.INFO_SESSION:
        return
    first, today = campus_day(queries.occurrences(event.id)[0].starts_at), campus_day(now)
    calendar = workdays.calendar(event.university_id, around=today)
    check_booked_early(calendar.workdays_between(today, first), reason)
