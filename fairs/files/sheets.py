"""XLSX sheets: reading what an office sends, writing lists and import templates. Pure: bytes in, bytes out.

Long numbers (student numbers, credit codes) are text on both ways, because Excel keeps only 15 digits of a number.
"""

import io
import itertools
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import python_calamine
import xlsxwriter

from fairs.clock import campus
from fairs.errors import Invalid

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LARGEST_UNPACKED = 96 * 1024 * 1024
HEADING_AMONG = 10
"""The heading stands in one of so many first rows: offices like to put a title above it."""

EXACT_BELOW = 10**15
"""Numbers of 16 digits and more have lost their last digits in Excel."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')


class SheetRefused(Invalid):
    """The content is not a workbook that can be read here."""

    code = "sheet_refused"
    sentence = "无法读取这个文件。请使用模板填写，并保存为 XLSX 格式。"
    field = "sheet"


class SheetTooLarge(Invalid):
    """There are more rows than one import takes."""

    code = "sheet_too_large"
    sentence = "表格太大：一次最多 %(rows)s 行，请拆分后分别导入。"
    field = "sheet"


class WrongColumns(Invalid):
    """Required columns are missing from the heading row."""

    code = "wrong_columns"
    sentence = "表头缺少这些列：%(columns)s。请下载模板，保留表头后填写。"
    field = "sheet"


class RepeatedColumns(Invalid):
    """A column stands twice in the heading row, so it is not clear which one counts."""

    code = "repeated_columns"
    sentence = "表头有重复的列：%(columns)s。请只保留一列。"
    field = "sheet"


class NoRows(Invalid):
    """There is nothing below the heading."""

    code = "no_rows"
    sentence = "表格里没有数据：请在表头下面填写内容后再上传（示例行不会导入）。"
    field = "sheet"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of an import: its key in the program, its Chinese heading and what the template tells about it."""

    key: str
    title: str
    required: bool = True
    example: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class RowError:
    """What is wrong with one cell. ``sentence`` is a message id, ``values`` fills its ``%(name)s`` places."""

    row: int
    column: str
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: its number as Excel shows it, a text per column key ("" if empty), faults of cells."""

    number: int
    values: Mapping[str, str]
    errors: tuple[RowError, ...] = ()


NUMBER_NOT_TEXT = "这一格是数字格式，超过 15 位的部分已丢失。请把这一列设为文本格式后重新填写。"


def read_xlsx(content: bytes, columns: Sequence[Column]) -> list[SheetRow]:
    """The rows below the heading of the first sheet, blank ones and the template's example left out.

    Raises SheetRefused, SheetTooLarge, WrongColumns or RepeatedColumns.
    """
    grid = _grid(content)
    above, places = _heading(grid, columns)
    rows = (_row(number, cells, places) for number, cells in enumerate(grid[above:], start=above + 1))
    example = {column.key: column.example for column in columns if column.key in places.values()}
    kept = [row for row in rows if any(row.values.values()) and row.values != example]
    if len(kept) > MOST_ROWS:
        raise SheetTooLarge(rows=MOST_ROWS)
    return kept


def _grid(content: bytes) -> list[list[Any]]:
    _check_extent(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        grid: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError, ValueError) as error:
        raise SheetRefused from error
    return grid


def _check_extent(content: bytes) -> None:
    # a few kilobytes can unpack to gigabytes, or claim a cell in the last row of the last column
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if sum(part.file_size for part in book.infolist()) > LARGEST_UNPACKED:
                raise SheetTooLarge(rows=MOST_ROWS)
            sheets = [part for part in book.infolist() if part.filename.startswith("xl/worksheets/")]
            for part in sheets:
                _check_cells(book.read(part))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise SheetRefused from error


def _check_cells(xml: bytes) -> None:
    for match in _CELL.finditer(xml):
        if int(match[2]) > MOST_ROWS + HEADING_AMONG or _column_number(match[1]) > MOST_COLUMNS:
            raise SheetTooLarge(rows=MOST_ROWS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _heading(grid: list[list[Any]], columns: Sequence[Column]) -> tuple[int, dict[int, str]]:
    keys = {_plain(column.title): column.key for column in columns}
    best, places = 0, dict[int, str]()
    for number, cells in enumerate(grid[:HEADING_AMONG], start=1):
        here = {place: keys[_plain(cell)] for place, cell in enumerate(cells) if _plain(cell) in keys}
        if len(here) > len(places):
            best, places = number, here
    present = list(places.values())
    titles = {column.key: column.title for column in columns}
    repeated = sorted({titles[key] for key in present if present.count(key) > 1})
    if repeated:
        raise RepeatedColumns(columns="、".join(repeated))
    missing = [column.title for column in columns if column.required and column.key not in present]
    if missing:
        raise WrongColumns(columns="、".join(missing))
    return best, places


def _plain(cell: Any) -> str:
    return re.sub(r"[\s*＊]|[（(](必填|选填)[）)]", "", str(cell))


def _row(number: int, cells: list[Any], places: Mapping[int, str]) -> SheetRow:
    values: dict[str, str] = {}
    errors: list[RowError] = []
    for place, key in places.items():
        cell = cells[place] if place < len(cells) else ""
        values[key] = text_of(cell)
        if isinstance(cell, float) and abs(cell) >= EXACT_BELOW:
            errors.append(RowError(number, key, NUMBER_NOT_TEXT))
    return SheetRow(number, values, tuple(errors))


def text_of(cell: Any) -> str:
    """What a person reads in a cell: whole numbers without a point, days as 2026-11-21, no odd spaces."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}" if cell.time() != datetime.min.time() else f"{cell:%Y-%m-%d}"
    text = unicodedata.normalize("NFC", str(cell)).replace("\u3000", " ").replace("\u200b", "").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _DANGEROUS and text[1:] else text


