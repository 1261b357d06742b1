"""The blueprint of registrations, and what the pages of events need of it."""

from datetime import datetime
from typing import Any

from flask import Blueprint

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.programmes.models import Event
from fairs.registrations import actions, queries, windows
from fairs.registrations.models import Registration

bp = Blueprint("registrations", __name__)
DESK = (*OFFICE, RoleKind.DEPT_COORDINATOR)


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/registrations/_book.html and the figures need wherever they are included."""
    return {
        "slot_places": queries.places,
        "own_booking": own_booking,
        "is_bookable": is_bookable,
        "moment": clock.now,
        "booking_begins": booking_begins,
        "is_booking_general": is_booking_general,
        "may_join_online": may_join_online,
        "full_quota": full_quota,
        "takes_part": takes_part,
    }


def own_booking(occurrence_id: int) -> Registration | None:
    """The viewer's live registration for a day."""
    who = access.viewer()
    return queries.live_registration(occurrence_id, who.person_id) if who else None


def full_quota(event: Event) -> queries.Quota | None:
    """The viewer's university's quota at a joint fair if it is used up: then one can only wait (S17)."""
    who = access.viewer()
    student = queries.student_for(event.id, who.person_id) if who else None
    quota = queries.quotas(event.id).get(student.university_id) if student else None
    return quota if quota and quota.full else None


def is_bookable(event: Event) -> bool:
    """Whether students book at this event now."""
    return event.state in actions.BOOKABLE


def booking_begins(event: Event) -> datetime | None:
    """When booking begins for everybody, told to whoever may not book yet; None for whoever may."""
    who = access.viewer()
    student = queries.student_for(event.id, who.person_id) if who else None
    if windows.opens_at(event, student) <= clock.now():
        return None
    return windows.opens_for_all(event)


def takes_part(event: Event) -> bool:
    """Whether the viewer studies at a university that takes part in the event."""
    who = access.viewer()
    return who is not None and queries.student_for(event.id, who.person_id) is not None


def is_booking_general(event: Event) -> bool:
    """Whether booking has begun for everybody: before that no count of bookings is shown, and nobody's name."""
    return windows.opens_for_all(event) <= clock.now()


def may_join_online(event: Event) -> bool:
    """Whether the viewer is shown the link of an online event: who booked it, and who works on it."""
    who = access.viewer()
    if who is None:
        return False
    works = who.has({*DESK, RoleKind.CAMPUS_SECURITY}, event.university_id)
    return works or queries.is_booked(event.id, who.person_id) or not queries.has_slots(event.id)
