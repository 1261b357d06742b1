"""The blueprint of the administration, its guards, and the overview that links everything."""

from flask import Blueprint, render_template

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, ROLE_LABELS, RoleKind
from fairs.administration import listed, queries
from fairs.administration.rules import LED_BY, READ_BY
from fairs.clock import campus_day
from fairs.institutions import duties
from fairs.workdays import queries as workdays
from fairs.workdays.rules import ENOUGH_DAYS

bp = Blueprint("administration", __name__)
bp.add_app_template_global(lambda kind: ROLE_LABELS[RoleKind(kind)], "role_word")
bp.add_app_template_global(listed.renamed_departments)
leading = access.require(*sorted(LED_BY))
reading = access.require(*sorted(READ_BY))


@bp.get("/<school>/office/administration")
@access.require(*sorted(OFFICE | {RoleKind.AUDITOR}))
def overview() -> str:
    """Everything that is administered, with what waits there."""
    here, today, me = access.school(), campus_day(clock.now()), access.me()
    soon, _first = queries.ending_soon(here.id, today)
    return render_template(
        "administration/overview.html",
        leads=me.has(LED_BY, here.id),
        reads=me.has(READ_BY, here.id),
        office=me.has(OFFICE, here.id),
        own=sum(key in here.settings for key in duties.duties()),
        soon=soon,
        uncovered=len(queries.without_coordinator(here.id, today)),
        days_left=workdays.days_left(today),
        enough=ENOUGH_DAYS,
    )
