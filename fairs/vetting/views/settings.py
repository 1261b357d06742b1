"""How the office vets: strictness, time, share looked at again, and the reasons that it often gives."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.institutions import duties
from fairs.vetting import reasons
from fairs.vetting.forms import ReasonTextForm
from fairs.vetting.rules import REASON_LABELS
from fairs.vetting.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.language import current
from fairs.web.refusals import back_to


@bp.get("/<school>/office/vetting/settings")
@access.office
def policy() -> str:
    """How strictly and how fast texts are vetted (set in the duty table), and the reasons that are offered."""
    here, language = access.school(), current()
    in_force = duties.of_group(here.settings, "postings")
    return render_template(
        "vetting/settings.html",
        facts=[(duty.label[language], duty.worded(value, language)) for duty, value in in_force],
        own=reasons.reasons(here.id),
        usual=list(REASON_LABELS.values()),
    )


@bp.route("/<school>/office/vetting/reasons/new", methods=["GET", "POST"])
@bp.route("/<school>/office/vetting/reasons/<reason>", methods=["GET", "POST"])
@access.office
def reason(reason: str | None = None) -> Any:
    """Write a reason, or its next edition."""
    here, who = access.school().id, access.me().person_id
    one = reasons.reason(reason, here) if reason else None
    form = ReasonTextForm(text=one.text if one else "")

    def save() -> Any:
        words, now = form.text.data or "", clock.now()
        if one is None:
            return reasons.add_reason(here, words, by=who, now=now)
        return reasons.change_reason(one.id, words, by=who, now=now)

    if submitted(form, save if one else unrepeated(save)):
        return back_to("vetting.policy", _("已保存，审核时可以选用。"))
    return render_template("vetting/reason.html", form=form, reason=one), status_of(form)


@bp.post("/<school>/office/vetting/reasons/<reason>/end")
@access.office
def end_reason(reason: str) -> Response:
    """Offer a reason no longer."""
    one = reasons.reason(reason, access.school().id)
    reasons.end_reason(one.id, by=access.me().person_id, now=clock.now())
    return back_to("vetting.policy", _("已停用这条原因。"))
