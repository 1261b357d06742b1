"""The blueprint of operations, and who may do what to an event."""

from flask import Blueprint

from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.operations.shelf import EventShelf
from fairs.operations.texts import reread, standing
from fairs.postings import shelves
from fairs.programmes import queries as events
from fairs.programmes import wording
from fairs.programmes.models import Event

bp = Blueprint("operations", __name__)

shelves.register(EventShelf())
wording.listen(reread)
bp.add_app_template_global(standing, "event_words")

PLANNERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
SIGNERS = (*sorted(OFFICE), RoleKind.CAMPUS_SECURITY, RoleKind.DEPT_HEAD)
GUARDS = (*sorted(OFFICE), RoleKind.CAMPUS_SECURITY)
"""Who may stop entry and clear a hall (P25)."""


def mine(event: str) -> Event:
    """The event of the address, if the viewer may see it. Raises NotFound."""
    return events.staff_event(event, access.school().id, access.me())
