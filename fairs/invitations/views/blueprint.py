"""The blueprint that the pages of invitations share, and what templates may call."""

from flask import Blueprint

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.invitations import queries
from fairs.invitations.badges import badge_of
from fairs.invitations.models import Invitation
from fairs.invitations.rules import DECLINE_LABELS
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.programmes.tabs import Tab, add, has_booths

bp = Blueprint("invitations", __name__)
bp.add_app_template_global(badge_of, "invitation_badge")
bp.add_app_template_global(DECLINE_LABELS.get, "decline_label")

TAB_LABELS = {"invitations": "邀请单位"}
add(Tab(TAB_LABELS["invitations"], "send", "invitations.of_event", 35, has_booths))

inviting = access.require(*OFFICE, RoleKind.DEPT_COORDINATOR)
"""Who invites: the career centre, and a coordinator for the events of the own department."""

EVENT = "/<school>/office/events/<event>/invitations"


def event_here(public_id: str) -> Event:
    """The event of the address, if the viewer may work on it. Raises NotFound."""
    return programmes.staff_event(public_id, access.school().id, access.me())


def waiting_invitations() -> list[Invitation]:
    """The invitations that wait for the viewer's employers, for their home."""
    who = access.viewer()
    if not who or not who.employers():
        return []
    barred = queries.barred_at(who.employers())
    waiting = queries.waiting_for(who.employers(), clock.now())
    return [one for one in waiting if (one.employer_id, one.event.university_id) not in barred]


bp.add_app_template_global(waiting_invitations, "waiting_invitations")
