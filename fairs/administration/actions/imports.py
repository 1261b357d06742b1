"""Importing a master list: previewed, then all of it or nothing, as a task."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from fairs.accounts import queries as people
from fairs.accounts.rules import RoleKind
from fairs.administration import listed
from fairs.administration.actions.roles import RoleDraft, give_role, set_until
from fairs.administration.actions.school import PartDraft, add_part, rename_part
from fairs.administration.master import DAY_WORDS, LISTS, MasterList
from fairs.administration.rules import check_may
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.files import actions as files
from fairs.files.imports import Change, Line, Plan, check_preview
from fairs.files.models import File
from fairs.institutions.models import Department, ListedCode, Major, University
from fairs.tasks import actions as tasks
from fairs.tasks.models import Task
from fairs.tasks.registry import Progress
from fairs.tasks.rules import NOTE_LABELS
from fairs.venues import actions as venues
from fairs.venues.actions import SpaceDraft
from fairs.venues.models import Space
from fairs.venues.rules import SpaceKind, safe_capacity
from fairs.workdays import actions as workdays
from fairs.workdays.actions import PeriodDraft
from fairs.workdays.rules import DayKind, PeriodKind

PAGES = {
    "staff": "administration.people",
    "places": "administration.organisation",
    "spaces": "venues.spaces",
    "calendar": "administration.academic_year",
    "chains": "administration.code_lists",
    "committees": "administration.code_lists",
}
"""Where the result of each import is seen."""

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What was confirmed on the preview of a list."""

    key: str
    file_id: int
    university_id: int
    by: int
    shown: str

    @property
    def list(self) -> MasterList:
        """The list that is imported."""
        return LISTS[self.key]


def hand_in(
    kind: MasterList, content: bytes, name: str, *, by: int, university_id: int, now: datetime
) -> File:
    """Keep a filled-in template for its preview. Raises as ``files.actions.keep_sheet``."""
    return files.keep_sheet(content, name, kind.columns, by=by, university_id=university_id, now=now)


def _checked(wish: Wish, now: datetime) -> Plan:
    today = campus_day(now)
    made = listed.import_plan(wish.list, found(db.session.get(File, wish.file_id)), wish.university_id, today)
    check_preview(made, wish.shown)
    if wish.key == "staff":
        held = people.grants(wish.by, today)
        ranks = frozenset(one.kind for one in held if one.university_id == wish.university_id)
        for line in (*made.new, *(change.line for change in made.changed)):
            check_may(ranks, RoleKind(line.values["kind"]))
    return made


@transaction
def begin_import(wish: Wish, now: datetime) -> Task:
    """Queue the import that the preview showed.

    Raises RowsFaulty, PreviewStale, NothingToImport, MayNotGrant, or Conflict while another one of the list runs.
    """
    _checked(wish, now)
    kind = f"administration.{wish.key}"
    return tasks.enqueue(
        kind,
        asdict(wish),
        dedupe=f"{kind}:{wish.university_id}",
        university_id=wish.university_id,
        by=wish.by,
        now=now,
    )


@transaction
def apply_import(wish: Wish, progress: Progress, now: datetime) -> dict[str, Any]:
    """Do all of an import or nothing; what was done, in figures. Raises as ``begin_import``, or Stopped."""
    progress.report(0, 1, NOTE_LABELS["writing"])
    lock(University, wish.university_id)
    made = _checked(wish, now)
    add, change = WRITERS[wish.key]
    for line in made.new:
        add(line, wish, now)
    for one in made.changed:
        change(one, wish, now)
    figures = {name: count for name, count in made.counts().items() if name != "gone"}
    file = found(db.session.get(File, wish.file_id))
    audit.record(
        "import_master_list",
        file,
        by=wish.by,
        university_id=wish.university_id,
        now=now,
        list=wish.key,
        **figures,
    )
    result = figures | {"page": PAGES[wish.key]}
    progress.keep({"result": result})
    return result


def _add_member(line: Line, wish: Wish, now: datetime) -> None:
    until = line.values["until"]
    draft = RoleDraft(
        mail=line.values["mail"],
        name=line.values["name"],
        kind=RoleKind(line.values["kind"]),
        department_id=line.values["department_id"],
        until=date.fromisoformat(until) if until else None,
    )
    give_role(draft, university_id=wish.university_id, by=wish.by, now=now)


