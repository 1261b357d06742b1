"""Lists of employers as an office sends them."""

from typing import Any

from stdnum.cn import uscc

from tests.factories.students import sheet as students_sheet

HEADINGS = (
    "单位名称",
    "统一社会信用代码",
    "单位性质",
    "所有制",
    "规模",
    "行业",
    "地区",
    "联系人",
    "联系电话",
    "联系邮箱",
)


def code(number: int) -> str:
    """A well-formed unified social credit code; each number has its own."""
    body = f"91320100MA{number:07d}"
    return body + str(uscc.calc_check_digit(body))


def line(number: int, **cells: Any) -> tuple[Any, ...]:
    """A row of the employers' sheet."""
    values = {
        "name": f"示例{number}科技有限公司",
        "uscc": code(number),
        "kind": "企业",
        "ownership": "民营",
        "size": "中型",
        "industry": "软件",
        "region": "江苏南京",
        "contact": "王经理",
        "phone": "025-55500100",
        "mail": f"hr{number}@unit.example",
    } | cells
    return tuple(values.values())


def sheet(*rows: tuple[Any, ...]) -> bytes:
    """A workbook with these rows."""
    return students_sheet(*rows, headings=HEADINGS)
