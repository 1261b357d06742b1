"""The audit trail, for the office and for auditors."""

from flask import Blueprint, render_template, request

from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.audit import actions, queries
from fairs.audit.words import about, said
from fairs.web.lists import listing

bp = Blueprint("audit", __name__)

READERS = (RoleKind.CAREER_OFFICER, RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN, RoleKind.AUDITOR)


@bp.get("/<school>/office/audit")
@access.require(*READERS)
def index() -> str:
    """Who did what at this school, latest first."""
    here = access.school().id
    return render_template(
        "audit/index.html",
        listing=listing(queries.trail(here, request.args), scalars=False),
        actions=[(action, said(action)) for action in queries.actions_of(here)],
        people=queries.actors_of(here),
        said=said,
        about=about,
        unsealed=actions.unsealed(),
    )


@bp.post("/<school>/office/audit/check")
@access.require(*READERS)
def check() -> str:
    """Go through the whole chain of seals and tell whether it is unbroken."""
    sealed, broken, unsealed = actions.verify()
    return render_template("audit/check.html", sealed=sealed, broken=broken, unsealed=unsealed)
