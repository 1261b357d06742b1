"""How good a posting is: what a student needs to decide, weighed; pure (S61)."""

from collections.abc import Mapping
from dataclasses import dataclass

from fairs.postings.content import Content
from fairs.postings.rules import KIND_FIELDS, PostingKind

LOW = 70
"""Below this many points of 100 officers are advised to return a posting with its hints."""

LONG_ENOUGH = 30
"""Letters from which on a text says something."""

ELEMENT_LABELS = {
    "pay": "写明月薪范围",
    "city": "写明工作地点",
    "headcount": "写明需求人数",
    "description": "把工作内容写具体（30 字以上）",
    "requirements": "把任职要求写具体（30 字以上）",
    "majors": "写明专业要求",
    "degree": "写明学历要求",
    "benefits": "写明福利待遇",
    "apply_how": "写明应聘方式和联系人",
    "valid_until": "写明有效期",
    "cohort": "写明面向届别",
    "kind": "写明这类岗位特有的内容",
}
"""What to add, by element."""

_WEIGHTS = {
    "pay": 18,
    "description": 14,
    "requirements": 12,
    "apply_how": 12,
    "city": 8,
    "headcount": 8,
    "majors": 8,
    "benefits": 6,
    "degree": 5,
    "valid_until": 5,
    "cohort": 4,
}


@dataclass(frozen=True)
class Quality:
    """Points of 100, and what to add for more, the weightiest first (message ids)."""

    score: int
    missing: tuple[str, ...]

    @property
    def is_low(self) -> bool:
        """Whether officers are advised to return it."""
        return self.score < LOW

    @property
    def tone(self) -> str:
        """How a badge of the score looks."""
        return "stopped" if self.is_low else "mine" if self.missing and self.score < 90 else "done"


def quality(content: Content, kind: PostingKind) -> Quality:
    """How complete a posting is for somebody who looks for work (S61)."""
    weights = _weights(kind)
    there = _there(content, kind)
    points = sum(weight for name, weight in weights.items() if there[name])
    lacking = sorted((name for name in weights if not there[name]), key=lambda name: -weights[name])
    score = round(100 * points / sum(weights.values()))
    return Quality(score, tuple(ELEMENT_LABELS[name] for name in lacking))


def _weights(kind: PostingKind) -> dict[str, int]:
    return _WEIGHTS | ({"kind": 10} if _own_fields(kind) else {})


def _own_fields(kind: PostingKind) -> list[str]:
    return [name for name, kinds in KIND_FIELDS.items() if kind in kinds]


def _there(content: Content, kind: PostingKind) -> Mapping[str, bool]:
    plain = ("city", "headcount", "majors", "degree", "benefits", "apply_how", "valid_until", "cohort")
    found = {name: bool(getattr(content, name)) for name in plain}
    return found | {
        "pay": bool(content.salary_min or content.salary_max),
        "description": len(content.description) >= LONG_ENOUGH,
        "requirements": len(content.requirements) >= LONG_ENOUGH,
        "kind": all(getattr(content, name) for name in _own_fields(kind)),
    }
