"""The roster rules: rows to lines, lines against what is known; no database."""

from fairs.files import imports
from fairs.files.imports import Known
from fairs.files.sheets import SheetRow
from fairs.students import roster
from fairs.students.roster import Places

PLACES = Places({"计算机学院": 1, "CS": 1, "外语学院": 2}, {(1, "软件工程"): 7, (1, "080902"): 7})


def row(number: int = 2, **cells: str) -> SheetRow:
    values = {
        "student_no": "20230142",
        "name": "李华",
        "department": "CS",
        "major": "软件工程",
        "degree": "本科",
        "cohort": "2027",
        "email": "Li@Nanhu.example",
        "phone": "",
    }
    return SheetRow(number, values | cells)


def known(number: str = "20230142", **values: object) -> dict[str, Known]:
    stored = {
        "student_no": number,
        "name": "李华",
        "department_id": 1,
        "major_id": 7,
        "degree": "bachelor",
        "cohort": 2027,
        "email": "li@nanhu.example",
        "phone": "13800005678",
        "state": "active",
        "person_id": 5,
    }
    return {number: Known(id=9, key=number, values=stored | values)}


def plan(
    *rows: SheetRow, known: dict[str, Known] | None = None, logins: frozenset[str] = frozenset()
) -> imports.Plan:
    return roster.plan(rows, PLACES, known or {}, slug="nanhu", logins=logins)


def test_a_row_becomes_a_line() -> None:
    line = plan(row()).new[0]
    assert line.values == {
        "student_no": "20230142",
        "name": "李华",
        "department_id": 1,
        "major_id": 7,
        "degree": "bachelor",
        "cohort": 2027,
        "email": "li@nanhu.example",
        "phone": None,
        "state": "active",
    }


def test_every_fault_is_told_by_row_and_column() -> None:
    made = plan(
        row(2, department="物理学院"),
        row(3, student_no="2023 01", name="", degree="大专", cohort="27届"),
        row(4, student_no="1", major="考古学", email="x@", phone="手机"),
    )
    assert [(e.row, e.column, e.sentence) for e in made.errors] == [
        (2, "department", roster.UNKNOWN_DEPARTMENT),
        (3, "student_no", roster.NUMBER_FORM),
        (3, "name", imports.EMPTY),
        (3, "degree", imports.NOT_OFFERED),
        (3, "cohort", roster.YEAR_FORM),
        (4, "major", roster.UNKNOWN_MAJOR),
        (4, "email", roster.MAIL_FORM),
        (4, "phone", roster.PHONE_FORM),
    ]
    assert made.errors[0].values == {"value": "物理学院"}


def test_the_same_number_twice_names_the_other_row_whatever_the_case() -> None:
    made = plan(row(2, student_no="A1"), row(3, student_no="a1"))
    assert [(e.row, e.sentence, e.values) for e in made.errors] == [(3, imports.REPEATED, {"other": 2})]


def test_differences_are_found_and_blanks_keep_what_is_stored() -> None:
    assert plan(row(), known=known()).same == 1
    made = plan(row(name="李骅", phone="13900001111"), known=known())
    assert made.changed[0].fields == {"name": ("李华", "李骅"), "phone": ("13800005678", "13900001111")}
    assert plan(row(email="", major="", phone=""), known=known()).same == 1


def test_gone_are_only_those_whom_the_list_ought_to_name() -> None:
    stored = (
        known("1")
        | known("2", cohort=2026)
        | known("3", department_id=2)
        | known("4", state="left")
        | known("20230142")
    )
    assert [row.key for row in plan(row(), known=stored).gone] == ["1"]


def test_whoever_had_left_comes_back() -> None:
    made = plan(row(), known=known(state="left"))
    assert made.changed[0].fields == {"state": ("left", "active")}


def test_a_login_of_somebody_else_is_a_fault_of_the_row() -> None:
    made = plan(row(), logins=frozenset({"20230142@nanhu"}))
    assert [(e.row, e.sentence) for e in made.errors] == [(2, roster.LOGIN_TAKEN)]
    assert made.new == ()


def test_the_fingerprint_follows_what_would_be_done() -> None:
    assert plan(row()).fingerprint == plan(row(7)).fingerprint
    assert plan(row()).fingerprint != plan(row(name="李骅")).fingerprint
    assert plan(row(), known=known(name="x")).fingerprint != plan(row(), known=known(name="y")).fingerprint


def test_a_preview_shows_one_bounded_page_with_before_and_after() -> None:
    words = {"student_no": str, "name": str}
    many = plan(*(row(n, student_no=str(n)) for n in range(2, 62)))
    shown = imports.preview_of(many, words, part="new", page=3)
    assert (shown.pages, len(shown.rows)) == (3, 10)
    changed = imports.preview_of(plan(row(name="李骅"), known=known()), words, part="", page=9)
    assert changed.part == "changed"
    assert changed.rows[0].cells == (imports.ShownCell("20230142"), imports.ShownCell("李骅", "李华"))
