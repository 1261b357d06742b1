"""The list of employers as a sheet."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from fairs.employers.models import EmployerStanding
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS, STANDING_LABELS
from fairs.files.sheets import write_xlsx


def employers_sheet(standings: Iterable[EmployerStanding]) -> bytes:
    """A workbook with a row per employer: what it is and its standing, no personal data."""
    return write_xlsx(_("用人单位"), _headings(), _rows(standings))


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
    ]


def _rows(standings: Iterable[EmployerStanding]) -> Iterator[list[Any]]:
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
        ]
