"""Lists of postings as sheets, for employers and officers."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from fairs.postings import queries
from fairs.postings.quality import quality
from fairs.postings.queries import AtSchool, Overview
from fairs.postings.rules import POSTING_KIND_LABELS, POSTING_STATE_LABELS

HEADINGS = (
    *("岗位", "单位", "类型", "状态", "工作地点", "需求人数", "薪酬", "面向届别", "有效期至", "质量分"),
    "撤下原因",
)


def rows(overviews: Iterable[Overview], university_id: int | None = None) -> Iterator[list[Any]]:
    """A line for each posting; its state at this university, or at each that has seen it."""
    for row in overviews:
        content, posting = queries.content_of(row.revision), row.posting
        yield [
            content.title,
            posting.publishing_employer.legal_name,
            _(POSTING_KIND_LABELS[posting.kind]),
            _states(row, university_id),
            content.city,
            content.headcount,
            content.salary,
            content.cohort or "",
            content.valid_until.isoformat() if content.valid_until else "",
            quality(content, posting.kind).score,
            posting.end_reason,
        ]


def _states(row: Overview, university_id: int | None) -> str:
    if university_id is not None:
        return " ".join(_word(at) for at in row.schools if at.university.id == university_id)
    told = "；".join(f"{at.university.name}：{_word(at)}" for at in row.schools)
    return told or str(_(POSTING_STATE_LABELS[row.state]))


def _word(at: AtSchool) -> str:
    return str(_(POSTING_STATE_LABELS[at.standing.state]))
