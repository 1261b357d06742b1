"""Every list of the offices has its sheet; a sheet is safe to open, and reads back into the import it came from."""

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask

from fairs.audit.models import Audit
from fairs.employers.directory import COLUMNS as EMPLOYER_COLUMNS
from fairs.files.sheets import read_xlsx
from fairs.students.roster import COLUMNS as STUDENT_COLUMNS
from tests import factories
from tests.factories import employers as firms
from tests.factories import outcomes as after
from tests.factories import students as pupils

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"
WITHOUT_SHEET = {
    # for everybody to read: calendars and search engines have their own ways
    "postings/board.html",
    "programmes/_filters.html",
    "protection/archive.html",
    # one's own mail
    "messages/inbox.html",
    # to pick from, a few short rows, or requests that nobody carries around
    "postings/copies.html",
    "invitations/pick.html",
    "exhibitors/mine.html",
    "joint/mine.html",
    "programmes/office_activities.html",
    "privacy/office.html",
}


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Sheets are written from rows; which database they came from does not matter."""
    return str(request.param)


def test_every_list_has_its_sheet() -> None:
    bars = {
        str(path.relative_to(TEMPLATES)): re.findall(r"lists\.filter_bar\((.*?)\)\s*[%}]\}", text, re.DOTALL)
        for path in TEMPLATES.rglob("*.html")
        if "lists.filter_bar(" in (text := path.read_text("utf-8"))
    }
    assert len(bars) > 10
    without = {name for name, calls in bars.items() if any("export_url" not in call for call in calls)}
    assert without - WITHOUT_SHEET == set()


def _rows(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_what_the_office_takes_away_is_safe_complete_and_written_down(app: Flask, sign_in: Any) -> None:
    school = factories.university()
    there = after.over(school, title="=HYPERLINK(1)")
    browser = sign_in(there.officer)
    event = f"events/{there.event.public_id}"
    lists = (
        "closings",
        "events",
        "vetting",
        "messages",
        "audit",
        "tasks",
        "spaces",
        "employers/queue",
        "safety",
    )
    for name in (*lists, f"{event}/effect/majors", f"{event}/survey", f"{event}/registrations"):
        answer = browser.get(f"/nanhu/office/{name}.xlsx")
        assert answer.status_code == 200, name
        assert _rows(answer.data)[0][0], name
    titles = [row[1] for row in _rows(browser.get("/nanhu/office/events.xlsx").data)]
    assert "'=HYPERLINK(1)" in titles
    assert "'=HYPERLINK(1)" not in [
        row[1] for row in _rows(browser.get("/nanhu/office/events.xlsx?state=draft").data)
    ]
    taken = {row.detail["what"] for row in Audit.query.filter_by(action="export_list")}
    assert {"messages", "audit", "survey", "employers"} <= taken


def test_students_and_employers_read_back_what_was_written(app: Flask, sign_in: Any) -> None:
    school = factories.university()
    officer = sign_in(factories.officer(school))
    number = "202300000000123456"
    pupils.student(school, factories.department(school), number)
    firm = firms.verified(school, "+云杉智能有限公司")
    firms.contact(firm, "hr@yunshan.example")
    students = read_xlsx(officer.get("/nanhu/office/students.xlsx").data, STUDENT_COLUMNS)
    assert [row.values["student_no"] for row in students] == [number]
    assert [row.errors for row in students] == [()]
    (row,) = read_xlsx(officer.get("/nanhu/office/employers.xlsx").data, EMPLOYER_COLUMNS)
    assert (row.values["legal_name"], row.values["uscc"]) == ("+云杉智能有限公司", firm.uscc)
    assert row.values["mail"] == "hr@yunshan.example"
