"""What a safety plan is made of: the fields of P20 in their sections, and what is missing or has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a field is filled in. A document is written, or handed in as a file."""

    TEXT = "text"
    NUMBER = "number"
    DOCUMENT = "document"
    FILE = "file"


@dataclass(frozen=True)
class Field:
    """One field of the plan."""

    key: str
    kind: Kind = Kind.TEXT
    is_required: bool = True


@dataclass(frozen=True)
class Section:
    """A step of the long form."""

    key: str
    fields: tuple[Field, ...]


SECTIONS = (
    Section(
        "basics",
        (Field("content"), Field("organisation"), Field("implementation", Kind.DOCUMENT)),
    ),
    Section(
        "staff",
        (Field("guards", Kind.NUMBER), Field("tasks"), Field("badges")),
    ),
    Section(
        "venue",
        (
            Field("exits", Kind.NUMBER),
            Field("routes"),
            Field("buffer"),
            Field("layout", is_required=False),
            Field("drawing", Kind.FILE, is_required=False),
        ),
    ),
    Section("entry", (Field("tickets"), Field("screening"), Field("vehicles"))),
    Section("care", (Field("first_aid"), Field("fire"), Field("crowd"), Field("complaints"))),
    Section("emergency", (Field("emergency", Kind.DOCUMENT), Field("assembly"))),
)
"""The steps of the form; the checklist and the review follow."""

CHECKLIST = "checklist"

SECTION_LABELS = {
    "basics": "活动内容和组织",
    "staff": "工作人员",
    "venue": "场地和疏散",
    "entry": "入场和车辆",
    "care": "现场保障",
    "emergency": "应急预案",
    CHECKLIST: "安全检查清单",
}

FIELD_LABELS = {
    "content": "活动内容",
    "organisation": "组织分工",
    "implementation": "实施方案",
    "guards": "安保人员数量",
    "tasks": "任务分工",
    "badges": "证件和标识",
    "exits": "安全出口数量",
    "routes": "疏散路线",
    "buffer": "缓冲区",
    "layout": "平面布置说明",
    "drawing": "平面布置图",
    "tickets": "入场验票",
    "screening": "入场安检",
    "vehicles": "车辆停放和疏导",
    "first_aid": "医疗救护",
    "fire": "消防安全",
    "crowd": "人流管控",
    "complaints": "现场投诉受理电话",
    "emergency": "应急预案",
    "assembly": "紧急集合点",
}

HELP_LABELS = {
    "content": "活动做什么、面向谁、分几个环节。",
    "organisation": "谁负责总协调、场地、入场、后勤和联络。",
    "implementation": "可以直接填写，也可以上传盖章的文件。",
    "guards": "专职安保人员，不含学生志愿者。",
    "tasks": "各岗位人员的位置和任务；值班表另行安排，会一并列出。",
    "badges": "工作人员、单位人员和志愿者的证件及辨认方法。",
    "exits": "活动期间保持畅通的出口。",
    "routes": "从各区域到出口的路线，由谁引导。",
    "buffer": "入口外排队和分流的区域，可容纳多少人。",
    "layout": "通道宽度、电源、禁放区等。展位图会自动附上。",
    "drawing": "PDF 或图片。没有展位图的活动请上传。",
    "tickets": "如何核验入场码，没有预约的人怎么办。",
    "screening": "安检设备、违禁物品清单、拒绝安检的处理。",
    "vehicles": "单位车辆从哪里进校、停在哪里、由谁引导。",
    "first_aid": "医务人员、急救设备和最近的医院。",
    "fire": "灭火器材、用电检查、消防通道。",
    "crowd": "场内人数上限、分时入场、到达上限时暂停入场。",
    "complaints": "现场受理歧视、虚假招聘等投诉的电话，会公布在现场。",
    "emergency": "拥挤、火情、停电、突发疾病、恶劣天气时怎么做；也可以上传文件。",
    "assembly": "疏散后在哪里集合和清点人数。",
}

FIELDS = {field.key: field for section in SECTIONS for field in section.fields}
FILE_KINDS = frozenset({Kind.DOCUMENT, Kind.FILE})


def section(key: str) -> Section | None:
    """The section of this name."""
    return next((one for one in SECTIONS if one.key == key), None)


def steps() -> tuple[str, ...]:
    """The keys of the form's steps, in order, the checklist last."""
    return (*(one.key for one in SECTIONS), CHECKLIST)


def step_after(key: str) -> str | None:
    """The next step of the form; None after the last."""
    order = steps()
    place = order.index(key) + 1
    return order[place] if place < len(order) else None


def is_filled(field: Field, content: Mapping[str, Any], files: Iterable[str]) -> bool:
    """Whether a field has its text, number or file."""
    written = content.get(field.key)
    has_file = field.kind in FILE_KINDS and field.key in set(files)
    return has_file or (written is not None and str(written).strip() not in {"", "0"})


def missing_fields(content: Mapping[str, Any], files: Iterable[str], *, drawn: bool) -> tuple[str, ...]:
    """The keys of required fields that are empty; without a booth plan a drawing is required too (P20)."""
    kept = set(files)
    return tuple(
        field.key
        for field in FIELDS.values()
        if (field.is_required or (field.key == "drawing" and not drawn))
        and not is_filled(field, content, kept)
    )


@dataclass(frozen=True)
class Part:
    """A part of the plan as people read it: (label, value) rows."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """What one row said before, and says now; "" where it was not there."""

    part: str
    label: str
    before: str
    after: str


def changes(before: Sequence[Part], after: Sequence[Part]) -> tuple[Change, ...]:
    """The rows in which two versions of a plan differ, in the order of the later one."""
    old, new = _rows(before), _rows(after)
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(
        Change(*key, old.get(key, ""), new.get(key, "")) for key in keys if old.get(key) != new.get(key)
    )


def _rows(parts: Sequence[Part]) -> dict[tuple[str, str], str]:
    return {(part.title, label): value for part in parts for label, value in part.rows}
