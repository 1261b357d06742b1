"""What came of the invitations, by fair and by introducer, as a page and as a sheet (S14, S26)."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from fairs.accounts import access
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.invitations import results
from fairs.invitations.results import Line
from fairs.invitations.views.blueprint import bp, inviting
from fairs.programmes.queries import SEES_ALL

HEADINGS = ("活动", "引荐人", "邀请", "打开", "接受", "谢绝", "申请展位", "确认展位", "到场", "接受比例（%）")


def _departments() -> Collection[int] | None:
    """A coordinator reads the figures of the own department only."""
    who, here = access.me(), access.school().id
    return None if who.has(SEES_ALL, here) else who.departments(here)


@bp.get("/<school>/office/invitations")
@inviting
def report() -> str:
    """Conversion of each fair and each introducer."""
    here, departments = access.school().id, _departments()
    return render_template(
        "invitations/report.html",
        fairs=results.by_fair(here, departments),
        introducers=results.by_introducer(here, departments),
    )


@bp.get("/<school>/office/invitations.xlsx")
@inviting
def report_sheet() -> Any:
    """The same as a sheet."""
    here, departments = access.school().id, _departments()
    rows = [
        *_rows(results.by_fair(here, departments), named=True),
        *_rows(results.by_introducer(here, departments), named=False),
    ]
    return sheet_answer(write_xlsx("邀请成效", HEADINGS, rows), "邀请成效.xlsx")


def _rows(lines: Sequence[Line], *, named: bool) -> list[list[Any]]:
    return [
        [
            line.name if named else "",
            "" if named else line.name or _("没有引荐人"),
            line.invited,
            line.opened,
            line.accepted,
            line.declined,
            line.asked,
            line.placed,
            line.came,
            line.share,
        ]
        for line in lines
    ]
