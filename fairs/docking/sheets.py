"""The meetings of an event as a sheet."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from fairs.clock import campus
from fairs.docking import queries
from fairs.docking.models import TableMeeting
from fairs.docking.rules import MEETING_LABELS


def headings() -> tuple[str, ...]:
    """The first line."""
    return (_("时间"), _("桌号"), _("单位"), _("院系"), _("议题"), _("状态"), _("对接纪要"), _("后续事项"))


def lines(rows: Iterable[TableMeeting]) -> Iterator[tuple[str | int, ...]]:
    """One line for each meeting."""
    for row in rows:
        yield (
            f"{campus(queries.time_of(row).starts_at):%Y-%m-%d %H:%M}",
            row.table_no,
            row.employer.legal_name,
            row.department.name,
            row.topic,
            _(MEETING_LABELS[row.state]),
            row.minutes,
            row.follow_up,
        )
