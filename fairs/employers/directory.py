"""A list of employers as a sheet: its columns, and what each row means. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fairs.employers.codes import UsccInvalid, clean_uscc
from fairs.employers.rules import (
    EMPLOYER_KIND_LABELS,
    OWNERSHIP_LABELS,
    SIZE_LABELS,
)
from fairs.employers.sections import region_of
from fairs.files.imports import Cells, Line, Plan, plan_of, read_lines
from fairs.files.sheets import Column, RowError, SheetRow

COLUMNS = (
    Column(
        key="legal_name", title="单位名称", example="示例科技有限公司", note="营业执照或登记证书上的全称。"
    ),
    Column(
        key="uscc",
        title="统一社会信用代码",
        example="91320100MA1EXAMPLE",
        note="18 位，按登记证书填写，末位是校验码。已在系统中的单位按代码识别，不会重复建立。",
    ),
    Column(
        key="kind",
        title="单位性质",
        example="企业",
        note="从列表中选择。",
        choices=tuple(EMPLOYER_KIND_LABELS.values()),
    ),
    Column(
        key="ownership",
        title="所有制",
        example="民营",
        note="从列表中选择。",
        choices=tuple(OWNERSHIP_LABELS.values()),
    ),
    Column(
        key="size", title="规模", example="中型", note="从列表中选择。", choices=tuple(SIZE_LABELS.values())
    ),
    Column(
        key="industry", title="行业", required=False, example="软件和信息技术服务业", note="最多 40 个字。"
    ),
    Column(key="region", title="地区", required=False, example="江苏南京", note="先写省份，系统按省份统计。"),
    Column(
        key="contact", title="联系人", example="王经理", note="负责招聘的人；单位还没有联系人时，成为负责人。"
    ),
    Column(
        key="phone", title="联系电话", required=False, example="025-55500100", note="手机或座机，可含区号。"
    ),
    Column(key="mail", title="联系邮箱", example="hr@example.com", note="用作登录名，接收激活链接和通知。"),
)

MAIL_FORM = "邮箱格式不正确。"
PHONE_FORM = "电话只能用数字、加号、空格和连字符。"
OTHER_NAME = "这个代码在系统中登记的单位是“%(name)s”，与表格中的名称不同，请核对。"
MAIL_OF_OTHERS = "这个邮箱已是学生或教职工的账号，请填写单位联系人的邮箱。"

FAULT_LABELS = {
    "mail_form": MAIL_FORM,
    "phone_form": PHONE_FORM,
    "other_name": OTHER_NAME,
    "mail_of_others": MAIL_OF_OTHERS,
    "uscc": UsccInvalid.sentence,
}
"""Every sentence about a cell, for the translations."""

_MAIL = re.compile(r"[^@\s,;]+@[^@\s,;.]+(\.[^@\s,;.]+)+")
_PHONE = re.compile(r"\+?[\d ()-]{5,29}")


@dataclass(frozen=True)
class Stored:
    """What the installation knows of the employers and mail addresses that a sheet names."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Legal name per code, of every employer that exists."""
    listed: frozenset[str] = frozenset()
    """Codes of employers that this university knows already: their standing stays as it is."""
    strangers: frozenset[str] = frozenset()
    """Mail addresses of accounts that are no employer's contact: a sheet gives them no role."""


def codes_of(rows: Iterable[SheetRow]) -> list[str]:
    """The well-formed codes that a sheet names."""
    return sorted({code for row in rows if (code := _code(row.values.get("uscc", "")))})


def mails_of(rows: Iterable[SheetRow]) -> list[str]:
    """The mail addresses that a sheet names."""
    return sorted({mail for row in rows if (mail := row.values.get("mail", "").lower())})


def plan(rows: Iterable[SheetRow], stored: Stored) -> Plan:
    """What importing ``rows`` would do: employers that the university does not know yet are new (S91)."""
    lines, errors = read_lines(rows, COLUMNS, lambda cells: _line(cells, stored), key="uscc")
    new = [line for line in lines if line.key not in stored.listed]
    return replace(plan_of(new, {}, _in_order(errors)), same=len(lines) - len(new))


def _in_order(errors: list[RowError]) -> list[RowError]:
    return sorted(errors, key=lambda error: error.row)


def _code(typed: str) -> str:
    try:
        return clean_uscc(typed)
    except UsccInvalid:
        return ""


def _line(cells: Cells, stored: Stored) -> Line:
    typed = cells.text("uscc", 40)
    code = _code(typed)
    if typed and not code:
        cells.wrong("uscc", UsccInvalid.sentence)
    name = cells.text("legal_name", 120)
    if code in stored.names and stored.names[code] != name:
        cells.wrong("legal_name", OTHER_NAME, name=stored.names[code])
    values = {
        "legal_name": name,
        "uscc": code,
        "kind": _value(cells, "kind", EMPLOYER_KIND_LABELS),
        "ownership": _value(cells, "ownership", OWNERSHIP_LABELS),
        "size": _value(cells, "size", SIZE_LABELS),
        "industry": cells.text("industry", 40),
        "region": region_of(cells.text("region", 40)),
        "contact": cells.text("contact", 60),
        "phone": _phone(cells),
        "mail": _mail(cells, stored),
    }
    return Line(row=cells.row.number, key=code, values=values)


def _value(cells: Cells, key: str, labels: Mapping[Any, str]) -> str | None:
    return cells.choice(key, {label: str(value) for value, label in labels.items()})


def _phone(cells: Cells) -> str | None:
    text = cells.text("phone", 30)
    if text and not _PHONE.fullmatch(text):
        cells.wrong("phone", PHONE_FORM)
    return text or None


def _mail(cells: Cells, stored: Stored) -> str:
    text = cells.text("mail", 120).lower()
    if text and not _MAIL.fullmatch(text):
        cells.wrong("mail", MAIL_FORM)
    if text in stored.strangers:
        cells.wrong("mail", MAIL_OF_OTHERS)
    return text
