"""The page on which an officer locks an employer out of the university."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.employers import queries as employers
from fairs.employers.models import Sanction
from fairs.operations import standings
from fairs.operations.standing_forms import BarForm
from fairs.postings import queries as postings
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

bp = Blueprint("standings", __name__)


@bp.route("/<school>/office/employers/<standing>/bar", methods=["GET", "POST"])
@access.office
def bar(standing: str) -> Any:
    """Suspend or blacklist; the page says beforehand what will follow."""
    here = employers.standing_here(access.school().id, standing)
    number, form = here.id, BarForm(data={"version": here.version} | _asked())
    if submitted(form, lambda: _barred(number, form)):
        sentence = _("已记录，单位已收到通知，展位申请已撤销。")
        return back_to("employers.office_employer", sentence, standing=standing)
    here = employers.standing_here(access.school().id, standing)
    form.version.data = here.version
    return render_template(
        "operations/bar.html",
        form=form,
        standing=here,
        places=standings.live_places(here.employer_id, here.university_id),
        shown=postings.published_of_employer(here.employer_id, here.university_id, clock.now()),
    ), status_of(form)


def _asked() -> dict[str, str]:
    """What a page that leads here already knows: how to treat the employer, and why."""
    return {name: request.args[name][:1000] for name in ("kind", "reason") if name in request.args}


def _barred(number: int, form: BarForm) -> Sanction:
    version, by = form.version.data or 0, access.me().person_id
    return standings.bar_employer(number, form.bar(), version=version, by=by, now=clock.now())
