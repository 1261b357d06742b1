"""Taking down what changed rules object to: a new case, no more showing, and word to the employer (S36)."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.audit import actions as audit
from fairs.clauses import catalogue
from fairs.database import db, found, lock, locked, transaction
from fairs.errors import Conflict
from fairs.postings import shelves
from fairs.postings.changes import ChangeKind, ChangeState, check_change
from fairs.postings.models import RuleChange
from fairs.tasks import actions as tasks
from fairs.tasks import queries as task_queries
from fairs.tasks.models import Task
from fairs.vetting import actions as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import WAITING

KIND = "postings.recheck"


@transaction
def start_recheck(university_id: int, *, by: int, now: datetime, workers: int = 1) -> Task:
    """Queue a re-check of everything that a university shows. Raises Conflict while one is under way."""
    task = tasks.enqueue(
        KIND,
        {"university_id": university_id, "workers": workers},
        dedupe=f"{KIND}:{university_id}",
        university_id=university_id,
        by=by,
        now=now,
    )
    audit.record(
        "start_recheck", task, by=by, university_id=university_id, now=now, rulebook=catalogue.version()
    )
    return task


def last_recheck(university_id: int) -> Task | None:
    """The latest re-check of a university, under way or over."""
    return db.session.scalars(task_queries.tasks(university_id, {"kind": KIND}).limit(1)).first()


def put_again(change: RuleChange, *, by: int | None, now: datetime) -> VettingCase:
    """Stop showing a text and put the same version before the university again. Inside actions."""
    before = lock(VettingCase, change.case_id)
    case = before if before.state in WAITING else vetting.open_again(change.case_id, by=by, now=now)
    change.new_case_id, change.state = case.id, ChangeState.TAKEN_DOWN
    shelves.of(case.subject_kind).stop_showing(change, case, now)
    return case


@transaction
def answer_changes(
    public_ids: Iterable[str],
    university_id: int,
    to: ChangeState,
    reason: str = "",
    *,
    by: int,
    now: datetime,
) -> int:
    """Take down, or go on showing, what a re-check has listed; how many. All or none.

    Raises NotFound, ChangeAnswered, or Conflict where a text is no longer shown.
    """
    numbers = sorted(_numbers(public_ids, university_id))
    for number in numbers:
        _answer(number, to, reason, by, now)
    return len(numbers)


def _numbers(public_ids: Iterable[str], university_id: int) -> list[int]:
    wanted = sorted(set(public_ids))
    chosen = sa.select(RuleChange.id).where(
        RuleChange.public_id.in_(wanted), RuleChange.university_id == university_id
    )
    numbers = list(db.session.scalars(chosen))
    return found(numbers if len(numbers) == len(wanted) else None)


def _answer(number: int, to: ChangeState, reason: str, by: int, now: datetime) -> None:
    change = locked(sa.select(RuleChange).where(RuleChange.id == number))
    case = found(db.session.get(VettingCase, change.case_id))
    change.state = check_change(change.state, to, case.title)
    change.decided_by, change.decided_at, change.reason = by, now, reason.strip()[:300]
    subject = shelves.of(case.subject_kind).held(shelves.text_of(change, case))
    school, about = change.university_id, subject or case
    audit.record("answer_rule_change", about, by=by, university_id=school, now=now, answer=to.value)
    if to is ChangeState.TAKEN_DOWN:
        if subject is None:
            raise Conflict
        put_again(change, by=by, now=now)


ChangeRow = sa.Select[RuleChange, VettingCase]


def changes(university_id: int, *, state: str = "", kind: str = "") -> ChangeRow:
    """Rows (change, case by which the text was shown) of a university, newest first."""
    chosen = (
        sa.select(RuleChange, VettingCase)
        .join(VettingCase, VettingCase.id == RuleChange.case_id)
        .where(RuleChange.university_id == university_id)
        .options(joinedload(RuleChange.new_case), joinedload(VettingCase.employer))
    )
    if state in set(ChangeState):
        chosen = chosen.where(RuleChange.state == ChangeState(state))
    if kind in set(ChangeKind):
        chosen = chosen.where(RuleChange.kind == ChangeKind(kind))
    return chosen.order_by(RuleChange.id.desc())


def change(public_id: str, university_id: int) -> RuleChange:
    """A change at a university. Raises NotFound."""
    chosen = sa.select(RuleChange).where(
        RuleChange.public_id == public_id, RuleChange.university_id == university_id
    )
    return found(db.session.scalars(chosen.options(joinedload(RuleChange.new_case))).one_or_none())


def listed(university_id: int) -> int:
    """How many changes wait for an officer."""
    chosen = sa.select(sa.func.count()).where(
        RuleChange.university_id == university_id, RuleChange.state == ChangeState.LISTED
    )
    return db.session.scalar(chosen) or 0
