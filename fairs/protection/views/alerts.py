"""The office about alerts: written by one, approved by another, published, ended (S41)."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.files.answers import list_answer
from fairs.institutions import queries as institutions
from fairs.protection import actions, notices
from fairs.protection.alerts import (
    ALERT_LABELS,
    AUDIENCE_LABELS,
    GUARD_LABELS,
    SEVERITY_LABELS,
    TEMPLATE_LABELS,
    AlertState,
    Guard,
)
from fairs.protection.forms import AlertForm
from fairs.protection.models import Alert
from fairs.protection.steps import steps
from fairs.protection.views.blueprint import ALERTS, bp
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

ALERT = "/<school>/office/alerts/<alert>"
STEPS = {
    "approve": actions.approve_alert,
    "publish": actions.publish_alert,
    "end": actions.end_alert,
    "discard": actions.end_alert,
}
STEP_LABELS = {
    "approve": "已批准，可以发布。",
    "publish": "已发布，正在通知学生。",
    "end": "已结束，仍可在往期预警中查看。",
    "discard": "已作废，没有发给任何人。",
}


def _me() -> dict[str, Any]:
    return {"by": access.me().person_id, "now": clock.now()}


def _form(**data: Any) -> AlertForm:
    form, here = AlertForm(**data), access.school().id
    form.offer(
        institutions.departments(here),
        notices.coming_events(here, clock.now()),
        notices.blacklisted(here),
    )
    return form


@bp.get("/<school>/office/alerts")
@access.office
def office_alerts() -> str:
    """Every alert, what waits first."""
    rows = listing(notices.office_list(access.school().id), search=[Alert.title, Alert.body], per_page=ALERTS)
    return render_template("protection/office_alerts.html", listing=rows)


@bp.get("/<school>/office/alerts.xlsx")
@access.office
def office_alerts_sheet() -> Any:
    """The same list as a sheet."""
    cells = (
        (
            alert.title,
            alert.body,
            _(ALERT_LABELS[alert.state]),
            _(SEVERITY_LABELS[alert.severity]),
            _(AUDIENCE_LABELS[alert.audience]),
            notices.last_day(alert),
        )
        for (alert,) in whole(notices.office_list(access.school().id), search=[Alert.title, Alert.body])
    )
    headings = (_("标题"), _("内容"), _("状态"), _("程度"), _("面向"), _("显示到"))
    return list_answer(_("求职预警"), headings, cells)


@bp.route("/<school>/office/alerts/new", methods=["GET", "POST"])
@access.office
def new_alert() -> Any:
    """Write an alert; each of the five guards has a text to begin with."""
    asked = request.args.get("guard", "")
    guard = Guard(asked) if asked in set(Guard) else None
    start = (
        {"guard": guard, "title": _(GUARD_LABELS[guard]), "body": TEMPLATE_LABELS.get(guard, "")}
        if guard
        else {}
    )
    form, here = _form(data=start), access.school().id
    if submitted(form, unrepeated(lambda: actions.draft_alert(form.draft(), university_id=here, **_me()))):
        return back_to("protection.office_alerts", _("已保存，请另一位老师批准。"))
    guards = [(one.value, _(label)) for one, label in GUARD_LABELS.items() if one in TEMPLATE_LABELS]
    return render_template("protection/alert_form.html", form=form, guards=guards, alert=None), status_of(
        form
    )


@bp.route(ALERT, methods=["GET"])
@access.office
def office_alert(alert: str) -> str:
    """One alert as its audience will see it, with the next step."""
    one = notices.alert(alert, access.school().id)
    return render_template(
        "protection/office_alert.html",
        alert=one,
        states=AlertState,
        people=notices.size_of(one),
        mine=one.created_by == access.me().person_id,
        steps=steps(one),
    )


@bp.route(f"{ALERT}/edit", methods=["GET", "POST"])
@access.office
def edit_alert(alert: str) -> Any:
    """Change what is not yet published."""
    one, form = notices.alert(alert, access.school().id), _form()
    number = one.id
    if not form.is_submitted():
        form.fill(one)
        form.version.data = one.version
    seen = form.version.data or 0
    if submitted(form, lambda: actions.change_alert(number, form.draft(), version=seen, **_me())):
        return back_to("protection.office_alert", _("已修改，须另一位老师重新批准。"), alert=alert)
    one = notices.alert(alert, access.school().id)
    return render_template("protection/alert_form.html", form=form, guards=[], alert=one), status_of(form)


@bp.post(f"{ALERT}/<any(approve, publish, end, discard):verb>")
@access.office
def move_alert(alert: str, verb: str) -> Any:
    """Approve, publish or end an alert, or give up one that was never published."""
    number = notices.alert(alert, access.school().id).id
    STEPS[verb](number, version=request.form.get("version", 0, type=int), **_me())
    return back_to("protection.office_alert", _(STEP_LABELS[verb]), alert=alert)
