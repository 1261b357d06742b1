"""The list of employers as a sheet, in the columns of the import: it can be changed and handed in again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from fairs.accounts.models import Person
from fairs.employers.directory import COLUMNS
from fairs.employers.models import EmployerStanding
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, SIZE_LABELS, STANDING_LABELS
from fairs.files.sheets import write_xlsx

HEADINGS = (*(column.title for column in COLUMNS), "单位网站", "状态", "提交时间", "有效期至")


def employers_sheet(standings: Iterable[EmployerStanding], owners: Mapping[int, Person]) -> bytes:
    """A workbook with a row per employer: what it is, who leads for it (``owners`` by employer), its standing.

    It is worded as the import reads it, whatever language the page has.
    """
    return write_xlsx("用人单位", HEADINGS, _rows(standings, owners))


def _rows(standings: Iterable[EmployerStanding], owners: Mapping[int, Person]) -> Iterator[list[Any]]:
    for standing in standings:
        employer, owner = standing.employer, owners.get(standing.employer_id)
        yield [
            employer.legal_name,
            employer.uscc or "",
            EMPLOYER_KIND_LABELS[employer.kind],
            OWNERSHIP_LABELS[employer.ownership],
            SIZE_LABELS[employer.size],
            employer.industry,
            employer.region,
            *((owner.name, owner.phone, owner.email) if owner else ("", "", "")),
            employer.website,
            STANDING_LABELS[standing.state],
            standing.submitted_at,
            standing.valid_until,
        ]
