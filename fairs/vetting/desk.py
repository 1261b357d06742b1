"""An officer's desk: what every page of a case shows and sends, for the views of this feature and of those above."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.clauses.rules import Severity
from fairs.errors import Refusal
from fairs.vetting import doubts, marks, queries, turns
from fairs.vetting.forms import DecisionForm
from fairs.vetting.judges import SECOND, check_officer, judges
from fairs.vetting.models import Decision, Finding, VettingCase
from fairs.vetting.reasons import offered
from fairs.vetting.rules import (
    CASE_LABELS,
    WAITING,
    CaseState,
    OverruleReasonMissing,
    SubjectKind,
    VerdictKind,
)
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to, sentence_of
from fairs.workdays import queries as workdays

CASE_PAGES = {
    SubjectKind.POSTING: "postings.vet",
    SubjectKind.EMPLOYER_PROFILE: "profiles.vet",
    SubjectKind.BROCHURE: "profiles.vet_brochure",
}
"""Where a kind of text is judged, if its decision has consequences that a feature above brings about."""


DEEDS = {
    VerdictKind.APPROVE: "%(name)s刚刚通过了这条内容。",
    VerdictKind.RETURN: "%(name)s刚刚退回了这条内容。",
    VerdictKind.REJECT: "%(name)s刚刚判定这条内容不通过。",
    VerdictKind.LIFT: "%(name)s刚刚提请放行，由另一位老师复核。",
    VerdictKind.APPEAL: "%(name)s刚刚提出了申诉。",
}
"""What happened while an officer was reading."""


def case_url(case: VettingCase) -> str:
    """The page on which this case is decided."""
    return url_for(CASE_PAGES.get(case.subject_kind, "vetting.text"), case=case.public_id)


def decision_of(form: DecisionForm) -> tuple[VerdictKind, str, int]:
    """Verdict, reason and version as the officer sent them."""
    return VerdictKind(form.verdict.data or ""), form.full_reason(), form.version.data or 0


def decided(form: DecisionForm, case: VettingCase, action: Callable[..., Any]) -> bool:
    """Whether a decision was sent and ``action`` took it.

    Whoever came second reads who did what; what they wrote stays, and the next press decides on what they now see.
    """
    if submitted(form, lambda: action(case.id, *decision_of(form), **officer())):
        return True
    if form.is_submitted() and form.version.data != case.version:
        form.renew(case.version, _what_happened(case) or [*form.form_errors])
    return False


def _what_happened(case: VettingCase) -> list[str]:
    """Who has just done what on a case; empty where its author took it back, which the refusal says."""
    newest = queries.decisions([case.id])[:1]
    if case.state is CaseState.WITHDRAWN or not newest:
        return []
    decision, name = newest[0]
    who = _("您") if decision.by == access.me().person_id else name
    return [_(DEEDS[decision.verdict]) % {"name": who}]


def answer_of(form: DecisionForm) -> int:
    """The page's status: 409 for whoever came second, else the form's."""
    return 409 if form.late else status_of(form)


def decision_form(case: VettingCase) -> DecisionForm:
    """The officer's form for a case, with the reasons that the university often gives."""
    return DecisionForm(version=case.version, reasons=offered(case.university_id))


def officer() -> dict[str, Any]:
    """Who decides, when, and which findings they do not share, with why."""
    chosen = request.form.getlist("overruled", type=int)
    why = {number: request.form.get(f"why-{number}", "")[:1000] for number in chosen}
    return {"by": access.me().person_id, "now": clock.now(), "overruled": why}


def case_page(case: VettingCase) -> dict[str, Any]:
    """What every page of a case shows."""
    numbered = marks.numbered(queries.findings(case.id))
    decisions = queries.decisions([case.id])
    return {
        "case": case,
        "numbered": numbered,
        "waiting": case.state in WAITING,
        "blocked": any(finding.severity is Severity.BLOCK for _number, finding in numbered),
        "decisions": decisions,
        "proposals": _proposals(case, decisions),
        "remarks": doubts.remarks_of(case),
        "twins": doubts.twins(case),
        "following": turns.next_case(case.university_id, access.me().person_id, case, now=clock.now()),
        **_turn(case, decisions),
        "why": request.form,
        "unexplained": _unexplained(numbered),
        "now": clock.now(),
        "calendar": workdays.calendar(case.university_id, around=clock.campus_day(clock.now())),
    }


def _unexplained(numbered: list[tuple[int, Finding]]) -> dict[str, str]:
    """What is asked, by the id of its field, where the officer has just overruled a finding without a word.

    An approval's reason serves for all.
    """
    if request.form.get("verdict") == VerdictKind.APPROVE and request.form.get("reason", "").strip():
        return {}
    silent = {number for number, why in officer()["overruled"].items() if not why.strip()}
    return {
        f"why-{one.id}": sentence_of(OverruleReasonMissing(quote=one.quote))
        for _number, one in numbered
        if one.id in silent
    }


def _proposals(case: VettingCase, decisions: list[tuple[Decision, str]]) -> set[int]:
    """Ids of the proposals to let clauses pass to which nobody has agreed."""
    if case.state is CaseState.APPROVED:
        return set()
    return {decision.id for decision, _name in decisions if decision.verdict is VerdictKind.LIFT}


def _turn(case: VettingCase, decisions: list[tuple[Decision, str]]) -> dict[str, Any]:
    """Whether it is the turn of whoever looks, else why not (``refused``, a message id), and whose it is.

    ``judges`` are names, None while everybody but the author may decide; ``again``: a small office has nobody else.
    """
    me = access.me().person_id
    steps = [(decision.verdict, decision.by) for decision, _name in reversed(decisions)]
    names = turns.office(case, clock.now())
    refused = ""
    try:
        check_officer(case.state, me, case.submitted_by, steps, names)
    except Refusal as refusal:
        refused = refusal.sentence
    may = judges(case.state, case.submitted_by, steps, names)
    second = case.state in SECOND
    return {
        "refused": refused,
        "judges": sorted(names[one] for one in may) if second else None,
        "again": second and any(by == me for _verdict, by in steps),
    }


def after_decision(case: VettingCase) -> Response:
    """On to the next waiting case, or back to the empty queue."""
    wanted, title = request.form.get("following", "")[:40], case.title
    state = _(CASE_LABELS[case.state])
    following = turns.next_case(
        access.school().id, access.me().person_id, case, wanted=wanted, now=clock.now()
    )
    if following is None:
        said = _("%(state)s：“%(title)s”。没有其他待审核的内容了。", state=state, title=title)
        return back_to("vetting.queue", said)
    page = CASE_PAGES.get(following.subject_kind, "vetting.text")
    said = _("%(state)s：“%(title)s”。下面是下一条。", state=state, title=title)
    return back_to(page, said, case=following.public_id)
