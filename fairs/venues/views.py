"""Pages of spaces. Booth plans are drawn on their event's pages."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.files.answers import list_answer
from fairs.venues import actions, queries
from fairs.venues.forms import space_form
from fairs.venues.models import Space
from fairs.venues.rules import SPACE_LABELS
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

bp = Blueprint("venues", __name__)
READERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR, RoleKind.CAMPUS_SECURITY)
SEARCH = (Space.name,)
SORTS = {"name": Space.name, "capacity": Space.capacity, "area": Space.net_area}


@bp.get("/<school>/office/spaces")
@access.require(*READERS)
def spaces() -> str:
    """The spaces of the university."""
    page = listing(
        queries.spaces_of(access.school().id), search=SEARCH, sorts=SORTS, default_sort="-capacity"
    )
    may_add = access.me().has(OFFICE, access.school().id)
    return render_template(
        "venues/spaces.html", listing=page, labels=SPACE_LABELS, may_add=may_add, q=request.args.get("q")
    )


@bp.get("/<school>/office/spaces.xlsx")
@access.require(*READERS)
def spaces_sheet() -> Any:
    """The same list as a sheet."""
    rows = whole(queries.spaces_of(access.school().id), search=SEARCH, sorts=SORTS, default_sort="-capacity")
    headings = (_("名称"), _("校区"), _("类型"), _("净面积（平方米）"), _("可容纳（人）"))
    cells = ((s.name, s.campus.name, _(SPACE_LABELS[s.kind]), s.net_area, s.capacity) for (s,) in rows)
    return list_answer(_("场地"), headings, cells)


@bp.route("/<school>/office/spaces/new", methods=["GET", "POST"])
@access.office
def new_space() -> Any:
    """Add a space."""
    here = access.school().id
    form = space_form(here)
    made = submitted(
        form,
        unrepeated(
            lambda: actions.create_space(
                form.draft(), university_id=here, by=access.me().person_id, now=clock.now()
            )
        ),
    )
    if made:
        return back_to("venues.spaces", _("场地已登记。"))
    return render_template("venues/space_form.html", form=form), status_of(form)
