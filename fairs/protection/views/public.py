"""For everybody: reporting a posting or a booth, one's own reports, rights, alerts."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access, rates
from fairs.accounts.limits import REPORT, VISITOR_REPORT
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import RoleKind
from fairs.protection import actions, notices, queries
from fairs.protection.actions import Reporter
from fairs.protection.alerts import TEMPLATE_LABELS
from fairs.protection.forms import ReportForm
from fairs.protection.models import Alert, Report
from fairs.protection.queries import Target
from fairs.protection.rules import Source
from fairs.protection.views.blueprint import ALERTS, bp
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to


def _reporter(form: ReportForm) -> Reporter:
    """The viewer as a student, else as a visitor: staff of an employer is nobody's witness by name."""
    if not _is_student():
        return Reporter(Source.VISITOR, contact=form.contact.data or "")
    return Reporter(Source.STUDENT, access.me().person_id, named=form.named.data != "no")


def _is_student() -> bool:
    who = access.viewer()
    return who is not None and RoleKind.STUDENT in who.kinds


def _form() -> ReportForm:
    """A student says whether to give the name, a visitor how to be reached."""
    form = ReportForm()
    if _is_student():
        del form.contact
    else:
        del form.named
    return form


def _send(form: ReportForm, target: Target) -> Report:
    now, reporter, address = clock.now(), _reporter(form), request.remote_addr
    if reporter.person_id is None:
        rates.spend(VISITOR_REPORT, now, address=address)
    else:
        rates.spend(REPORT, now, address=address, mailbox=f"person:{reporter.person_id}")
    return unrepeated(lambda: actions.report(target, form.draft(), reporter, now=now))()


def _report_page(target: Target, endpoint: str, **values: Any) -> Any:
    form = _form()
    if submitted(form, lambda: _send(form, target)):
        return back_to(endpoint, _("已收到，谢谢您。学校会核查处理，单位不会知道是谁反映的。"), **values)
    back = {"endpoint": endpoint, "values": values}
    page = render_template(
        "protection/report.html",
        form=form,
        target=target,
        student=_is_student(),
        before=_is_student() and queries.has_reported(target, access.me().person_id),
        back=back,
    )
    return page, status_of(form)


@bp.route("/<school>/postings/<posting>/report", methods=["GET", "POST"])
@access.public
def report_posting(posting: str) -> Any:
    """Report a posting."""
    target = queries.posting_target(posting, access.school().id, clock.now())
    return _report_page(target, "postings.read", posting=posting)


@bp.route("/<school>/events/<event>/exhibitors/<unit>/report", methods=["GET", "POST"])
@access.public
def report_booth(event: str, unit: str) -> Any:
    """Report a booth at a fair."""
    target = queries.booth_target(event, unit, access.school().id)
    return _report_page(target, "programmes.event", event=event)


@bp.get("/me/reports")
@access.signed_in
def mine() -> str:
    """What the viewer has reported, and what came of it."""
    return render_template("protection/mine.html", rows=queries.reported_by(access.me().person_id))


@bp.get("/<school>/rights")
@access.public
def rights() -> str:
    """What employers may not do, where to turn, how to keep safe (S42, P33)."""
    here, now = access.school(), clock.now()
    pinned = notices.pinned(here.id, now)
    return render_template("protection/rights.html", alerts=pinned, guards=TEMPLATE_LABELS)


@bp.get("/<school>/alerts")
@access.public
def archive() -> str:
    """Every alert of the university, the newest first."""
    rows = listing(notices.archive(access.school().id), search=[Alert.title, Alert.body], per_page=ALERTS)
    return render_template("protection/archive.html", listing=rows, now=clock.now())


@bp.get("/<school>/alerts/<alert>")
@access.public
def alert(alert: str) -> str:
    """One alert."""
    one = notices.public_alert(alert, access.school().id)
    return render_template("protection/alert.html", alert=one, now=clock.now())
