"""The blueprint of docking meetings, and what both sides do alike: answer, decline, call off."""

from typing import Any

from flask import Blueprint, g, render_template

from fairs import clock
from fairs.accounts import access
from fairs.docking import actions, queries
from fairs.docking.forms import CancelForm
from fairs.docking.models import TableMeeting
from fairs.docking.rules import Side
from fairs.employers import queries as employers
from fairs.web.forms import status_of, submitted

bp = Blueprint("docking", __name__)
bp.add_app_template_global(queries.time_of, "sitting_of")


@bp.app_context_processor
def for_employer_pages() -> dict[str, Any]:
    """What templates/docking/_mine.html needs wherever it is included."""
    return {"docking_events": _events_of_employer}


def _events_of_employer() -> list[Any]:
    verified = {standing.university_id for standing in employers.verified_schools(g.employer_id)}
    return queries.for_employer(g.employer_id, verified, clock.now())


def me() -> int:
    """Who acts."""
    return access.me().person_id


def end_by(row: TableMeeting, side: Side) -> Any:
    """The form that ends a meeting; None when it is done."""
    form, number, now = CancelForm(), row.id, clock.now()
    declining = row.state.value == "asked" and row.asked_side is not side

    def act() -> TableMeeting:
        reason = form.reason.data or ""
        if declining:
            return actions.answer(number, side, agree=False, reason=reason, by=me(), now=now)
        return actions.cancel(number, reason, side, by=me(), now=now)

    if submitted(form, act):
        return None
    back = "docking.tables" if side is Side.DEPARTMENT else "docking.own"
    page = render_template("docking/end.html", form=form, row=row, declining=declining, back=back)
    return page, status_of(form)