def harmless(text: str) -> str:
    """``text`` with an apostrophe before it if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def write_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet with a frozen bold heading; ``rows`` is read once, never held whole.

    Texts, codes and instants (campus time) become text cells; whole and broken numbers stay numbers so that they
    can be summed: give long codes as ``str``.
    """
    target = io.BytesIO()
    with _workbook(target, constant_memory=True) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(_sheet_name(title))
        first, rest = _looked_at(rows, 100)
        text = book.add_format({"num_format": "@"})
        for place, width in enumerate(_widths([headings, *first])):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        _write_row(sheet, 0, headings, book.add_format({"bold": True, "bg_color": "#EEF2F6"}))
        last = 0
        for last, row in enumerate(itertools.chain(first, rest), start=1):
            _write_row(sheet, last, row, text)
        sheet.autofilter(0, 0, last, max(0, len(headings) - 1))
    return target.getvalue()


def _workbook(target: io.BytesIO, *, constant_memory: bool) -> Any:
    options = {
        "constant_memory": constant_memory,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return xlsxwriter.Workbook(target, options)


def _looked_at(
    rows: Iterable[Sequence[Any]], count: int
) -> tuple[list[Sequence[Any]], Iterator[Sequence[Any]]]:
    rest = iter(rows)
    return list(itertools.islice(rest, count)), rest


def _write_row(sheet: Any, number: int, cells: Sequence[Any], form: Any) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < EXACT_BELOW:
            sheet.write_number(number, place, cell)
        else:
            sheet.write_string(number, place, _written(cell), form)


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{campus(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    # Excel takes at most 32,767 characters in a cell, and XML no control characters
    return harmless(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(cell)))[:32_767]


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    widths: list[int] = []
    for row in rows:
        for place, cell in enumerate(row):
            wide = min(60, max(8, display_width(_written(cell)) + 3))
            if place < len(widths):
                widths[place] = max(widths[place], wide)
            else:
                widths.append(wide)
    return widths


def display_width(text: str) -> int:
    """How many half-width places ``text`` takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "Sheet1"
