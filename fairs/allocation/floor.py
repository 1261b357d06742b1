"""What the map of a fair says of each booth."""

from flask import url_for
from flask_babel import gettext

from fairs.allocation import queries
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import BoothOfferState
from fairs.venues.layout import Drawing, Mark
from fairs.venues.queries import map_of


def office_map(event_id: int, *, chosen: int | None = None) -> Drawing | None:
    """The current plan with the name of whoever holds each booth, linked to its page; None without a plan.

    The booth of the exhibitor ``chosen`` stands out.
    """
    plan = queries.current_plan(event_id)
    marks = {row.booth_key: _holder(row, chosen) for row in queries.assignments(event_id)}
    return map_of(plan.id, marks) if plan else None


def _holder(row: BoothAssignment, chosen: int | None) -> Mark:
    place = row.exhibitor
    tone = "done" if row.state is BoothOfferState.CONFIRMED else "waiting"
    url = url_for("allocation.seat", event=place.event.public_id, place=place.public_id)
    return Mark(place.employer.legal_name, "mine" if place.id == chosen else tone, url)


def own_map(event_id: int, exhibitor_id: int) -> Drawing | None:
    """The current plan for one employer: its booth stands out, and of the others nothing is said."""
    plan, held = queries.current_plan(event_id), queries.assignment_of(exhibitor_id)
    marks = {held.booth_key: Mark(gettext("本单位"), "mine")} if held else {}
    return map_of(plan.id, marks) if plan else None
