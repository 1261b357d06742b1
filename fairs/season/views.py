"""Pages of the figures of programmes."""

from typing import Any

from flask import Blueprint, render_template

from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.files.answers import sheet_answer
from fairs.programmes import queries as programmes
from fairs.programmes.models import Programme
from fairs.programmes.rules import PROGRAMME_LABELS
from fairs.season import queries, sheets, traits
from fairs.season.rules import FIGURE_LABELS, UNITS, Figures, change, share
from fairs.season.shares import NOTE_LABELS, SHARED, TRAIT_LABELS, Row, Trait

bp = Blueprint("season", __name__)
READERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR, RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR)
ONE = "/<school>/office/programmes/<programme>/figures"

PART_LABELS = {
    "department": "按院系",
    "mode": "按举办方式",
    "campaign": "按专项行动",
    "chain": "按活动所属产业链",
    "level": "按活动级别",
    "degree": "按面向学历",
    "industry": "按面向行业",
    "region": "按面向地区",
}


@bp.app_context_processor
def for_programme_pages() -> dict[str, Any]:
    """What templates/season/_figures.html needs wherever it is included."""
    return {"season_figures": season_figures, "figure_labels": FIGURE_LABELS, "figure_units": UNITS}


def season_figures(programme: Programme) -> Figures:
    """The public figures of a programme at the university of the page."""
    return queries.figures(programme, access.school().id, public=True)


def _parts(chosen: Programme) -> list[tuple[str, list[queries.Line]]]:
    here = access.school().id
    aims = queries.by_aim(chosen, here)
    return [
        (PART_LABELS["department"], queries.by_department(chosen, here)),
        (PART_LABELS["mode"], queries.by_mode(chosen, here)),
        (PART_LABELS["level"], queries.by_level(chosen, here)),
        (PART_LABELS["chain"], queries.by_chain(chosen, here)),
        *((PART_LABELS[aim.value], lines) for aim, lines in aims.items()),
    ]


def _shares(chosen: Programme) -> list[tuple[Trait, list[Row]]]:
    here = access.school().id
    return [(trait, lines) for trait in Trait if (lines := traits.of_programme(trait, chosen, here))]


@bp.get(ONE)
@access.require(*READERS)
def figures(programme: str) -> str:
    """The figures of a programme, of its parts, and of earlier years side by side."""
    here = access.school().id
    chosen = programmes.programme(programme, here)
    return render_template(
        "season/figures.html",
        programme=chosen,
        kind=PROGRAMME_LABELS[chosen.kind],
        total=queries.figures(chosen, here),
        parts=_parts(chosen),
        shares=_shares(chosen),
        share_labels=TRAIT_LABELS,
        share_notes=NOTE_LABELS,
        shared=SHARED,
        years=queries.history(chosen, here),
        change=change,
        share=share,
    )


@bp.get(f"{ONE}/events.xlsx")
@access.require(*READERS)
def events_sheet(programme: str) -> Any:
    """The events of a programme as a sheet."""
    here = access.school().id
    chosen = programmes.programme(programme, here)
    return sheet_answer(sheets.events_xlsx(queries.by_event(chosen, here)), f"{chosen.name}-活动.xlsx")


@bp.get(f"{ONE}/totals.xlsx")
@access.require(*READERS)
def totals_sheet(programme: str) -> Any:
    """The totals of a programme as a sheet."""
    here = access.school().id
    chosen = programmes.programme(programme, here)
    total, years = queries.figures(chosen, here), queries.history(chosen, here)
    return sheet_answer(sheets.totals_xlsx(total, _parts(chosen), years), f"{chosen.name}-合计.xlsx")


@bp.get(f"{ONE}/shares.xlsx")
@access.require(*READERS)
def shares_sheet(programme: str) -> Any:
    """The shares by chain, size, ownership and mark as a sheet (S91–S93)."""
    chosen = programmes.programme(programme, access.school().id)
    return sheet_answer(sheets.shares_xlsx(_shares(chosen)), f"{chosen.name}-占比.xlsx")
