"""Departments and majors as a sheet: its columns, and what several rows together must not say. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from fairs.files.imports import Cells, Known, Line
from fairs.files.sheets import Column, RowError, SheetRow

COLUMNS = (
    Column(key="department_code", title="院系代码", example="CS", note="本校的院系代码，导入后不能修改。"),
    Column(key="department", title="院系名称", example="计算机学院", note="同一代码的各行应相同。"),
    Column(key="code", title="国家专业代码", example="080901", note="教育部专业目录中的代码。"),
    Column(key="name", title="专业名称", example="计算机科学与技术", note="最多 100 个字。"),
)

FAULT_LABELS = {
    "recoded": "“%(name)s”已有别的代码。代码不能改：请填原来的代码；要改名，请保留代码、填写新名称。",
    "apart": "这个院系代码在第 %(other)s 行用了另一个名称，请统一。",
    "major_recoded": "这个院系的“%(name)s”已登记为 %(code)s。代码不能改：请填 %(code)s；"
    "如果是另一个同名专业，请把 %(code)s 那一行也写进表格。",
}
"""Every sentence about rows that do not go together, for the translations."""


def faults(
    lines: Sequence[Line], departments: Mapping[str, int], known: Mapping[str, Known]
) -> list[RowError]:
    """Rows that call a department otherwise than an earlier row, or give something known another code."""
    return [*_named_apart(lines), *_recoded(lines, departments), *_majors_recoded(lines, known)]


def _fault(line: Line, column: str, fault: str, **values: object) -> list[RowError]:
    cells = Cells(SheetRow(line.row, {}), {})
    cells.wrong(column, FAULT_LABELS[fault], **values)
    return cells.errors


def _named_apart(lines: Sequence[Line]) -> Iterator[RowError]:
    first: dict[str, Line] = {}
    for line in lines:
        before = first.setdefault(line.values["department_code"], line)
        if before.values["department"] != line.values["department"]:
            yield from _fault(line, "department", "apart", other=before.row)


def _recoded(lines: Sequence[Line], departments: Mapping[str, int]) -> Iterator[RowError]:
    """A known department with another code would become a second one beside the first."""
    for line in lines:
        code, name = line.values["department_code"], line.values["department"]
        if name in departments and code not in departments:
            yield from _fault(line, "department_code", "recoded", name=name)


def _majors_recoded(lines: Sequence[Line], known: Mapping[str, Known]) -> Iterator[RowError]:
    """A known major with another code would become a second one; two of one name are there if both are named."""
    named = {line.key for line in lines}
    there: dict[tuple[str, str], list[Known]] = {}
    for one in (one for one in known.values() if not one.values.get("ended")):
        there.setdefault((one.values["department_code"], one.values["name"]), []).append(one)
    for line in lines:
        same = there.get((line.values["department_code"], line.values["name"]), [])
        if line.key not in known and same and not any(one.key in named for one in same):
            name, code = line.values["name"], same[0].values["code"]
            yield from _fault(line, "code", "major_recoded", name=name, code=code)
