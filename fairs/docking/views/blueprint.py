"""The blueprint of docking meetings, and what both sides do alike: answer, decline, call off."""

from typing import Any

from flask import Blueprint, g, render_template

from fairs import clock
from fairs.accounts import access
from fairs.docking import actions, queries
from fairs.docking.forms import CancelForm, change_form
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


def change_by(row: TableMeeting, side: Side) -> Any:
    """The form that changes a meeting; None when it is done."""
    times = queries.free_times(row.event, employer_id=row.employer_id, department_ids=[row.department_id])
    times = [one for one in times if one.sitting.starts_at > clock.now()]
    form, number, public_id, of = change_form(row, times), row.id, row.public_id, row.event_id
    if submitted(form, lambda: actions.change(number, form.change(), side, by=me(), now=clock.now())):
        return None
    back = "docking.tables" if side is Side.DEPARTMENT else "docking.own"
    shown = queries.meeting(public_id, of)
    return render_template("docking/change.html", form=form, row=shown, back=back), status_of(form)


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
