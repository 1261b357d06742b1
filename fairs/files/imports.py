"""What an import would do, worked out before anything is written: lines, differences, faults. Pure.

An import goes: sheet → lines (with a fault per wrong cell) → plan (new, changed, gone) → preview → the same plan
again inside one transaction → written. ``Plan.fingerprint`` tells whether the preview is still true.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from fairs.errors import Invalid, Refusal
from fairs.files.sheets import NUMBER_NOT_TEXT, Column, RowError, SheetRow

V = TypeVar("V")

CHUNK = 500
"""Values in one IN (…): far below what either database takes."""

SAMPLE = 25
"""Rows of a preview shown at once."""

EMPTY = "“%(column)s”必填，请补充。"
TOO_LONG = "最多 %(most)s 个字符。"
NOT_OFFERED = "没有“%(value)s”这一项，请填写：%(choices)s。"
REPEATED = "与第 %(other)s 行重复，请只保留一行。"

CELL_LABELS = {
    "empty": EMPTY,
    "too_long": TOO_LONG,
    "not_offered": NOT_OFFERED,
    "repeated": REPEATED,
    "number_not_text": NUMBER_NOT_TEXT,
}
"""Every sentence about a cell, for the translations."""


def chunks(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """``values`` in parts that fit into one statement."""
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


class RowsFaulty(Invalid):
    """Some cells are wrong, so nothing is imported."""

    code = "rows_faulty"
    sentence = "表格里还有 %(count)s 处需要修改，没有导入任何内容。请按清单修改后重新上传。"


class PreviewStale(Refusal):
    """What would be done now is no longer what the preview showed."""

    code = "preview_stale"
    sentence = "预览之后数据有了变化，没有导入任何内容。请重新查看预览，再确认导入。"


class NothingToImport(Refusal):
    """The sheet says what is already known."""

    code = "nothing_to_import"
    sentence = "表格内容与现有数据一致，不需要导入。"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A faultless row: ``key`` finds what it is about, ``values`` (plain JSON values) is what it says."""

    row: int
    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is stored under ``key``: its number and the values that an import may change."""

    id: int
    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A line that differs from what is stored."""

    line: Line
    known: Known
    fields: Mapping[str, tuple[Any, Any]]
    """(before, after) for each value that changes."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import would do."""

    new: tuple[Line, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Known, ...] = ()
    same: int = 0
    errors: tuple[RowError, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Equal for two plans exactly if they would do the same to the same rows."""
        whole = [
            [[line.key, dict(line.values)] for line in self.new],
            [[change.known.id, {k: list(v) for k, v in change.fields.items()}] for change in self.changed],
            [known.id for known in self.gone],
            [[error.row, error.column, error.sentence] for error in self.errors],
        ]
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def counts(self) -> dict[str, int]:
        """How many rows of each sort, for the preview, the audit trail and the task's result."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "same": self.same,
        }


def plan_of(
    lines: Iterable[Line],
    known: Mapping[str, Known],
    errors: Sequence[RowError],
    *,
    blank_keeps: frozenset[str] = frozenset(),
    expected: Callable[[Known], bool] = lambda _known: False,
) -> Plan:
    """The plan that makes ``known`` say what ``lines`` say.

    An empty value of a field in ``blank_keeps`` leaves what is stored. ``expected``: whether the sheet ought to
    name something stored; what is expected and not named is gone.
    """
    new: list[Line] = []
    changed: list[Change] = []
    same, named = 0, set[str]()
    for line in lines:
        named.add(line.key)
        stored = known.get(line.key)
        if stored is None:
            new.append(line)
        elif fields := _differences(line, stored, blank_keeps):
            changed.append(Change(line=line, known=stored, fields=fields))
        else:
            same += 1
    gone = tuple(row for row in known.values() if row.key not in named and expected(row))
    return Plan(new=tuple(new), changed=tuple(changed), gone=gone, same=same, errors=tuple(errors))


def _differences(line: Line, stored: Known, blank_keeps: frozenset[str]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (stored.values.get(name), value)
        for name, value in line.values.items()
        if value != stored.values.get(name) and not (name in blank_keeps and value in {None, ""})
    }