def _change_member(change: Change, wish: Wish, now: datetime) -> None:
    until = change.line.values["until"]
    last = date.fromisoformat(until) if until else None
    set_until(change.known.id, last, university_id=wish.university_id, by=wish.by, now=now)


def _department(values: Values, wish: Wish, now: datetime) -> Department:
    chosen = sa.select(Department).where(
        Department.university_id == wish.university_id, Department.code == values["department_code"]
    )
    row = db.session.scalars(chosen).one_or_none()
    who: dict[str, Any] = {"university_id": wish.university_id, "by": wish.by, "now": now}
    if row is None:
        draft = PartDraft(kind="department", code=values["department_code"], name=values["department"])
        row = found(db.session.get(Department, add_part(draft, **who).id))
    elif row.name != values["department"]:
        rename_part(row, values["department"], **who)
    return row


def _add_place(line: Line, wish: Wish, now: datetime) -> None:
    of = _department(line.values, wish, now)
    draft = PartDraft(kind="major", code=line.values["code"], name=line.values["name"], department_id=of.id)
    add_part(draft, university_id=wish.university_id, by=wish.by, now=now)


def _change_place(change: Change, wish: Wish, now: datetime) -> None:
    _department(change.line.values, wish, now)
    major = db.session.get_one(Major, change.known.id)
    if major.name != change.line.values["name"]:
        name = change.line.values["name"]
        rename_part(major, name, university_id=wish.university_id, by=wish.by, now=now)


def _add_space(line: Line, wish: Wish, now: datetime) -> None:
    values = dict(line.values) | {"kind": SpaceKind(line.values["kind"])}
    venues.create_space(SpaceDraft(**values), university_id=wish.university_id, by=wish.by, now=now)


def _change_space(change: Change, wish: Wish, now: datetime) -> None:
    space, values = lock(Space, change.known.id), change.line.values
    space.kind, space.net_area = SpaceKind(values["kind"]), values["net_area"]
    if values["capacity"] is not None:
        space.capacity = values["capacity"]
    elif "net_area" in change.fields:
        space.capacity = min(space.capacity, safe_capacity(space.net_area))
    fields = {name: list(pair) for name, pair in change.fields.items()}
    audit.record("change_space", space, by=wish.by, university_id=wish.university_id, now=now, **fields)


def _days(values: Values) -> PeriodDraft:
    first, last = date.fromisoformat(values["first_on"]), date.fromisoformat(values["last_on"])
    return PeriodDraft(PeriodKind(values["kind"]), values["name"], first, last)


def _is_day(values: Values) -> bool:
    return values["kind"] in {one.value for one in DAY_WORDS}


def _set_day(values: Values, wish: Wish, now: datetime) -> None:
    day, kind = date.fromisoformat(values["first_on"]), DayKind(values["kind"])
    workdays.set_own_day(day, kind, values["name"], university_id=wish.university_id, by=wish.by, now=now)


def _add_to_year(line: Line, wish: Wish, now: datetime) -> None:
    if _is_day(line.values):
        _set_day(line.values, wish, now)
    else:
        workdays.add_period(_days(line.values), university_id=wish.university_id, by=wish.by, now=now)


def _change_year(change: Change, wish: Wish, now: datetime) -> None:
    if _is_day(change.line.values):
        _set_day(change.line.values, wish, now)
    else:
        workdays.change_period(change.known.id, _days(change.line.values), by=wish.by, now=now)


def _add_code(line: Line, wish: Wish, now: datetime) -> None:
    row = ListedCode(
        university_id=wish.university_id,
        kind=listed.CODE_LISTS[wish.key],
        code=line.values["code"],
    )
    db.session.add(_worded(row, line, now))


def _change_code(change: Change, _wish: Wish, now: datetime) -> None:
    _worded(lock(ListedCode, change.known.id), change.line, now)


def _worded(row: ListedCode, line: Line, now: datetime) -> ListedCode:
    row.name, row.area = line.values["name"], line.values.get("area", "")
    row.ended_at = (row.ended_at or now) if line.values["ended"] else None
    return row


Add = Callable[[Line, Wish, datetime], None]
Correct = Callable[[Change, Wish, datetime], None]
WRITERS: Mapping[str, tuple[Add, Correct]] = {
    "staff": (_add_member, _change_member),
    "places": (_add_place, _change_place),
    "spaces": (_add_space, _change_space),
    "calendar": (_add_to_year, _change_year),
    "chains": (_add_code, _change_code),
    "committees": (_add_code, _change_code),
}
