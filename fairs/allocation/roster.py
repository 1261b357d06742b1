"""The list of a fair's exhibitors as a sheet: for the door, for security, for the wall."""

from collections.abc import Sequence

from fairs.allocation import queries
from fairs.exhibitors import queries as exhibitors
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import EXHIBITOR_LABELS, Needs
from fairs.files.sheets import write_xlsx
from fairs.venues.rules import BOOTH_SIZE_LABELS

HEADINGS = ("展位", "单位", "状态", "行业", "展位大小", "电源", "无障碍", "参会人员", "车牌号", "说明")


def roster_xlsx(places: Sequence[Exhibitor]) -> bytes:
    """Requests of a fair, those with booths first and by number; phones are left out (P37)."""
    held = queries.booths_held(place.id for place in places)
    staff = exhibitors.reps_of([place.id for place in places])
    rows = [
        _row(place, held[place.id][1] if place.id in held else "", staff.get(place.id, []))
        for place in places
    ]
    return write_xlsx("参会单位", HEADINGS, sorted(rows, key=lambda row: (not row[0], row[0])))


def _row(place: Exhibitor, number: str, staff: list[RepPass]) -> list[str]:
    needs = Needs.read(place.needs)
    return [
        number,
        place.employer.legal_name,
        EXHIBITOR_LABELS[place.state],
        place.employer.industry,
        BOOTH_SIZE_LABELS[needs.size],
        "是" if needs.power else "",
        "是" if needs.accessible else "",
        "、".join(rep.name for rep in staff),
        "、".join(rep.plate for rep in staff if rep.plate),
        needs.note,
    ]
