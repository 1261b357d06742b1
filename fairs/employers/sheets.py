"""The list of employers as a sheet, in the columns of the import: it can be changed and handed in again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from fairs.accounts.models import Person
from fairs.employers.directory import COLUMNS
from fairs.employers.marks import INTRODUCER_LABELS, TAG_LABELS
from fairs.employers.models import Employer, EmployerStanding, EmployerTag
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS, STANDING_LABELS

Tags = Mapping[int, Sequence[EmployerTag]]


def headings() -> list[str]:
    """The columns: those of the import, worded as it reads them whatever language the page has, and the standing."""
    return [
        *(column.title for column in COLUMNS),
        _("单位网站"),
        _("状态"),
        _("提交时间"),
        _("有效期至"),
        _("标签"),
        _("由谁引进"),
        _("国家大学生就业服务平台"),
    ]


def rows(
    standings: Iterable[EmployerStanding], tags: Tags, owners: Mapping[int, Person], chains: Mapping[str, str]
) -> Iterator[list[Any]]:
    """A row per employer: what it is, who leads for it (``owners`` by employer), its standing.

    ``chains``: names of the industrial chains by code.
    """
    for standing in standings:
        employer = standing.employer
        yield [
            *_imported(employer, owners.get(employer.id)),
            employer.website,
            _(STANDING_LABELS[standing.state]),
            standing.submitted_at,
            standing.valid_until,
            _("、").join(_tag(tag, chains) for tag in tags.get(standing.id, ())),
            _introducer(standing),
            _("已注册") if employer.ncss_registered else _("未注册"),
        ]


def _imported(employer: Employer, owner: Person | None) -> list[Any]:
    """What the import reads, in its columns and words."""
    return [
        employer.legal_name,
        employer.uscc or "",
        EMPLOYER_KIND_LABELS[employer.kind],
        OWNERSHIP_LABELS[employer.ownership],
        SIZE_LABELS[employer.size],
        employer.industry,
        employer.region,
        *((owner.name, owner.phone, owner.email) if owner else ("", "", "")),
    ]


def _tag(tag: EmployerTag, chains: Mapping[str, str]) -> str:
    chain = _(chains.get(tag.code, tag.code)) if tag.code else ""
    words = (_(TAG_LABELS[tag.kind]), chain, tag.number)
    return " ".join(str(word) for word in words if word)


def _introducer(standing: EmployerStanding) -> str:
    kind = standing.introducer_kind
    return f"{_(INTRODUCER_LABELS[kind])} {standing.introducer}".strip() if kind else ""
