"""The second look at decisions that chance chose (S114)."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.files.answers import list_answer
from fairs.vetting import marks, queries, reviews
from fairs.vetting.forms import ReviewForm
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VERDICT_LABELS
from fairs.vetting.sampling import SAMPLE_LABELS
from fairs.vetting.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

bp.add_app_template_global(SAMPLE_LABELS.get, "sample_label")


@bp.get("/<school>/office/vetting/samples")
@access.office
def samples() -> str:
    """What waits for a second look, and how often the second reviewer agreed."""
    here = access.school().id
    return render_template(
        "vetting/samples.html",
        listing=listing(
            reviews.items(here, request.args.get("state", "")), search=(VettingCase.title,), scalars=False
        ),
        figures=reviews.figures(here),
        samples=reviews.samples(here),
        policy=queries.policy(here),
        me=access.me().person_id,
    )


@bp.get("/<school>/office/vetting/samples.xlsx")
@access.office
def samples_sheet() -> Any:
    """The same list as a sheet."""
    asked: Any = reviews.items(access.school().id, request.args.get("state", ""))
    cells = (
        (
            case.title,
            _(VERDICT_LABELS[decision.verdict]),
            decision.at,
            name,
            _(SAMPLE_LABELS[item.verdict]) if item.verdict else _("待复查"),
            item.reason,
        )
        for item, decision, case, name in whole(asked, search=(VettingCase.title,))
    )
    headings = (_("内容"), _("原决定"), _("时间"), _("原审核老师"), _("复查结果"), _("原因"))
    return list_answer(_("随机复查"), headings, cells)


@bp.route("/<school>/office/vetting/samples/<item>", methods=["GET", "POST"])
@access.office
def sample(item: str) -> Any:
    """One decision with its text, and the second reviewer's word."""
    one, who, form = reviews.item(item, access.school().id), access.me().person_id, ReviewForm()
    if submitted(form, lambda: reviews.review(one.id, *form.said(), by=who, now=clock.now())):
        return back_to("vetting.samples", _("已记录复查结果。"))
    case = one.decision.case
    page = render_template(
        "vetting/sample.html",
        form=form,
        item=one,
        case=case,
        numbered=marks.numbered(queries.findings(case.id)),
        decisions=queries.decisions([case.id]),
        own=one.decision.by == who,
    )
    return page, status_of(form)
