"""The list of employers as a sheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from fairs.employers.marks import INTRODUCER_LABELS, TAG_LABELS, chain_names
from fairs.employers.models import EmployerStanding, EmployerTag
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS, STANDING_LABELS
from fairs.files.sheets import write_xlsx

Tags = Mapping[int, Sequence[EmployerTag]]


def employers_sheet(standings: Iterable[EmployerStanding], tags: Tags) -> bytes:
    """A workbook with a row per employer: what it is, its standing, its tags; no personal data."""
    return write_xlsx(_("用人单位"), _headings(), _rows(standings, tags))


def _headings() -> list[str]:
    return [
        _("单位全称"),
        _("统一社会信用代码"),
        _("单位类型"),
        _("所有制"),
        _("规模"),
        _("行业"),
        _("所在地区"),
        _("单位网站"),
        _("状态"),
        _("提交时间"),
        _("有效期至"),
        _("标签"),
        _("由谁引进"),
        _("国家大学生就业服务平台"),
    ]


def _rows(standings: Iterable[EmployerStanding], tags: Tags) -> Iterator[list[Any]]:
    for standing in standings:
        employer = standing.employer
        yield [
            employer.legal_name,
            employer.uscc or "",
            _(EMPLOYER_KIND_LABELS[employer.kind]),
            _(OWNERSHIP_LABELS[employer.ownership]),
            _(SIZE_LABELS[employer.size]),
            _(employer.industry) if employer.industry else "",
            _(employer.region) if employer.region else "",
            employer.website,
            _(STANDING_LABELS[standing.state]),
            standing.submitted_at,
            standing.valid_until,
            _("、").join(_tag(tag) for tag in tags.get(standing.id, ())),
            _introducer(standing),
            _("已注册") if employer.ncss_registered else _("未注册"),
        ]


def _tag(tag: EmployerTag) -> str:
    words = (_(TAG_LABELS[tag.kind]), chain_names().get(tag.code, ""), tag.number)
    return " ".join(str(word) for word in words if word)


def _introducer(standing: EmployerStanding) -> str:
    kind = standing.introducer_kind
    return f"{_(INTRODUCER_LABELS[kind])} {standing.introducer}".strip() if kind else ""
