"""The officers' work queue of texts to be vetted, and the page of one text that is not a posting."""

from typing import Any

from flask import Response, redirect, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.database import found
from fairs.employers.models import Employer
from fairs.files.answers import list_answer, shown
from fairs.vetting import actions, queries, reviews
from fairs.vetting.desk import (
    CASE_PAGES,
    after_decision,
    answer_of,
    case_page,
    case_url,
    decided,
    decision_form,
)
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SUBJECT_LABELS
from fairs.vetting.sheets import headings, row_of
from fairs.vetting.views.blueprint import bp
from fairs.web.lists import listing, whole
from fairs.workdays import queries as workdays

SEARCH = (VettingCase.title, Employer.legal_name)
SORTS = {"due": VettingCase.due_at, "risk": queries.BLOCKS, "title": VettingCase.title}


@bp.get("/<school>/office/vetting")
@access.office
def queue() -> str:
    """What waits for a decision, most urgent first."""
    here, now = access.school(), clock.now()
    state, risk, kind = (request.args.get(name, "") for name in ("state", "risk", "kind"))
    waiting: Any = queries.work_queue(here.id, state=state, risk=risk, kind=kind)
    rows = listing(waiting, search=SEARCH, sorts=SORTS, scalars=False)
    figures = queries.queue_figures(here.id, now)
    return render_template(
        "vetting/queue.html",
        listing=rows,
        figures=figures,
        kind_choices=[(kind.value, _(label)) for kind, label in SUBJECT_LABELS.items()],
        calendar=workdays.calendar(here.id, around=clock.campus_day(clock.now())),
        now=now,
        reviews=reviews.open_for(here.id, access.me().person_id),
    )


@bp.get("/<school>/office/vetting.xlsx")
@access.office
def queue_sheet() -> Any:
    """The same list as a sheet."""
    state, risk, kind = (request.args.get(name, "") for name in ("state", "risk", "kind"))
    waiting: Any = queries.work_queue(access.school().id, state=state, risk=risk, kind=kind)
    rows = whole(waiting, search=SEARCH, sorts=SORTS)
    return list_answer(_("审核列表"), headings(), (row_of(*row) for row in rows))


@bp.route("/<school>/office/vetting/texts/<case>", methods=["GET", "POST"])
@access.office
def text(case: str) -> Any:
    """Decide on a text without a page of its own: an event's."""
    one = queries.case(case, access.school().id)
    form = decision_form(one)
    if one.subject_kind in CASE_PAGES:
        return redirect(case_url(one))
    if decided(form, one, actions.decide_text):
        return after_decision(one)
    return render_template("vetting/text.html", form=form, **case_page(one)), answer_of(form)


@bp.get("/<school>/office/vetting/<case>/ground")
@access.office
def ground_file(case: str) -> Response:
    """The document by which the author of any text keeps a clause that should go; only for who decides on it."""
    file = found(queries.case(case, access.school().id).ground_file)
    return shown(file)
