"""Writing a safety plan, handing it in, and what campus security says to it (S29, S30, P20, P22)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fairs.accounts import queries as accounts
from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.programmes import permits
from fairs.programmes import queries as events
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event, GateApproval
from fairs.programmes.rules import EventState, check_words_open
from fairs.safety import licences, notices, queries
from fairs.safety.checklists import CHECKLISTS, Answer
from fairs.safety.contents import FIELDS, Kind, section
from fairs.safety.models import SafetyPlan, SafetySubmission
from fairs.safety.rules import (
    REVISED_LABELS,
    SIGNED_AFTER_REVIEW,
    PlanOvertaken,
    PlanWaitsForReview,
    check_editable,
    check_plan_move,
    check_whole,
)

Upload = tuple[bytes, str]
"""The bytes of a file and its name."""


def _record(action: str, event: Event, by: int | None, now: datetime, **detail: Any) -> None:
    audit.record(action, event, by=by, university_id=event.university_id, now=now, **detail)


def _writable(event_id: int, version: int | None, now: datetime) -> tuple[Event, SafetyPlan]:
    """The locked event with its plan, a new one where nothing was written. Raises PlanSubmitted, Conflict."""
    event = lock(Event, event_id)
    check_words_open(event.state)
    check_editable(queries.gate_state(event_id))
    plan = queries.plan_of(event_id)
    if version is not None and version != (plan.version if plan else 0):
        raise Conflict
    if plan is None:
        key = queries.checklist_of(event, None).key
        plan = SafetyPlan(
            event_id=event.id,
            university_id=event.university_id,
            checklist=key,
            content={},
            answers={},
            changed_at=now,
        )
        db.session.add(plan)
    return event, plan


@transaction
def save_section(
    event_id: int,
    key: str,
    values: Mapping[str, Any],
    uploads: Mapping[str, Upload],
    *,
    version: int | None = None,
    by: int | None,
    now: datetime,
) -> SafetyPlan:
    """Keep a step of the form as it is, whole or not.

    Raises NotFound for a step that there is not, PlanSubmitted while security has the plan, FileRefused,
    Conflict if somebody else saved meanwhile (``version`` is what the page showed; 0: nothing written yet).
    """
    event, plan = _writable(event_id, version, now)
    fields = {field.key: field for field in found(section(key)).fields}
    written = {name: value for name, value in values.items() if name in fields}
    plan.content = {**plan.content, **written}
    for name, (content, title) in uploads.items():
        if name in fields:
            kept = files.keep(
                content, title, FilePurpose.PLAN, by=by, university_id=event.university_id, now=now
            )
            setattr(plan, f"{name}_file_id", kept.id)
    plan.changed_by, plan.changed_at = by, now
    _record("save_safety_plan", event, by, now, step=key)
    return plan


@transaction
def write_whole(
    event_id: int,
    content: Mapping[str, Any],
    answers: Mapping[str, Mapping[str, str]],
    *,
    by: int | None,
    now: datetime,
) -> SafetyPlan:
    """Write every text of a plan and every answer at once, e.g. from a document. Raises as ``save_section``."""
    event, plan = _writable(event_id, None, now)
    plan.content = {**plan.content, **{key: value for key, value in content.items() if key in FIELDS}}
    plan.answers = {**plan.answers, **_given(plan, answers)}
    plan.changed_by, plan.changed_at = by, now
    _record("save_safety_plan", event, by, now, step="whole")
    return plan


def _given(plan: SafetyPlan, answers: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    known = {item.id for item in CHECKLISTS[plan.checklist].items}
    return {
        key: {"answer": Answer(one["answer"]).value, "note": one.get("note", "").strip()}
        for key, one in answers.items()
        if key in known and one.get("answer")
    }


@transaction
def save_answers(
    event_id: int,
    answers: Mapping[str, Mapping[str, str]],
    *,
    version: int | None = None,
    by: int | None,
    now: datetime,
) -> SafetyPlan:
    """Keep the answers to the checklist that the plan began with. Raises as ``save_section``."""
    event, plan = _writable(event_id, version, now)
    plan.answers = {**plan.answers, **_given(plan, answers)}
    plan.changed_by, plan.changed_at = by, now
    _record("save_safety_plan", event, by, now, step="checklist")
    return plan


@transaction
def copy_last(event_id: int, *, by: int, now: datetime) -> SafetyPlan:
    """Begin with what the school wrote last time; answers to the checklist are given anew.

    What was written for this event already stays. Raises NotFound where there is no earlier plan.
    """
    event, plan = _writable(event_id, None, now)
    earlier = found(queries.last_plan(event))
    mine = {key: value for key, value in plan.content.items() if str(value or "").strip()}
    own_text = {key: value for key, value in earlier.content.items() if FIELDS[key].kind is not Kind.FILE}
    plan.content = own_text | mine
    plan.changed_by, plan.changed_at = by, now
    _record("save_safety_plan", event, by, now, step="copied")
    return plan


def hand_in(event: Event, *, by: int | None, now: datetime) -> SafetySubmission:
    """Freeze the plan of a locked event as it is now (inside an action). Raises PlanNotWhole."""
    db.session.flush()
    db.session.expire_all()  # halls may have been taken in the same transaction
    check_whole(queries.missing_for_review(event))
    plan = found(queries.plan_of(event.id))
    last = queries.submissions(event.id)
    row = SafetySubmission(
        plan_id=plan.id,
        no=last[0].no + 1 if last else 1,
        snapshot=queries.snapshot(event),
        submitted_by=by,
        submitted_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


@transaction
def submit(event_id: int, *, by: int, now: datetime) -> SafetySubmission:
    """Hand the plan in again: after it was returned, or opened by a change, without a new review of the event.

    Raises PlanWaitsForReview before the event's first review, PlanSubmitted, PlanNotWhole.
    """
    event = lock(Event, event_id)
    row = events.gates(event_id).get(Gate.SAFETY)
    if row is None or event.state not in SIGNED_AFTER_REVIEW | {EventState.SAFETY_REVIEW}:
        raise PlanWaitsForReview
    check_plan_move(row.state, GateState.SUBMITTED)
    handed = hand_in(event, by=by, now=now)
    row.ended_at = now
    db.session.flush()
    db.session.add(GateApproval(event_id=event.id, gate=Gate.SAFETY, state=GateState.SUBMITTED))
    _record("submit_safety_plan", event, by, now, no=handed.no)
    notices.tell("safety/plan_to_sign", notices.guards(event, now), event, now=now, no=handed.no)
    return handed


@transaction
def answer(
    event_id: int, accepted: bool, reason: str, *, seen: int | None = None, by: int, now: datetime
) -> SafetySubmission | None:
    """Write down what campus security said to the newest submission, and tell who handed it in.

    ``seen`` is the submission that the signer read. Raises PlanOvertaken if there is a newer one.
    """
    event = lock(Event, event_id)
    rows = queries.submissions(event_id)
    if not rows:
        return None
    newest = rows[0]
    if seen is not None and newest.no != seen:
        raise PlanOvertaken
    newest.is_accepted, newest.reason = accepted, reason.strip()
    newest.signed_by, newest.signed_at = by, now
    if newest.submitted_by:
        notices.tell(
            "safety/plan_answered",
            [newest.submitted_by],
            event,
            now=now,
            accepted=accepted,
            reason=newest.reason,
            signer=accounts.person(by).name,
        )
    return newest


@transaction
def revise(event_id: int, *, by: int, now: datetime) -> GateApproval:
    """Open a signed plan again, to change it; the signature ends. Raises PlanSubmitted."""
    event = lock(Event, event_id)
    check_words_open(event.state)
    row = found(events.gates(event_id).get(Gate.SAFETY))
    check_plan_move(row.state, GateState.DRAFTING)
    row.ended_at = now
    db.session.flush()
    fresh = GateApproval(event_id=event.id, gate=Gate.SAFETY, state=GateState.DRAFTING)
    db.session.add(fresh)
    _record("reopen_gate", event, by, now, gate="safety")
    notices.tell(
        "programmes/gate_reopened", notices.guards(event, now), event, now=now, parts=[REVISED_LABELS["plan"]]
    )
    return fresh


@transaction
def declare(event_id: int, expected: int, *, open_to_public: bool, by: int, now: datetime) -> None:
    """Say anew how many are expected, and whether everybody may come; plan and licence follow (P18, P21).

    Raises LicenceHolds, WrongEventState once the event is over, NotFound for events without booths.
    """
    event = lock(Event, event_id)
    check_words_open(event.state)
    fair = found(events.fair_of(event_id))
    with permits.under_permits(event, by=by, now=now):
        fair.expected_attendance, fair.open_to_public = expected, open_to_public
    _record("declare_attendance", event, by, now, expected=expected, public=open_to_public)
    licences.evaluate(event, now=now)
