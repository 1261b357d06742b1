"""Large seasons for measuring: the loaded one copied row by row inside the database, in seconds instead of hours.

Every copy has rows of its own under shifted numbers, so that foreign keys (and subjects named by number alone)
stay inside it. Two universities become ten: copies take turns on them. Old events are copied once more, each
time five weeks earlier, so that events become many as over years without new bookings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from fairs.database import UtcDateTime, db, transaction
from fairs.demo.world import NAMES
from fairs.institutions.models import Campus, Department, Major, University
from fairs.programmes.models import Event, EventOrganiser, EventSchool, EventTarget, Occurrence
from fairs.programmes.rules import EventState
from fairs.workdays.models import AcademicPeriod

STRIDE = 1_000_000
"""Numbers of one copy; the first season must stay below."""
PAIRS = len(NAMES) // 2
OLDER = 14
"""How often the past is copied once more."""
WEEKS = timedelta(weeks=5)

GROUND = {table.__tablename__ for table in (University, Campus, Department, Major, AcademicPeriod)}
"""Once for each pair of universities."""
ONCE = {"audit", "access_log", "task", "lease", "file", "calendar_day", "responsible_person", "text_band"}
"""Never copied: sealed, about what happened here, the same for everybody, or the keys of texts that copies repeat."""
OLD = (Event, EventSchool, EventOrganiser, EventTarget, Occurrence)
ALPHABET = "0189ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Signs that no random id of the first season has."""


@dataclass(frozen=True)
class Copy:
    """What one copy adds to the numbers of each table; tables that are missing stay as they are."""

    mark: int
    shifts: Mapping[str, int]
    earlier: timedelta = timedelta()

    def of(self, column: sa.Column[Any]) -> int:
        """What is added to a number in ``column``."""
        table = column.table.name
        if column.foreign_keys:
            return self.shifts.get(next(iter(column.foreign_keys)).column.table.name, 0)
        own = column.name in {"id", "subject_id", "holder_id"}
        return self.shifts[table] if own else 0


@transaction
def multiply(scale: int) -> None:
    """Copy the loaded season until it is ``scale`` times as large, with years of old events."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in ONCE]
    for turn in range(1, scale):
        ground = (turn % PAIRS) * STRIDE
        shifts = {t.name: ground if t.name in GROUND else turn * STRIDE for t in tables}
        first = turn < PAIRS
        _copy((t for t in tables if first or t.name not in GROUND), Copy(turn, shifts))
    for pair in range(1, min(scale, PAIRS)):
        _name_the_universities(pair)
    for turn in range(1, OLDER + 1):
        shifts = {model.__tablename__: turn * scale * STRIDE for model in OLD}
        _copy(
            (model.__table__ for model in OLD),  # type: ignore[misc]  # declared models have tables
            Copy(turn * scale, shifts, turn * WEEKS),
            past_below=scale * STRIDE,
        )
    _renew_numbering()


def _copy(tables: Iterable[sa.Table], copy: Copy, past_below: int = 0) -> None:
    """One copy of each table's first rows; with ``past_below`` of all rows about old events below that number."""
    for table in tables:
        source = sa.select(*(_copied(column, copy) for column in table.columns))
        if past_below:
            event = table.c.id if table.name == "event" else table.c.event_id
            old = sa.select(Event.id).where(
                Event.state.in_([EventState.CLOSED, EventState.REPORTED]), Event.id < past_below
            )
            source = source.where(event.in_(old))
        else:
            source = source.where(_number(table) < STRIDE)
        db.session.execute(sa.insert(table).from_select([c.name for c in table.columns], source))


def _number(table: sa.Table) -> sa.ColumnElement[int]:
    """The number of a row: its own, or that of the row it extends."""
    return table.c.id if "id" in table.c else next(iter(table.primary_key.columns))


def _copied(column: sa.Column[Any], copy: Copy) -> sa.ColumnElement[Any]:
    if column.name == "public_id":
        return _renamed(column, copy)
    if copy.earlier and any(key.column.table is column.table for key in column.foreign_keys):
        return sa.null()
    if shift := copy.of(column) if isinstance(column.type, sa.Integer) else 0:
        return column + shift
    if column in _told_apart(column.table):
        return _other(column, copy.mark)
    if copy.earlier and isinstance(column.type, UtcDateTime):
        return _earlier(column, copy.earlier)
    return column


def _told_apart(table: sa.Table) -> set[sa.Column[Any]]:
    """The columns that must differ because some unique rule names nothing else that does."""
    rules = [list(c.columns) for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    rules += [list(index.columns) for index in table.indexes if index.unique]
    own = [rule for rule in rules if not any(_moves(column) for column in rule)]
    return {rule[-1] for rule in own}


def _moves(column: sa.Column[Any]) -> bool:
    """Whether each copy has numbers of its own in this column."""
    shared = ONCE if column.table.name in GROUND else GROUND | ONCE
    return column.name in {"id", "subject_id", "holder_id"} or any(
        key.column.table.name not in shared for key in column.foreign_keys
    )


def _renamed(column: sa.Column[Any], copy: Copy) -> sa.ColumnElement[str]:
    """A public id with two of its characters replaced: the first two, or the next where those tell copies apart."""
    kept = 2 if copy.earlier else 0
    digits = ALPHABET[copy.mark // 30] + ALPHABET[copy.mark % 30]
    return sa.func.substr(column, 1, kept).concat(digits).concat(sa.func.substr(column, kept + 3))


def _other(column: sa.Column[Any], mark: int) -> sa.ColumnElement[Any]:
    """Another number, another week or a marked text."""
    if isinstance(column.type, sa.Integer):
        return column + mark * 1000
    if isinstance(column.type, sa.Date):
        week = timedelta(weeks=mark)
        if db.engine.dialect.name == "sqlite":
            return sa.func.date(column, f"-{week.days} days", type_=sa.String())
        return sa.cast(column - week, sa.Date)
    return _marked(column, mark)


def _marked(column: sa.Column[Any], mark: int) -> sa.ColumnElement[str]:
    """The text with the copy's mark in it, as long as before where the length is fixed."""
    room = column.type.length if isinstance(column.type, sa.String) else None
    tail = f"~{mark}"
    text = sa.func.substr(column, 1, room - len(tail)) if room else column
    return sa.cast(text, sa.String).concat(sa.literal(tail))


def _earlier(column: sa.Column[Any], span: timedelta) -> sa.ColumnElement[Any]:
    if db.engine.dialect.name == "sqlite":
        return sa.func.strftime("%Y-%m-%d %H:%M:%S.000000", column, f"-{span.days} days", type_=sa.String())
    return sa.cast(column, sa.DateTime(timezone=True)) - span


def _name_the_universities(pair: int) -> None:
    for number in (1, 2):
        code, slug, name, english, phone = NAMES[2 * pair + number - 1]
        db.session.execute(
            sa.update(University)
            .where(University.id == pair * STRIDE + number)
            .values(code=code, slug=slug, name=name, name_en=english, hotline_phone=phone)
        )


def _renew_numbering() -> None:
    """New rows get numbers above all copies."""
    if db.engine.dialect.name == "sqlite":
        return
    for table in db.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, sa.Integer):
            sequence = sa.func.pg_get_serial_sequence(table.name, "id")  # none: ids are drawn at random
            largest = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 1)).scalar_subquery()
            db.session.execute(
                sa.select(
                    sa.func.setval(sa.cast(sequence, postgresql.REGCLASS), sa.cast(largest, sa.BigInteger))
                )
            )
