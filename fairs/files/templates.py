"""The template of an import: headings, an example, lists to choose from, and a sheet of notes."""

import io
import itertools
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from fairs.files.sheets import MOST_ROWS, Column, display_width

NOTES = "填写说明"
CHOICES = "可选内容"


def template_xlsx(columns: Sequence[Column], title: str = "导入") -> bytes:
    """A workbook to fill in: its columns are text, required headings carry a star, the example may stay."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title})
        sheet, notes = book.add_worksheet(title), book.add_worksheet(NOTES)
        _fill(book, sheet, columns)
        _notes(book, notes, columns)
        _offer(book, sheet, columns)
    return target.getvalue()


def _fill(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    text = book.add_format({"num_format": "@"})
    must = book.add_format({"bold": True, "bg_color": "#DCE8F7"})
    may = book.add_format({"bold": True, "bg_color": "#EEF2F6"})
    example = book.add_format({"num_format": "@", "italic": True, "font_color": "#66717F"})
    for place, column in enumerate(columns):
        wide = max(12, display_width(column.title) + 4, display_width(column.example) + 3)
        sheet.set_column(place, place, wide, text)
        heading = f"{column.title}*" if column.required else column.title
        sheet.write_string(0, place, heading, must if column.required else may)
        sheet.write_string(1, place, column.example, example)
    sheet.freeze_panes(1, 0)


def _notes(book: Any, notes: Any, columns: Sequence[Column]) -> None:
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    notes.set_column(0, 1, 16)
    notes.set_column(2, 2, 70)
    for place, words in enumerate(("列", "是否必填", "说明")):
        notes.write_string(0, place, words, bold)
    for number, column in enumerate(columns, start=1):
        notes.write_string(number, 0, column.title, wrap)
        notes.write_string(number, 1, "必填" if column.required else "选填", wrap)
        notes.write_string(number, 2, column.note, wrap)
    general = (
        "第 2 行是示例，可以保留（不会导入），也可以删除。",
        "学号、信用代码等长数字请保持文本格式，否则 Excel 会丢失后几位。",
        f"一次最多 {MOST_ROWS:,} 行。请不要修改表头，列的顺序可以调整。",
    )
    for number, words in enumerate(general, start=len(columns) + 2):
        notes.write_string(number, 2, words, wrap)


def _offer(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    offered = [(place, column) for place, column in enumerate(columns) if column.choices]
    if not offered:
        return
    lists = book.add_worksheet(CHOICES)
    for there, (place, column) in enumerate(offered):
        lists.set_column(there, there, 24)
        for number, words in enumerate(itertools.chain((column.title,), column.choices)):
            lists.write_string(number, there, words)
        letter = chr(ord("A") + there)
        source = f"='{CHOICES}'!${letter}$2:${letter}${len(column.choices) + 1}"
        # a word that is not in the list is told by the preview, with its row; Excel only warns
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(1, place, MOST_ROWS, place, rule)
