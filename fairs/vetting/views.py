"""The officers' work queue of texts to be vetted, and the page of one text that is not a posting."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.clauses.rules import CATEGORY_NAMES, Severity
from fairs.vetting import actions, marks, queries
from fairs.vetting.badges import badge_of, severity_badge
from fairs.vetting.forms import DecisionForm
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SUBJECT_LABELS, VERDICT_LABELS, WAITING, SubjectKind, VerdictKind
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to
from fairs.workdays import queries as workdays

bp = Blueprint("vetting", __name__)

CASE_PAGES = {SubjectKind.POSTING: "postings.vet"}
"""Where a kind of text is judged, if its decision has consequences that a feature above brings about."""


@bp.app_template_global("case_url")
def case_url(case: VettingCase) -> str:
    """The page on which this case is decided."""
    return url_for(CASE_PAGES.get(case.subject_kind, "vetting.text"), case=case.public_id)


@bp.app_template_global("marked_text")
def marked_text(text: str, field: str, numbered: list[Any]) -> list[marks.Segment]:
    """A field's text, cut at its findings."""
    return marks.marked(text, [(number, one) for number, one in numbered if one.field == field])


bp.add_app_template_global(CATEGORY_NAMES.get, "category_label")
bp.add_app_template_global(VERDICT_LABELS.get, "verdict_label")
bp.add_app_template_global(SUBJECT_LABELS.get, "subject_label")
bp.add_app_template_global(clock.campus_day, "campus_day")
bp.add_app_template_global(severity_badge, "severity_badge")
bp.add_app_template_global(badge_of, "case_badge")


@bp.get("/<school>/office/vetting")
@access.office
def queue() -> str:
    """What waits for a decision, most urgent first."""
    here, now = access.school(), clock.now()
    state, risk, kind = (request.args.get(name, "") for name in ("state", "risk", "kind"))
    rows = listing(
        queries.work_queue(here.id, state=state, risk=risk, kind=kind),
        search=[VettingCase.title],
        sorts={"due": VettingCase.due_at, "risk": queries.BLOCKS, "title": VettingCase.title},
        scalars=False,
    )
    figures = queries.queue_figures(here.id, now)
    return render_template(
        "vetting/queue.html",
        listing=rows,
        figures=figures,
        kind_choices=[(kind.value, _(label)) for kind, label in SUBJECT_LABELS.items()],
        calendar=workdays.calendar(here.id, around=clock.campus_day(clock.now())),
        now=now,
        me=access.me(),
    )


@bp.route("/<school>/office/vetting/texts/<case>", methods=["GET", "POST"])
@access.office
def text(case: str) -> Any:
    """Decide on the text of an event, a profile or a brochure."""
    one = queries.case(case, access.school().id)
    form = DecisionForm(version=one.version)
    if one.subject_kind in CASE_PAGES:
        return redirect(case_url(one))
    if submitted(form, lambda: actions.decide(one.id, *decision_of(form), **officer())):
        return after_decision(one)
    return render_template("vetting/text.html", form=form, **case_page(one)), status_of(form)


def decision_of(form: DecisionForm) -> tuple[VerdictKind, str, int]:
    """Verdict, reason and version as the officer sent them."""
    return VerdictKind(form.verdict.data or ""), form.full_reason(), form.version.data or 0


def officer() -> dict[str, Any]:
    """Who decides, when, and whether they may overrule blocking findings: a director may (S36)."""
    may = access.me().has({RoleKind.CAREER_DIRECTOR}, access.school().id)
    chosen = request.form.getlist("overruled", type=int)
    return {"by": access.me().person_id, "now": clock.now(), "may_override": may, "overruled": chosen}


def case_page(case: VettingCase) -> dict[str, Any]:
    """What every page of a case shows."""
    numbered = list(enumerate(queries.findings(case.id), start=1))
    return {
        "case": case,
        "numbered": numbered,
        "waiting": case.state in WAITING,
        "blocked": any(finding.severity is Severity.BLOCK for _number, finding in numbered),
        "decisions": queries.decisions([case.id]),
        "following": queries.next_case(case.university_id, access.me().person_id, case),
        "mine": case.submitted_by == access.me().person_id,
        "may_override": officer()["may_override"],
        "now": clock.now(),
        "calendar": workdays.calendar(case.university_id, around=clock.campus_day(clock.now())),
    }


def after_decision(case: VettingCase) -> Response:
    """On to the next waiting case, or back to the empty queue."""
    following = queries.next_case(access.school().id, access.me().person_id, case)
    if following is None:
        return back_to("vetting.queue", _("已处理。没有其他待审核的内容了。"))
    page = CASE_PAGES.get(following.subject_kind, "vetting.text")
    return back_to(page, _("已处理。下面是下一条。"), case=following.public_id)
