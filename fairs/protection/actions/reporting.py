"""Somebody reports a posting or a booth: a case is opened, or the open one is joined (S42, S127)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.employers.actions.papers import Upload
from fairs.exhibitors.models import Exhibitor
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.institutions import duties
from fairs.institutions.models import University
from fairs.postings.models import Posting
from fairs.protection import queries
from fairs.protection.models import Complaint, Report
from fairs.protection.queries import Target
from fairs.protection.rules import (
    AlreadyReported,
    ComplaintState,
    Reason,
    Source,
    check_text,
    earliest,
)
from fairs.workdays import queries as workdays


@dataclass(frozen=True)
class Reporter:
    """Who reports: a student (by name or not), a visitor (with a way to be reached or not), floor staff."""

    source: Source
    person_id: int | None = None
    named: bool = False
    contact: str = ""


@dataclass(frozen=True)
class Draft:
    """What is reported. ``once`` is made with the form: the same twice is one report."""

    reason: Reason
    text: str
    once: str
    picture: Upload | None = None


@transaction
def report(target: Target, draft: Draft, reporter: Reporter, *, now: datetime) -> Report:
    """Take a report in; whoever gives their name is answered within five working days (S127).

    A second click gives the first report. Raises TextMissing, FileRefused, or AlreadyReported where the same
    person has one in the open case.
    """
    text = check_text(draft.text)
    _lock_target(target)
    before = queries.report_once(draft.once)
    if before is not None and _same(before.complaint, target):
        return before
    case = queries.open_complaint(target) or _open(target, now)
    _check_first(case, reporter)
    made = Report(
        complaint_id=case.id,
        once=draft.once,
        source=reporter.source,
        reporter_id=reporter.person_id,
        named=reporter.named,
        contact=reporter.contact.strip()[:120],
        reason=draft.reason,
        text=text,
        file_id=_kept(target, draft, now),
        at=now,
        due_at=_due(target, now) if reporter.named else None,
    )
    case.due_at = earliest(case.due_at, made.due_at)
    db.session.add(made)
    # the trail is read by many: it says that a report came, never from whom
    detail = {"reason": draft.reason.value, "source": reporter.source.value}
    audit.record("report_received", case, by=None, university_id=target.university_id, now=now, **detail)
    return made


def _lock_target(target: Target) -> None:
    """Reports on one thing follow one another, so that they meet in one case."""
    if target.posting_id is not None:
        lock(Posting, target.posting_id)
    elif target.exhibitor_id is not None:
        lock(Exhibitor, target.exhibitor_id)


def _same(case: Complaint, target: Target) -> bool:
    return (case.posting_id, case.exhibitor_id) == (target.posting_id, target.exhibitor_id)


def _open(target: Target, now: datetime) -> Complaint:
    case = Complaint(
        university_id=target.university_id,
        posting_id=target.posting_id,
        revision_no=target.revision_no,
        exhibitor_id=target.exhibitor_id,
        employer_id=target.employer_id,
        title=target.title[:200],
        state=ComplaintState.RECEIVED,
        opened_at=now,
    )
    db.session.add(case)
    db.session.flush()
    audit.record("open_complaint", case, by=None, university_id=target.university_id, now=now)
    return case


def _check_first(case: Complaint, reporter: Reporter) -> None:
    if reporter.person_id is None:
        return
    mine = sa.select(Report.id).where(
        Report.complaint_id == case.id, Report.reporter_id == reporter.person_id
    )
    if db.session.scalar(mine) is not None:
        raise AlreadyReported


def _kept(target: Target, draft: Draft, now: datetime) -> int | None:
    """The picture's file; nobody is written down as having uploaded it."""
    if draft.picture is None:
        return None
    kept = files.keep(
        draft.picture.content,
        "picture",
        FilePurpose.EVIDENCE,
        by=None,
        university_id=target.university_id,
        now=now,
    )
    return kept.id


def _due(target: Target, now: datetime) -> datetime:
    settings = found(db.session.get(University, target.university_id)).settings
    days = duties.whole(settings, "complaint_workdays")
    return workdays.calendar(target.university_id, around=campus_day(now)).deadline(now, days)


@transaction
def forget(person_id: int) -> None:
    """A person's reports stay as nobody's, when their data are erased (an inner step of that action)."""
    mine = sa.update(Report).where(Report.reporter_id == person_id)
    db.session.execute(mine.values(reporter_id=None, named=False, contact=""))
