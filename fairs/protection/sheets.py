"""Cases and inspections as sheets."""

from typing import Any

from flask_babel import gettext as _

from fairs.protection.booths import Line
from fairs.protection.inspecting import MEASURE_LABELS, POINT_LABELS, Point
from fairs.protection.models import Complaint
from fairs.protection.rules import COMPLAINT_LABELS


def case_headings() -> tuple[str, ...]:
    """The columns of ``case_row``."""
    return (
        _("反映对象"),
        _("单位"),
        _("反映次数"),
        _("状态"),
        _("收到时间"),
        _("答复时限"),
        _("认定属实"),
        _("答复"),
    )


def case_row(case: Complaint, reports: int) -> tuple[Any, ...]:
    """A case; nobody who reported is named."""
    upheld = _("是") if case.upheld else ""
    state = _(COMPLAINT_LABELS[case.state])
    name = case.employer.legal_name
    return (case.title, name, reports, state, case.opened_at, case.due_at, upheld, case.answer)


def floor_headings() -> tuple[str, ...]:
    """The columns of ``floor_row``."""
    points = tuple(_(POINT_LABELS[point]) for point in Point)
    return (_("展位"), _("单位"), *points, _("看到了什么"), _("怎样处理"), _("人员"), _("时间"))


def floor_row(line: Line) -> tuple[Any, ...]:
    """A booth with the newest look; empty cells where nobody has looked yet."""
    start, last = (line.number, line.place.employer.legal_name), line.last
    if last is None:
        return (*start, "", "", "", "", "", "", "", None)
    points = tuple(_("是") if getattr(last, point.value) else _("否") for point in Point)
    return (*start, *points, last.note, _(MEASURE_LABELS[last.measure]), last.author.name, last.at)
