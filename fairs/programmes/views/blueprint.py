"""The blueprint of programmes, and who plans events."""

from flask import Blueprint

from fairs.accounts.rules import OFFICE, RoleKind
from fairs.programmes.tabs import may_open, may_see

bp = Blueprint("programmes", __name__)
bp.add_app_template_global(may_open, "may_open")
bp.add_app_template_global(may_see, "may_see")

PLANNERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
"""Who plans events: the office all of them, coordinators those of their department."""

SEASON_READERS = (*PLANNERS, RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR)
"""Who reads programmes with their figures; what may be changed there is asked for each step."""

STAFF = (*PLANNERS, RoleKind.DEPT_HEAD, RoleKind.CAMPUS_SECURITY, RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR)
"""Who may look at the staff page of an event."""
