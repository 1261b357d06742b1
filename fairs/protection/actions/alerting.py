"""Alerts: written by one officer, approved by another, published with a message to their audience, over (S41)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.errors import Conflict
from fairs.messages import actions as messages
from fairs.protection import notices
from fairs.protection.alerts import (
    AlertDraft,
    AlertState,
    check_approver,
    check_draft,
    check_named,
    check_period,
    move,
)
from fairs.protection.models import Alert
from fairs.tasks import actions as tasks

AT_ONCE = 200
"""People who are told within the click; more are told by a task."""
PUSH = "protection.push"


@transaction
def draft_alert(draft: AlertDraft, *, university_id: int, by: int, now: datetime) -> Alert:
    """Write an alert for another officer to approve. Raises what ``check_draft`` raises, or NotBlacklisted."""
    check_draft(draft, now)
    _check_named(draft, university_id)
    alert = Alert(university_id=university_id, created_by=by, created_at=now, state=AlertState.DRAFT)
    _write(alert, draft)
    db.session.add(alert)
    db.session.flush()
    audit.record("draft_alert", alert, by=by, university_id=university_id, now=now)
    return alert


@transaction
def change_alert(alert_id: int, draft: AlertDraft, *, version: int, by: int, now: datetime) -> Alert:
    """Change what is not yet published; it waits for approval again, by somebody other than who changed it.

    Raises AlertMoved, Conflict, or what ``draft_alert`` raises.
    """
    check_draft(draft, now)
    alert = _moved(alert_id, AlertState.DRAFT, version)
    _check_named(draft, alert.university_id)
    _write(alert, draft)
    alert.approved_by = alert.approved_at = None
    alert.created_by = by
    audit.record("change_alert", alert, by=by, university_id=alert.university_id, now=now)
    return alert


def _write(alert: Alert, draft: AlertDraft) -> None:
    alert.guard, alert.severity, alert.audience = draft.guard, draft.severity, draft.audience
    alert.title, alert.body = draft.title.strip()[:120], draft.body.strip()
    alert.department_id, alert.event_id, alert.employer_id = (
        draft.department_id,
        draft.event_id,
        draft.employer_id,
    )
    alert.expires_at = draft.expires_at


def _check_named(said: AlertDraft | Alert, university_id: int) -> None:
    """Raises NotBlacklisted if an employer is named, chosen or in the text, that is not on the blacklist (S41)."""
    check_named(notices.named_in(f"{said.title}\n{said.body}", university_id))
    if said.employer_id is not None:
        listed = notices.is_blacklisted(said.employer_id, university_id)
        check_named([(notices.name_of(said.employer_id), listed)])


def _moved(alert_id: int, to: AlertState, version: int) -> Alert:
    alert = lock(Alert, alert_id)
    alert.state = move(alert.state, to)
    if alert.version != version:
        raise Conflict
    return alert


@transaction
def approve_alert(alert_id: int, *, version: int, by: int, now: datetime) -> Alert:
    """The second officer agrees. Raises AlertMoved, SecondOfficerApproves, NotBlacklisted or AlertPeriodWrong."""
    alert = _moved(alert_id, AlertState.APPROVED, version)
    check_approver(alert.created_by, by)
    check_period(alert.expires_at, now)
    _check_named(alert, alert.university_id)
    alert.approved_by, alert.approved_at = by, now
    audit.record("approve_alert", alert, by=by, university_id=alert.university_id, now=now)
    return alert


@transaction
def publish_alert(alert_id: int, *, version: int, by: int, now: datetime) -> Alert:
    """Pin it and tell its audience, many by a task. Raises AlertMoved, NotBlacklisted or AlertPeriodWrong."""
    alert = _moved(alert_id, AlertState.PUBLISHED, version)
    check_period(alert.expires_at, now)
    _check_named(alert, alert.university_id)
    alert.published_at = now
    db.session.flush()
    people = notices.size_of(alert)
    audit.record("publish_alert", alert, by=by, university_id=alert.university_id, now=now, people=people)
    if people <= AT_ONCE:
        push(alert.id, 0, AT_ONCE, now=now)
    else:
        here, key = alert.university_id, f"alert:{alert.id}"
        tasks.enqueue(PUSH, {"alert": alert.id}, dedupe=key, university_id=here, by=by, now=now)
    return alert


@transaction
def push(alert_id: int, after: int, most: int, *, now: datetime) -> tuple[int, int]:
    """Tell the next ``most`` people of the audience after the person with this id: (last person's id, how many).

    Nobody is told twice, and nobody once the alert is over.
    """
    alert = db.session.get_one(Alert, alert_id)
    if alert.state is not AlertState.PUBLISHED or alert.expires_at <= now:
        return after, 0
    chosen = notices.audience_after(alert, after, most)
    named = notices.named_employer(alert)
    params = {
        "title": alert.title,
        "body": alert.body,
        "university": alert.university.name,
        "severity": alert.severity.value,
        "named": named.legal_name if named else "",
        "school": alert.university.slug,
        "alert": alert.public_id,
    }
    messages.queue(
        "protection/alert",
        chosen,
        params,
        subject=alert,
        university_id=alert.university_id,
        dedupe=f"alert:{alert.id}",
        now=now,
    )
    return (chosen[-1] if chosen else after), len(chosen)


@transaction
def end_alert(alert_id: int, *, version: int, by: int, now: datetime) -> Alert:
    """End an alert before its day (the archive keeps it), or give up an unpublished one. Raises AlertMoved."""
    alert = _moved(alert_id, AlertState.EXPIRED, version)
    alert.expires_at = min(alert.expires_at, now)
    audit.record("end_alert", alert, by=by, university_id=alert.university_id, now=now)
    return alert


@transaction
def expire_alerts(now: datetime) -> int:
    """End every alert whose day has come; how many."""
    due = notices.over(now)
    for alert in due:
        alert.state = move(alert.state, AlertState.EXPIRED)
        audit.record("end_alert", alert, by=None, university_id=alert.university_id, now=now)
    return len(due)
