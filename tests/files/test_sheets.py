"""Sheets: what is written comes back as it was, and what Excel spoils is told."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from fairs.files import sheets
from fairs.files.sheets import Column, read_xlsx, write_xlsx
from fairs.files.templates import template_xlsx

COLUMNS = (
    Column(key="no", title="学号", example="202300001", note="学校的学号"),
    Column(key="name", title="姓名", example="王小明"),
    Column(key="mail", title="邮箱", required=False),
    Column(key="degree", title="学历", choices=("本科", "硕士")),
)
HEADINGS = [column.title for column in COLUMNS]


def workbook(*rows: Any, formula: str | None = None) -> bytes:
    """A sheet as an office makes it: strings and numbers as typed."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                else:
                    sheet.write(number, place, cell)
        if formula:
            sheet.write_formula(len(rows), 0, formula, value="#N/A")
    return target.getvalue()


def test_written_texts_come_back_unchanged() -> None:
    rows = [
        ["110101199003078515", "王小明", "wang@nanhu.example", "本科"],
        ["00123", "=1+1", "+86 138", "硕士"],
        ["@x", "-5", "", "本科"],
    ]
    back = read_xlsx(write_xlsx("名单", HEADINGS, iter(rows)), COLUMNS)
    assert [list(row.values.values()) for row in back] == rows
    assert [row.number for row in back] == [2, 3, 4]


def test_formulas_are_neutralised_and_numbers_stay_numbers() -> None:
    content = write_xlsx(
        "企业/名单:[1]",
        ["单位", "数", "时间"],
        [["=HYPERLINK(1)", 12, datetime(2026, 11, 21, 6, 0, tzinfo=UTC)], [None, 2.5, "\x07铃"]],
    )
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet["A2"].value == "'=HYPERLINK(1)"
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 12
    assert sheet["C2"].value == "2026-11-21 14:00"
    assert sheet["C3"].value == "铃"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width > sheets.display_width("'=HYPERLINK(1)")


def test_columns_are_found_by_name_below_a_title_and_in_any_order() -> None:
    rows = read_xlsx(
        workbook(
            ["南湖大学毕业生名单"],
            [],
            ["姓名*", "备注", "学 号（必填）", "学历"],
            ["李华", "x", "2301", "本科"],
        ),
        COLUMNS,
    )
    assert rows[0].values == {"name": "李华", "no": "2301", "degree": "本科"}
    assert rows[0].number == 4


def test_a_long_number_is_refused_with_its_row_and_a_short_one_is_text() -> None:
    rows = read_xlsx(
        workbook(HEADINGS, [202300001234567890, "李华", "", "本科"], [20230142, "王芳", "", "本科"]), COLUMNS
    )
    assert rows[0].errors == (sheets.RowError(2, "no", sheets.NUMBER_NOT_TEXT),)
    assert rows[1].errors == ()
    assert rows[1].values["no"] == "20230142"


def test_a_formula_that_failed_counts_as_empty() -> None:
    content = workbook(HEADINGS, ["1", "李华", "", "本科"], formula="=VLOOKUP(1,A1:B1,2)")
    assert [row.values["no"] for row in read_xlsx(content, COLUMNS)] == ["1"]


def test_blank_rows_and_the_example_are_skipped() -> None:
    assert read_xlsx(template_xlsx(COLUMNS), COLUMNS) == []
    rows = read_xlsx(workbook(HEADINGS, ["", " ", "", ""], ["1", "李华", "", "本科"]), COLUMNS)
    assert [row.number for row in rows] == [3]


def test_the_template_has_text_cells_choices_and_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(COLUMNS, "学生名单")))
    assert book.sheetnames == ["学生名单", "填写说明", "可选内容"]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["学号*", "姓名*", "邮箱", "学历*"]
    assert sheet["A2"].number_format == "@"
    assert sheet.data_validations.dataValidation[0].formula1 == "'可选内容'!$A$2:$A$3"
    assert book["填写说明"]["C2"].value == "学校的学号"


def test_wrong_columns_are_named() -> None:
    with pytest.raises(sheets.WrongColumns, match="学号、学历"):
        read_xlsx(workbook(["姓名", "班级"], ["李华", "1"]), COLUMNS)
    with pytest.raises(sheets.RepeatedColumns, match="学号"):
        read_xlsx(workbook([*HEADINGS, "学号"], ["1", "李华", "", "本科", "2"]), COLUMNS)
    with pytest.raises(sheets.WrongColumns):
        read_xlsx(workbook(), COLUMNS)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(sheets.SheetRefused):
        read_xlsx(content, COLUMNS)


def test_a_zip_without_sheets_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        book.writestr("hello.txt", "hello")
    with pytest.raises(sheets.SheetRefused):
        read_xlsx(target.getvalue(), COLUMNS)


def test_too_many_rows_or_a_far_cell_are_refused_before_they_cost_memory() -> None:
    many = [["1", "李华", "", "本科"]] * (sheets.MOST_ROWS + 1)
    with pytest.raises(sheets.SheetTooLarge):
        read_xlsx(write_xlsx("名单", HEADINGS, many), COLUMNS)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_string(1_048_575, 16_383, "x")
    with pytest.raises(sheets.SheetTooLarge):
        read_xlsx(target.getvalue(), COLUMNS)
