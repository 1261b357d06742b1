"""The blueprint of the booths' pages, and what other features' templates may ask about booths."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint

from fairs import clock
from fairs.accounts.rules import OFFICE
from fairs.allocation import queries
from fairs.allocation.history import spoken
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import UNPLACED_LABELS
from fairs.employers.rules import OWNERSHIP_LABELS, SIZE_LABELS
from fairs.exhibitors.models import Exhibitor
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.programmes.queries import fair_of
from fairs.venues.rules import BOOTH_SIZE_LABELS

bp = Blueprint("allocation", __name__)
bp.add_app_template_filter(spoken)


@bp.context_processor
def _words() -> dict[str, Any]:
    """Names of what the booths' pages show as codes."""
    return {
        "unplaced_labels": UNPLACED_LABELS,
        "booth_sizes": BOOTH_SIZE_LABELS,
        "size_labels": SIZE_LABELS,
        "ownership_labels": OWNERSHIP_LABELS,
        "office_kinds": OFFICE,
    }


@bp.app_template_global()
def booths_held(places: Iterable[Exhibitor]) -> dict[int, tuple[BoothAssignment, str]]:
    """Exhibitor → (assignment, booth number), for lists of places that a lower feature shows."""
    return queries.booths_held(place.id for place in places)


@bp.app_template_global()
def public_exhibitors(event: Event, school: University) -> list[queries.PublicExhibitor] | None:
    """Who comes to a fair, for the public page of the event; None for an event without booths."""
    if fair_of(event.id) is None:
        return None
    return queries.public_exhibitors(event.id, school.id, clock.now())
