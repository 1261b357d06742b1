"""How the rows of an office's own code lists read: industrial chains, industry committees (S9, S92). Pure."""

import re

from fairs.files.imports import Cells, Line
from fairs.files.sheets import Column

IN_USE, ENDED = "在用", "停用"
STATES = {IN_USE: False, ENDED: True}
STATE_LABELS = {"in_use": IN_USE, "ended": ENDED}
CODE = re.compile(r"[0-9A-Za-z_-]{1,20}")
FAULT_LABELS = {"list_code": "代码只能用字母、数字、连字符和下划线，最多 20 位。"}
"""Every sentence about a cell of these lists, for the translations."""

_STATE = Column(
    key="ended",
    title="状态",
    required=False,
    example=IN_USE,
    note="不填为在用。停用后不能再选，已有的标注保留。",
    choices=tuple(STATES),
)
CHAIN_COLUMNS = (
    Column(key="area", title="省份", example="江西", note="公布这份清单的省份。"),
    Column(key="code", title="代码", example="JX01", note="导入后不能修改，标注和统计都用它。"),
    Column(
        key="name", title="产业链名称", example="电子信息（示例）", note="按省里文件的写法，最多 60 个字。"
    ),
    _STATE,
)
COMMITTEE_COLUMNS = (
    Column(key="code", title="代码", example="C01", note="导入后不能修改，标注用它。"),
    Column(
        key="name",
        title="行业就指委名称",
        example="（按教育部公布的名称填写）",
        note="最多 60 个字。",
    ),
    _STATE,
)


def chain_line(cells: Cells, _around: object) -> Line:
    """A row of the list of chains."""
    return _line(cells, area=cells.text("area", 20))


def committee_line(cells: Cells, _around: object) -> Line:
    """A row of the list of committees."""
    return _line(cells)


def _line(cells: Cells, **more: str) -> Line:
    code = cells.text("code", 20)
    if code and not CODE.fullmatch(code):
        cells.wrong("code", FAULT_LABELS["list_code"])
    values = {
        **more,
        "code": code,
        "name": cells.text("name", 60),
        "ended": bool(cells.choice("ended", STATES)),
    }
    return Line(row=cells.row.number, key=code, values=values)