def check_preview(plan: Plan, shown: str, *, with_gone: bool = False) -> None:
    """Raises RowsFaulty, PreviewStale or NothingToImport unless ``plan`` may be carried out as it was shown."""
    if plan.errors:
        raise RowsFaulty(count=len(plan.errors))
    if plan.fingerprint != shown:
        raise PreviewStale
    if not plan.new and not plan.changed and not (with_gone and plan.gone):
        raise NothingToImport


@dataclass
class Cells:
    """One row while it is read: gives its cells, collects what is wrong with them."""

    row: SheetRow
    columns: Mapping[str, Column]
    errors: list[RowError] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.errors.extend(self.row.errors)

    def wrong(self, key: str, sentence: str, **values: Any) -> None:
        """This cell is wrong; only the first fault of a cell is told."""
        if all(error.column != key for error in self.errors):
            self.errors.append(RowError(self.row.number, key, sentence, values))

    def text(self, key: str, most: int) -> str:
        """The text of a cell, at most ``most`` characters."""
        text = self.row.values.get(key, "")
        if not text and self.columns[key].required:
            self.wrong(key, EMPTY, column=self.columns[key].title)
        if len(text) > most:
            self.wrong(key, TOO_LONG, most=most)
        return text

    def choice(self, key: str, choices: Mapping[str, V]) -> V | None:
        """What the word in a cell stands for; None for an empty or a wrong cell."""
        text = self.text(key, 100)
        if text and text not in choices:
            self.wrong(key, NOT_OFFERED, value=text, choices="、".join(choices))
        return choices.get(text)


def read_lines(
    rows: Iterable[SheetRow], columns: Sequence[Column], line_of: Callable[[Cells], Line], *, key: str
) -> tuple[list[Line], list[RowError]]:
    """The faultless lines and every fault; ``line_of`` reads one row, ``key`` is the column that must be unique."""
    by_key = {column.key: column for column in columns}
    lines: list[Line] = []
    errors: list[RowError] = []
    order = {column.key: place for place, column in enumerate(columns)}
    seen: dict[str, int] = {}
    for row in rows:
        cells = Cells(row, by_key)
        line = line_of(cells)
        if line.key and seen.setdefault(line.key, row.number) != row.number:
            cells.wrong(key, REPEATED, other=seen[line.key])
        errors.extend(sorted(cells.errors, key=lambda error: order[error.column]))
        if not cells.errors:
            lines.append(line)
    return lines, errors


@dataclass(frozen=True)
class ShownCell:
    """What a preview shows of one value; ``before`` only where it changes."""

    text: str
    before: str | None = None


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview; ``number`` is the sheet's, None for what the sheet does not name."""

    number: int | None
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One bounded page of what a plan would do."""

    plan: Plan
    part: str
    page: int
    pages: int
    rows: tuple[ShownRow, ...] = ()
    errors: tuple[RowError, ...] = ()


Words = Mapping[str, Callable[[Any], str]]
"""How each field of a preview is worded, in the order shown."""


def preview_of(plan: Plan, words: Words, *, part: str, page: int) -> Preview:
    """The asked page of one part (errors | new | changed | gone); a wrong part is the first that has rows."""
    parts: dict[str, Sequence[Any]] = {
        "errors": plan.errors,
        "new": plan.new,
        "changed": plan.changed,
        "gone": plan.gone,
    }
    if not parts.get(part):
        part = next((name for name, rows in parts.items() if rows), "new")
    pages = max(1, -(-len(parts[part]) // SAMPLE))
    page = min(max(1, page), pages)
    here = parts[part][(page - 1) * SAMPLE : page * SAMPLE]
    if part == "errors":
        return Preview(plan=plan, part=part, page=page, pages=pages, errors=tuple(here))
    rows = tuple(_shown(row, words) for row in here)
    return Preview(plan=plan, part=part, page=page, pages=pages, rows=rows)


def _shown(row: Line | Change | Known, words: Words) -> ShownRow:
    if isinstance(row, Change):
        stored = {**row.known.values, **{name: after for name, (_before, after) in row.fields.items()}}
        cells = tuple(
            ShownCell(word(stored.get(name)), word(row.fields[name][0]) if name in row.fields else None)
            for name, word in words.items()
        )
        return ShownRow(row.line.row, cells)
    cells = tuple(ShownCell(word(row.values.get(name))) for name, word in words.items())
    return ShownRow(row.row if isinstance(row, Line) else None, cells)
