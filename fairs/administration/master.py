"""The master lists of a university as sheets: staff, departments and majors, spaces, calendar, code lists. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fairs.accounts.rules import OF_DEPARTMENT, ROLE_LABELS
from fairs.administration import places
from fairs.administration.codelists import CHAIN_COLUMNS, COMMITTEE_COLUMNS, chain_line, committee_line
from fairs.administration.rules import STAFF
from fairs.files.imports import Cells, Known, Line, Plan, plan_of, read_lines
from fairs.files.sheets import Column, SheetRow
from fairs.venues.rules import SPACE_LABELS
from fairs.workdays.rules import LONGEST, PERIOD_LABELS, DayKind

MAIL = re.compile(r"[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+")
CODE = re.compile(r"[0-9A-Za-z-]{1,20}")
NATIONAL = re.compile(r"[0-9A-Za-z]{4,12}")

DAY_WORDS = {DayKind.SWAP_REST: "放假", DayKind.SWAP_WORKDAY: "上班"}
"""How a school's own days are called on the sheet."""

FAULT_LABELS = {
    "mail": "邮箱格式不正确。",
    "department": "没有院系“%(value)s”。请填写系统中的院系名称或代码。",
    "needed": "“%(role)s”需要填写院系。",
    "campus": "没有校区“%(value)s”。请先在“机构”页面登记校区。",
    "day": "请按 2026-12-21 的格式填写日期。",
    "order": "结束日期应不早于开始日期，且相隔不超过 250 天。",
    "one_day": "放假和上班按天填写：开始和结束应是同一天。",
    "code": "代码只能用字母、数字和连字符，最多 20 位。",
    "national": "请填写 4 到 12 位的国家专业代码，如 080901。",
    "number": "请填写大于 0 的数字。",
}
"""Every sentence about a cell of these lists, for the translations."""

STAFF_COLUMNS = (
    Column(
        key="mail", title="邮箱", example="zhangsan@example.edu", note="登录名。已有账号的人会加上新的角色。"
    ),
    Column(key="name", title="姓名", example="张三（示例）", note="最多 60 个字。"),
    Column(
        key="kind",
        title="角色",
        example=ROLE_LABELS[STAFF[2]],
        note="从列表中选择。",
        choices=tuple(ROLE_LABELS[kind] for kind in STAFF),
    ),
    Column(key="department", title="院系", required=False, example="计算机学院", note="院系的角色必填。"),
    Column(
        key="until",
        title="截止日期",
        required=False,
        example="2027-07-31",
        note="到期自动失效；可以不填。",
    ),
)
SPACE_COLUMNS = (
    Column(key="campus", title="校区", example="主校区", note="系统中已登记的校区。"),
    Column(key="name", title="名称", example="体育馆（示例）", note="同一校区内不能重复。"),
    Column(
        key="kind", title="类型", example="场馆", note="从列表中选择。", choices=tuple(SPACE_LABELS.values())
    ),
    Column(key="net_area", title="净面积（平方米）", example="1600", note="扣除看台、柱子和固定设施。"),
    Column(
        key="capacity",
        title="可容纳（人）",
        required=False,
        example="1200",
        note="不填则按面积计算。",
    ),
)
CALENDAR_KINDS = {label: kind.value for kind, label in PERIOD_LABELS.items()} | {
    word: kind.value for kind, word in DAY_WORDS.items()
}
CALENDAR_COLUMNS = (
    Column(key="kind", title="类型", example="考试周", note="从列表中选择。", choices=tuple(CALENDAR_KINDS)),
    Column(key="name", title="名称", required=False, example="秋季学期期末考试", note="最多 60 个字。"),
    Column(key="first_on", title="开始日期", example="2027-01-04", note="包括当天。"),
    Column(key="last_on", title="结束日期", example="2027-01-15", note="包括当天；放假、上班填同一天。"),
)


@dataclass(frozen=True)
class Around:
    """What the lists refer to: departments and campuses by their words."""

    departments: Mapping[str, int]
    campuses: Mapping[str, int]


def _checked(cells: Cells, key: str, most: int, form: re.Pattern[str], fault: str) -> str:
    text = cells.text(key, most)
    if text and not form.fullmatch(text):
        cells.wrong(key, FAULT_LABELS[fault])
    return text


def _day(cells: Cells, key: str) -> date | None:
    text = cells.text(key, 20)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year < 2200:
        cells.wrong(key, FAULT_LABELS["day"])
        return None
    return day


def _staff_line(cells: Cells, around: Around) -> Line:
    mail = _checked(cells, "mail", 120, MAIL, "mail").lower()
    kind = cells.choice("kind", {ROLE_LABELS[one]: one for one in STAFF})
    named = cells.text("department", 100)
    if named and named not in around.departments:
        cells.wrong("department", FAULT_LABELS["department"], value=named)
    if kind in OF_DEPARTMENT and not named:
        cells.wrong("department", FAULT_LABELS["needed"], role=ROLE_LABELS[kind])
    department = around.departments.get(named) if kind in OF_DEPARTMENT else None
    until = _day(cells, "until")
    values = {
        "mail": mail,
        "name": cells.text("name", 60),
        "kind": kind.value if kind else None,
        "department_id": department,
        "until": until.isoformat() if until else None,
    }
    return Line(row=cells.row.number, key=f"{mail}|{values['kind']}|{department}", values=values)


