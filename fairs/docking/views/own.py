"""An employer's meetings at a docking meeting."""

from typing import Any

from flask import g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.database import found
from fairs.docking import actions, queries
from fairs.docking.badges import badge_of
from fairs.docking.forms import ask_form
from fairs.docking.models import TableMeeting
from fairs.docking.rules import BOOKABLE, Side
from fairs.docking.views.blueprint import bp, change_by, end_by, me
from fairs.employers import queries as employers
from fairs.institutions import queries as institutions
from fairs.programmes.models import Event
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

OWN = "/employer/<employer>/docking/<school>/<event>"


def _open(event: str) -> Event:
    """The event, for an employer that the university has verified. Raises NotFound."""
    here = access.school().id
    return queries.open_event(found(event if employers.is_verified(g.employer_id, here) else None), here)


def _own_row(event: str, meeting: str) -> TableMeeting:
    """A meeting of the employer. Raises NotFound for another's."""
    row = queries.meeting(meeting, _open(event).id)
    return found(row if row.employer_id == g.employer_id else None)


def _back_own(sentence: str, event: str) -> Response:
    return back_to("docking.own", sentence, employer=g.employer_public_id, event=event)


@bp.route(OWN, methods=["GET", "POST"])
@access.for_employer
def own(event: str) -> Any:
    """The employer's meetings at an event; ask for another one."""
    chosen = _open(event)
    here = institutions.departments(chosen.university_id)
    times = queries.free_times(chosen, employer_id=g.employer_id, department_ids=[one.id for one in here])
    form, number, employer = ask_form(here, times, for_employer=True), chosen.id, g.employer_id
    if submitted(
        form,
        lambda: actions.ask(number, form.wish(employer), Side.EMPLOYER, by=me(), now=clock.now()),
    ):
        return _back_own(_("已提出，院系答复后会通知您。"), event)
    return _own_page(event, form, bool(times)), status_of(form)


def _own_page(event: str, form: Any, bookable: bool) -> str:
    chosen = _open(event)
    return render_template(
        "docking/own.html",
        event=chosen,
        form=form,
        bookable=bookable and chosen.state in BOOKABLE,
        open_now=chosen.state in BOOKABLE,
        meetings=[row for row in queries.meetings(chosen.id, ended=True) if row.employer_id == g.employer_id],
        badge_of=lambda row: badge_of(row, Side.EMPLOYER),
        Side=Side,
    )


@bp.post(f"{OWN}/<meeting>/agree")
@access.for_employer
def agree_own(event: str, meeting: str) -> Response:
    """The employer agrees to what a department asked for."""
    actions.answer(_own_row(event, meeting).id, Side.EMPLOYER, agree=True, by=me(), now=clock.now())
    return _back_own(_("已约定，院系会收到消息。"), event)


@bp.route(f"{OWN}/<meeting>/change", methods=["GET", "POST"])
@access.for_employer
def change_own(event: str, meeting: str) -> Any:
    """The employer changes the time or the topic."""
    changed = change_by(_own_row(event, meeting), Side.EMPLOYER)
    return _back_own(_("修改已保存，院系会收到消息。"), event) if changed is None else changed


@bp.route(f"{OWN}/<meeting>/end", methods=["GET", "POST"])
@access.for_employer
def end_own(event: str, meeting: str) -> Any:
    """The employer declines, or calls an agreed meeting off, and says why."""
    ended = end_by(_own_row(event, meeting), Side.EMPLOYER)
    return _back_own(_("已通知院系，桌位已释放。"), event) if ended is None else ended
