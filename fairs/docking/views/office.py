"""The tables of a docking meeting for its university: plan, book, answer, minutes."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.database import found
from fairs.docking import actions, queries
from fairs.docking.badges import badge_of
from fairs.docking.forms import MinutesForm, TablesForm, ask_form
from fairs.docking.models import TableMeeting
from fairs.docking.rules import BOOKABLE, MINUTED, NotVerified, Side
from fairs.docking.sheets import headings, lines
from fairs.docking.views.blueprint import bp, change_by, end_by, me
from fairs.employers import listed
from fairs.errors import Forbidden
from fairs.files.answers import list_answer
from fairs.institutions import queries as institutions
from fairs.institutions.models import Department
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind
from fairs.programmes.tabs import Tab, add, tabs
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

staff = access.require(*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
TABLES = "/<school>/office/events/<event>/tables"
TAB_LABELS = {"tables": "对接桌位"}
add(
    Tab(
        TAB_LABELS["tables"],
        "users-group",
        "docking.tables",
        35,
        lambda event: event.kind is EventKind.DOCKING_MEETING,
    )
)


def _event(event: str) -> Event:
    return queries.docking_event(event, access.school().id)


def _departments() -> list[Department]:
    """The departments for which the viewer answers."""
    here, me = access.school().id, access.me()
    everything, own = me.has(OFFICE, here), me.departments(here)
    return [one for one in institutions.departments(here) if everything or one.id in own]


def _row(event: str, meeting: str) -> TableMeeting:
    """A meeting of a department for which the viewer answers. Raises NotFound."""
    row = queries.meeting(meeting, _event(event).id)
    return found(row if row.department_id in {one.id for one in _departments()} else None)


def _may_plan(event: Event) -> bool:
    me = access.me()
    return me.has(OFFICE, event.university_id) or event.department_id in me.departments(event.university_id)


@bp.route(TABLES, methods=["GET", "POST"])
@staff
def tables(event: str) -> Any:
    """Who meets whom at which table, and how many tables there are."""
    chosen = _event(event)
    form, number = TablesForm(obj=queries.plan_of(chosen.id)), chosen.id
    if form.is_submitted() and not _may_plan(chosen):
        raise Forbidden
    done = submitted(
        form,
        lambda: actions.set_tables(
            number, form.tables.data or 0, form.minutes.data or 0, by=me(), now=clock.now()
        ),
    )
    if done:
        return back_to("docking.tables", _("桌位已保存，单位和院系可以预约。"), event=event)
    return _tables_page(event, form), status_of(form)


def _tables_page(event: str, form: TablesForm) -> str:
    chosen = _event(event)
    return render_template(
        "docking/tables.html",
        event=chosen,
        tabs=tabs(chosen) if _may_plan(chosen) else [],
        form=form,
        plan=queries.plan_of(chosen.id),
        meetings=queries.meetings(chosen.id),
        badge_of=lambda row: badge_of(row, Side.DEPARTMENT),
        may_plan=_may_plan(chosen),
        may_book=chosen.state in BOOKABLE,
        mine={one.id for one in _departments()},
    )


@bp.get(f"{TABLES}.xlsx")
@staff
def tables_sheet(event: str) -> Any:
    """One's own meetings with minutes and what follows, declined and cancelled ones too."""
    own = {one.id for one in _departments()}
    rows = [row for row in queries.meetings(_event(event).id, ended=True) if row.department_id in own]
    return list_answer(_("对接桌位"), headings(), lines(rows))


@bp.route(f"{TABLES}/new", methods=["GET", "POST"])
@staff
def book(event: str) -> Any:
    """A department asks an employer to its table."""
    chosen, here = _event(event), _departments()
    times = queries.free_times(chosen, employer_id=None, department_ids=[one.id for one in here])
    form, number, school = ask_form(here, times, for_employer=False), chosen.id, chosen.university_id
    if submitted(form, lambda: _ask_employer(form, number, school)):
        return back_to("docking.tables", _("邀约已发出，单位会收到消息。"), event=event)
    page = render_template("docking/book.html", form=form, event=_event(event), plan=queries.plan_of(number))
    return page, status_of(form)


def _ask_employer(form: Any, event_id: int, university_id: int) -> TableMeeting:
    employer = listed.verified_named(form.employer.data, university_id)
    if employer is None:
        raise NotVerified
    return actions.ask(event_id, form.wish(employer.id), Side.DEPARTMENT, by=me(), now=clock.now())


@bp.route(f"{TABLES}/<meeting>", methods=["GET", "POST"])
@staff
def meeting(event: str, meeting: str) -> Any:
    """One meeting: answer it, call it off, keep its minutes."""
    row = _row(event, meeting)
    form, number = MinutesForm(obj=row), row.id
    done = submitted(
        form,
        lambda: actions.write_minutes(
            number,
            form.minutes.data or "",
            form.follow_up.data or "",
            version=int(form.version.data or 0),
            by=me(),
            now=clock.now(),
        ),
    )
    if done:
        return back_to("docking.tables", _("纪要已保存。"), event=event)
    return _meeting_page(event, meeting, form), status_of(form)


def _meeting_page(event: str, meeting: str, form: MinutesForm) -> str:
    row = _row(event, meeting)
    return render_template(
        "docking/meeting.html",
        row=row,
        event=row.event,
        form=form,
        state=badge_of(row, Side.DEPARTMENT),
        may_answer=row.asked_side is Side.EMPLOYER and row.event.state in BOOKABLE,
        bookable=row.event.state in BOOKABLE,
        may_write=row.event.state in MINUTED,
        time=queries.time_of(row),
    )


@bp.route(f"{TABLES}/<meeting>/change", methods=["GET", "POST"])
@staff
def change(event: str, meeting: str) -> Any:
    """The department changes the time or the topic."""
    changed = change_by(_row(event, meeting), Side.DEPARTMENT)
    if changed is None:
        return back_to("docking.meeting", _("修改已保存，单位会收到消息。"), event=event, meeting=meeting)
    return changed


@bp.post(f"{TABLES}/<meeting>/agree")
@staff
def agree(event: str, meeting: str) -> Response:
    """The department agrees to what an employer asked for."""
    actions.answer(_row(event, meeting).id, Side.DEPARTMENT, agree=True, by=me(), now=clock.now())
    return back_to("docking.tables", _("已约定，单位会收到消息。"), event=event)


@bp.route(f"{TABLES}/<meeting>/end", methods=["GET", "POST"])
@staff
def end(event: str, meeting: str) -> Any:
    """The department declines, or calls an agreed meeting off, and says why."""
    row = _row(event, meeting)
    ended = end_by(row, Side.DEPARTMENT)
    if ended is None:
        return back_to("docking.tables", _("已通知单位，桌位已释放。"), event=event)
    return ended