def _place_line(cells: Cells, _around: Around) -> Line:
    code = _checked(cells, "department_code", 20, CODE, "code")
    national = _checked(cells, "code", 12, NATIONAL, "national")
    values = {
        "department_code": code,
        "department": cells.text("department", 100),
        "code": national,
        "name": cells.text("name", 100),
    }
    return Line(row=cells.row.number, key=f"{code}|{national}", values=values)


def _space_line(cells: Cells, around: Around) -> Line:
    campus = cells.text("campus", 60)
    if campus and campus not in around.campuses:
        cells.wrong("campus", FAULT_LABELS["campus"], value=campus)
    kind = cells.choice("kind", {label: one.value for one, label in SPACE_LABELS.items()})
    name = cells.text("name", 80)
    values = {
        "campus_id": around.campuses.get(campus),
        "name": name,
        "kind": kind,
        "net_area": _number(cells, "net_area"),
        "capacity": _whole(cells, "capacity"),
    }
    return Line(row=cells.row.number, key=f"{campus}|{name}", values=values)


def _number(cells: Cells, key: str) -> float | None:
    text = cells.text(key, 12)
    if text and not (re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", text) and float(text) >= 1):
        cells.wrong(key, FAULT_LABELS["number"])
        return None
    return float(text) if text else None


def _whole(cells: Cells, key: str) -> int | None:
    number = _number(cells, key)
    return int(number) if number is not None else None


def _calendar_line(cells: Cells, _around: Around) -> Line:
    kind = cells.choice("kind", CALENDAR_KINDS)
    first, last = _day(cells, "first_on"), _day(cells, "last_on")
    one_day = kind in {one.value for one in DAY_WORDS}
    if first and last:
        if not 0 <= (last - first).days <= LONGEST.days:
            cells.wrong("last_on", FAULT_LABELS["order"])
        elif one_day and first != last:
            cells.wrong("last_on", FAULT_LABELS["one_day"])
    values = {
        "kind": kind,
        "name": cells.text("name", 60),
        "first_on": first.isoformat() if first else None,
        "last_on": last.isoformat() if last else None,
    }
    return Line(row=cells.row.number, key=f"{'day' if one_day else kind}|{values['first_on']}", values=values)


@dataclass(frozen=True, kw_only=True)
class MasterList:
    """One list: its columns, which of them must not repeat, and how a row reads."""

    key: str
    title: str
    columns: Sequence[Column]
    unique: str
    line: Callable[[Cells, Around], Line]
    shown: tuple[str, ...]
    blank_keeps: frozenset[str] = frozenset()


LISTS = {
    one.key: one
    for one in (
        MasterList(
            key="staff",
            title="教职工与角色",
            columns=STAFF_COLUMNS,
            unique="mail",
            line=_staff_line,
            shown=("mail", "name", "kind", "department_id", "until"),
        ),
        MasterList(
            key="places",
            title="院系与专业",
            columns=places.COLUMNS,
            unique="code",
            line=_place_line,
            shown=("department_code", "department", "code", "name"),
        ),
        MasterList(
            key="spaces",
            title="场地清单",
            columns=SPACE_COLUMNS,
            unique="name",
            line=_space_line,
            shown=("campus_id", "name", "kind", "net_area", "capacity"),
            blank_keeps=frozenset({"capacity"}),
        ),
        MasterList(
            key="calendar",
            title="校历",
            columns=CALENDAR_COLUMNS,
            unique="first_on",
            line=_calendar_line,
            shown=("kind", "name", "first_on", "last_on"),
        ),
        MasterList(
            key="chains",
            title="重点产业链",
            columns=CHAIN_COLUMNS,
            unique="code",
            line=chain_line,
            shown=("area", "code", "name", "ended"),
        ),
        MasterList(
            key="committees",
            title="行业就指委",
            columns=COMMITTEE_COLUMNS,
            unique="code",
            line=committee_line,
            shown=("code", "name", "ended"),
        ),
    )
}
"""Every master list of the administration by its key; students and employers have their own."""


def plan(kind: MasterList, rows: Iterable[SheetRow], around: Around, known: Mapping[str, Known]) -> Plan:
    """What importing ``rows`` would do. Nothing is ever gone: a sheet adds and corrects."""
    lines, errors = read_lines(rows, kind.columns, lambda cells: kind.line(cells, around), key=kind.unique)
    if kind.key == "staff":  # people say themselves how they are called
        lines = [_called(line, known) for line in lines]
    if kind.key == "places":
        errors += places.faults(lines, around.departments, known)
    return plan_of(lines, known, errors, blank_keeps=kind.blank_keeps)


def _called(line: Line, known: Mapping[str, Known]) -> Line:
    stored = known.get(line.key)
    return replace(line, values={**line.values, "name": stored.values["name"]}) if stored else line
