"""People on duty, and whoever comes from outside with a car."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.accounts.repeats import unrepeated
from fairs.database import found
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.programmes import queries as events
from fairs.programmes.models import Event, StaffShift
from fairs.programmes.tabs import tabs
from fairs.safety import board, forms, rosters, shifts, vehicles
from fairs.safety.views.blueprint import PLANNERS, READERS, bp, event_of, may_plan
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.get("/<school>/office/events/<event>/roster")
@access.require(*READERS)
def roster(event: str) -> str:
    """Who is on duty, with what, where and when."""
    chosen = event_of(event)
    page = board.roster_page(chosen, may_plan=may_plan())
    return render_template("safety/roster.html", tabs=tabs(chosen), **page)


@bp.route("/<school>/office/events/<event>/roster/new", methods=["GET", "POST"])
@access.require(*PLANNERS)
def new_shift(event: str) -> Any:
    """Put somebody on duty."""
    return _shift_page(event, None)


@bp.route("/<school>/office/events/<event>/roster/<shift>", methods=["GET", "POST"])
@access.require(*PLANNERS)
def edit_shift(event: str, shift: str) -> Any:
    """Change a duty, or give it to somebody else."""
    return _shift_page(event, rosters.shift(shift, event_of(event).id))


def _shift_page(event: str, shift: StaffShift | None) -> Any:
    chosen = event_of(event)
    people, gates = rosters.staff(chosen.university_id), rosters.gates(chosen.id)
    form = forms.shift_form(
        events.occurrences(chosen.id),
        [(one.public_id, _named(one)) for one in people],
        [(public_id, name) for _number, public_id, name in gates],
        shift,
    )
    known = {one.public_id: one.id for one in people}
    doors = {public_id: number for number, public_id, _name in gates}
    number = shift.id if shift else None
    done = submitted(form, lambda: _save(chosen, number, form, known, doors))
    if done:
        return back_to("safety.roster", _("值班已保存，有账号的人员会收到通知。"), event=event)
    shown = event_of(event)
    return render_template("safety/shift.html", event=shown, form=form, shift=shift), status_of(form)


def _named(person: Person) -> str:
    return f"{person.name} {person.phone[-4:]}" if person.phone else person.name


def _save(
    event: Event, shift_id: int | None, form: Any, people: dict[str, int], gates: dict[str, int]
) -> Any:
    day = events.occurrence(form.day.data, event.id)
    draft, who = form.draft(day, people, gates), access.me().person_id
    if shift_id is None:
        return unrepeated(lambda: shifts.add_shift(event.id, day.id, draft, by=who, now=clock.now()))()
    return shifts.change_shift(event.id, shift_id, draft, by=who, now=clock.now())


@bp.post("/<school>/office/events/<event>/roster/<shift>/end")
@access.require(*PLANNERS)
def end_shift(event: str, shift: str) -> Response:
    """Take a duty off."""
    chosen = event_of(event)
    row = rosters.shift(shift, chosen.id)
    shifts.end_shift(chosen.id, row.id, by=access.me().person_id, now=clock.now())
    return back_to("safety.roster", _("值班已取消。"), event=event)


@bp.post("/<school>/office/events/<event>/roster/usual")
@access.require(*PLANNERS)
def usual(event: str) -> Response:
    """Plan the usual duties."""
    made = shifts.plan_usual(event_of(event).id, by=access.me().person_id, now=clock.now())
    return back_to("safety.roster", _("已生成 %(count)s 个岗位，请安排人员。", count=made), event=event)


@bp.post("/<school>/office/events/<event>/roster/copy")
@access.require(*PLANNERS)
def copy_roster(event: str) -> Response:
    """Take over who was on duty at an earlier event."""
    chosen = event_of(event)
    number = chosen.id
    source = event_of(found(request.form.get("from") or None))
    made, empty = shifts.copy_roster(number, source.id, by=access.me().person_id, now=clock.now())
    sentence = _("已复制 %(count)s 个岗位，其中 %(empty)s 个需要安排人员。", count=made, empty=empty)
    return back_to("safety.roster", sentence, event=event)


@bp.get("/<school>/office/events/<event>/vehicles")
@access.require(*READERS)
def visitors(event: str) -> str:
    """The employers' staff and cars of the day."""
    chosen = event_of(event)
    return render_template(
        "safety/vehicles.html", event=chosen, visitors=vehicles.visitors(chosen.id), tabs=tabs(chosen)
    )


@bp.get("/<school>/office/events/<event>/vehicles.xlsx")
@access.require(*READERS)
def visitors_sheet(event: str) -> Any:
    """The same as a sheet for the gate; taking it is written down."""
    chosen = event_of(event)
    rows = vehicles.visitors(chosen.id)
    headings = [_(one) for one in vehicles.HEADING_LABELS.values()]
    title = chosen.title
    content = write_xlsx(
        _("人员和车辆"), headings, [(v.employer, v.name, v.phone, v.plate, v.code) for v in rows]
    )
    vehicles.handed_over(chosen, len(rows), by=access.me().person_id, now=clock.now())
    return sheet_answer(content, _("%(title)s人员和车辆.xlsx", title=title))
