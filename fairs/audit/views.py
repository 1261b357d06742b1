"""The audit trail, for the office and for auditors."""

import json
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.audit import actions, queries
from fairs.audit.models import Audit
from fairs.audit.subjects import about
from fairs.audit.words import looked_at, said
from fairs.files.exporting import Exporting, export_answer, exporting
from fairs.web.lists import COUNTED_MOST, listing

bp = Blueprint("audit", __name__)

LOOKERS = (RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN, RoleKind.AUDITOR)
READERS = (RoleKind.CAREER_OFFICER, RoleKind.CAREER_DIRECTOR, RoleKind.ADMIN, RoleKind.AUDITOR)


@bp.get("/<school>/office/audit")
@access.require(*READERS)
def index() -> str:
    """Who did what at this school, latest first."""
    here = access.school().id
    return render_template(
        "audit/index.html",
        listing=listing(queries.trail(here, request.args), scalars=False, most=COUNTED_MOST),
        actions=[(action, said(action)) for action in queries.actions_of(here)],
        people=queries.actors_of(here),
        said=said,
        about=about,
        unsealed=actions.unsealed(),
        subjects=[(kind, about(kind)) for kind in queries.subjects_of(here)],
        may_look=access.me().has(set(LOOKERS), here),
    )


@bp.get("/<school>/office/audit.xlsx")
@access.require(*READERS)
def sheet() -> Any:
    """The same list as a sheet; taking it away is written down."""
    return export_answer(EXPORT, _("审计日志"))


def _cells(row: Audit, name: str) -> tuple[Any, ...]:
    detail = json.dumps(row.detail, ensure_ascii=False) if row.detail else ""
    return row.at, name or _("系统"), _(said(row.action)), _(about(row.subject_kind)), detail, row.seal or ""


EXPORT = exporting(
    Exporting(
        key="audit.trail",
        title="审计日志",
        headings=lambda: (_("时间"), _("人员"), _("操作"), _("对象"), _("详情"), _("校验")),
        rows=lambda school, filters: queries.trail(school.id, filters),
        cells=lambda _school, rows: (_cells(row, name) for row, name in rows),
        log=lambda school, count, filters, by, now: actions.export(
            "audit", school, count, filters, by=by, now=now
        ),
    )
)


@bp.post("/<school>/office/audit/check")
@access.require(*READERS)
def check() -> str:
    """Go through the whole chain of seals and tell whether it is unbroken."""
    sealed, broken, unsealed = actions.verify()
    return render_template(
        "audit/check.html",
        sealed=sealed,
        broken=broken,
        unsealed=unsealed,
        first=queries.broken_row(broken, access.school().id),
        said=said,
    )


@bp.get("/<school>/office/looks")
@access.require(*LOOKERS)
def looks() -> str:
    """Who read whose personal data, latest first."""
    here = access.school().id
    return render_template(
        "audit/looks.html",
        listing=listing(queries.looks(here, request.args), scalars=False, most=COUNTED_MOST),
        people=queries.readers_of(here),
        about=about,
        looked_at=looked_at,
    )
