"""What a person has in their own calendar: bookings, appearances, duties, events of their office."""

from datetime import datetime

from fairs.accounts import queries as people
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.calendars import entries, queries
from fairs.calendars.feed import Entry
from fairs.calendars.rules import MOST
from fairs.clock import campus_day


def entries_of(person_id: int, now: datetime) -> tuple[Entry, ...]:
    """A person's entries, by the roles they have today."""
    own = [entries.booking_entry(booking) for booking in queries.bookings(person_id, now)]
    own += [entries.appearance_entry(appearance) for appearance in queries.appearances(person_id, now)]
    shifts = [entries.shift_entry(shift, day) for shift, day in queries.shifts(person_id, now)]
    everything = [*own, *shifts, *_led(person_id, now)]
    nearest = sorted(everything, key=lambda entry: (entry.ends_at < now, abs(entry.starts_at - now)))
    return tuple(nearest[:MOST])


def _led(person_id: int, now: datetime) -> list[Entry]:
    grants = people.grants(person_id, campus_day(now))
    universities = {g.university_id for g in grants if g.kind in OFFICE and g.university_id}
    departments = {g.department_id for g in grants if g.kind is RoleKind.DEPT_COORDINATOR and g.department_id}
    if not universities and not departments:
        return []
    days = queries.led_days(universities, departments, now)
    known = queries.programmes_of(days)
    return [
        entries.day_entry(day, day.occurrence.event.university, known.get(day.occurrence.event_id, []))
        for day in days
    ]
