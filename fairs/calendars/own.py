"""What a person has in their own calendar: bookings, appearances, duties, events of their office."""

from collections.abc import Sequence
from datetime import datetime

from fairs.accounts import queries as people
from fairs.accounts.rules import OFFICE, Grant, RoleKind
from fairs.calendars import entries, meetings, queries, streams
from fairs.calendars.feed import Entry
from fairs.calendars.rules import MOST
from fairs.clock import campus_day


def entries_of(person_id: int, now: datetime) -> tuple[Entry, ...]:
    """A person's entries, by the roles they have today."""
    own = [entries.booking_entry(booking) for booking in queries.bookings(person_id, now)]
    own += [entries.appearance_entry(appearance) for appearance in queries.appearances(person_id, now)]
    shifts = [entries.shift_entry(shift, day) for shift, day in queries.shifts(person_id, now)]
    live = [entries.stream_entry(one, private=True) for one in streams.own_streams(person_id, now)]
    grants = people.grants(person_id, campus_day(now))
    everything = [
        *own,
        *shifts,
        *live,
        *meetings.entries_of(person_id, grants, now),
        *_staffs(person_id, grants, now),
    ]
    nearest = sorted(everything, key=lambda entry: (entry.ends_at < now, abs(entry.starts_at - now)))
    return tuple(nearest[:MOST])


def _staffs(person_id: int, grants: Sequence[Grant], now: datetime) -> list[Entry]:
    """The events of one's office or department, and the meetings to which one was called; each once."""
    days = {day.occurrence.id: day for day in [*_led(grants, now), *_called(person_id, grants, now)]}
    known = queries.programmes_of(list(days.values()))
    return [
        entries.day_entry(day, day.occurrence.event.university, known.get(day.occurrence.event_id, []))
        for day in days.values()
    ]


def _led(grants: Sequence[Grant], now: datetime) -> list[queries.Day]:
    universities = {g.university_id for g in grants if g.kind in OFFICE and g.university_id}
    departments = {g.department_id for g in grants if g.kind is RoleKind.DEPT_COORDINATOR and g.department_id}
    return queries.led_days(universities, departments, now) if universities or departments else []


def _called(person_id: int, grants: Sequence[Grant], now: datetime) -> list[queries.Day]:
    staff = any(grant.university_id and grant.kind is not RoleKind.STUDENT for grant in grants)
    return queries.called_days(person_id, grants, now) if staff else []
