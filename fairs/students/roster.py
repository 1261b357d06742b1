"""The student roster as a sheet: its columns, and what each row means. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from fairs.files.imports import Cells, Known, Line, Plan, plan_of, read_lines
from fairs.files.sheets import Column, SheetRow
from fairs.students.rules import DEGREE_LABELS, StudentState

COLUMNS = (
    Column(
        key="student_no",
        title="学号",
        example="202300010001",
        note="学校的学号，同一学校内不能重复；只用字母、数字和连字符，最多 30 位。导入后用它登录。",
    ),
    Column(key="name", title="姓名", example="李明（示例）", note="与学籍一致，最多 60 个字。"),
    Column(key="department", title="院系", example="计算机学院", note="系统中的院系名称或院系代码。"),
    Column(
        key="major",
        title="专业",
        required=False,
        example="计算机科学与技术",
        note="该院系的专业名称或国家专业代码；未分专业可以不填。",
    ),
    Column(
        key="degree",
        title="学历层次",
        example="本科",
        note="专科、本科、硕士或博士。",
        choices=tuple(DEGREE_LABELS.values()),
    ),
    Column(key="cohort", title="毕业年份", example="2027", note="四位数字，如 2027 届填 2027。"),
    Column(
        key="email",
        title="邮箱",
        required=False,
        example="liming@example.edu",
        note="用于发送激活链接和通知；不填则保留原有邮箱。",
    ),
    Column(key="phone", title="手机", required=False, example="13800005678", note="不填则保留原有号码。"),
)
BLANK_KEEPS = frozenset({"major_id", "email", "phone"})

NUMBER_FORM = "学号只能用字母、数字和连字符。"
YEAR_FORM = "请填写四位毕业年份，如 2027。"
MAIL_FORM = "邮箱格式不正确。"
PHONE_FORM = "电话只能用数字、加号、空格和连字符。"
UNKNOWN_DEPARTMENT = "没有院系“%(value)s”。请填写系统中的院系名称或代码。"
UNKNOWN_MAJOR = "“%(department)s”没有专业“%(value)s”。请填写该院系的专业名称或国家代码。"
LOGIN_TAKEN = "登录名“%(login)s”已被其他账号使用，请联系系统管理员。"

FAULT_LABELS = {
    "number_form": NUMBER_FORM,
    "year_form": YEAR_FORM,
    "mail_form": MAIL_FORM,
    "phone_form": PHONE_FORM,
    "unknown_department": UNKNOWN_DEPARTMENT,
    "unknown_major": UNKNOWN_MAJOR,
    "login_taken": LOGIN_TAKEN,
}
"""Every sentence about a cell, for the translations."""

_NUMBER = re.compile(r"[0-9A-Za-z-]{1,30}")
_YEAR = re.compile(r"20\d\d")
_PHONE = re.compile(r"\+?[\d -]{5,29}")
MAIL = re.compile(r"[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+")


@dataclass(frozen=True)
class Places:
    """The departments and majors of a university by name and by code."""

    departments: Mapping[str, int] = field(default_factory=dict)
    majors: Mapping[tuple[int, str], int] = field(default_factory=dict)


def key_of(student_no: str) -> str:
    """Student numbers that differ only in case would share a login, so they are one."""
    return student_no.lower()


def plan(
    rows: Iterable[SheetRow], places: Places, known: Mapping[str, Known], *, slug: str, logins: frozenset[str]
) -> Plan:
    """What importing ``rows`` would do to the ``known`` students (S20: a department's list may come alone).

    Gone are those whom the list ought to name: same department and graduation year as somebody in it.
    ``logins``: names of accounts that exist already.
    """
    lines, errors = read_lines(rows, COLUMNS, lambda cells: _line(cells, places), key="student_no")
    taken = {line.key for line in lines if line.key not in known and login_of(line.key, slug) in logins}
    for line in (line for line in lines if line.key in taken):
        cells = Cells(SheetRow(line.row, {}), {})
        cells.wrong("student_no", LOGIN_TAKEN, login=login_of(line.key, slug))
        errors.extend(cells.errors)
    covered = {(line.values["department_id"], line.values["cohort"]) for line in lines}
    made = plan_of(
        (line for line in lines if line.key not in taken),
        known,
        sorted(errors, key=lambda error: error.row),
        blank_keeps=BLANK_KEEPS,
        expected=lambda student: (
            student.values["state"] == StudentState.ACTIVE
            and (student.values["department_id"], student.values["cohort"]) in covered
        ),
    )
    return replace(made, gone=()) if made.errors else made


def login_of(student_no: str, slug: str) -> str:
    """The login of a student: the number, completed by the school."""
    return f"{student_no.lower()}@{slug}"


def _line(cells: Cells, places: Places) -> Line:
    number = _checked(cells, "student_no", 30, _NUMBER, NUMBER_FORM)
    department_id = _department(cells, places)
    values = {
        "name": cells.text("name", 60),
        "department_id": department_id,
        "major_id": _major(cells, places, department_id),
        "degree": cells.choice("degree", {label: degree.value for degree, label in DEGREE_LABELS.items()}),
        "cohort": _year(cells),
        "email": _checked(cells, "email", 120, MAIL, MAIL_FORM).lower() or None,
        "phone": _checked(cells, "phone", 30, _PHONE, PHONE_FORM) or None,
        "state": StudentState.ACTIVE.value,
        "student_no": number,
    }
    return Line(row=cells.row.number, key=key_of(number), values=values)


def _checked(cells: Cells, key: str, most: int, form: re.Pattern[str], sentence: str) -> str:
    text = cells.text(key, most)
    if text and not form.fullmatch(text):
        cells.wrong(key, sentence)
    return text


def _year(cells: Cells) -> int | None:
    text = _checked(cells, "cohort", 10, _YEAR, YEAR_FORM)
    return int(text) if _YEAR.fullmatch(text) else None


def _department(cells: Cells, places: Places) -> int | None:
    text = cells.text("department", 100)
    if text and text not in places.departments:
        cells.wrong("department", UNKNOWN_DEPARTMENT, value=text)
    return places.departments.get(text)


def _major(cells: Cells, places: Places, department_id: int | None) -> int | None:
    text = cells.text("major", 100)
    if not text or department_id is None:
        return None
    if (department_id, text) not in places.majors:
        department = cells.row.values.get("department", "")
        cells.wrong("major", UNKNOWN_MAJOR, department=department, value=text)
    return places.majors.get((department_id, text))
