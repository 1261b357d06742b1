"""Requests against a sanction: a written explanation, judged by a second officer (P13)."""

from datetime import datetime

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, transaction
from fairs.employers import records
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.sanctions import end_sanction, locked_sanction
from fairs.employers.actions.standings import moment, tell
from fairs.employers.models import EmployerStanding, Sanction, SanctionAppeal
from fairs.employers.rules import ReasonMissing, StandingState, check_move
from fairs.employers.sanctions import (
    APPEAL_WORKDAYS,
    BARRING,
    AppealState,
    check_appeal_move,
    check_ask_again,
    check_explanation,
    check_second,
)
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.workdays.queries import calendar


@transaction
def ask_relief(
    sanction_id: int, reason: str, letter: Upload | None, *, by: int, now: datetime
) -> SanctionAppeal:
    """The employer explains itself in writing; a second officer answers within 5 working days.

    Raises ExplanationMissing, SanctionOver, AskedTooSoon, FileRefused, or Conflict while a request waits.
    """
    check_explanation(reason)
    sanction, standing = locked_sanction(sanction_id)
    today, here = campus_day(now), standing.university_id
    refused = next((row.decided_at for row in records.appeals(sanction.id) if row.decided_at), None)
    check_ask_again(campus_day(refused) if refused else None, today)
    kept = None
    if letter is not None:
        kept = files.keep(
            letter.content, letter.name, FilePurpose.EVIDENCE, by=by, university_id=here, now=now
        )
    appeal = SanctionAppeal(
        sanction_id=sanction.id,
        reason=reason.strip(),
        file_id=kept.id if kept else None,
        asked_by=by,
        asked_at=now,
        due_at=calendar(here, around=today).deadline(now, APPEAL_WORKDAYS),
        imposed_by=sanction.imposed_by,
    )
    db.session.add(appeal)
    db.session.flush()
    if sanction.kind in BARRING:
        check_move(standing.state, StandingState.REINSTATEMENT_REQUESTED)
        standing.state, standing.due_at = StandingState.REINSTATEMENT_REQUESTED, appeal.due_at
    audit.record("relief_asked", standing, by=by, university_id=here, now=now, sanction=sanction.id)
    tell(standing, "employers/relief_asked", now, due=moment(appeal.due_at))
    return appeal


@transaction
def answer_relief(appeal_id: int, grant: bool, answer: str, *, by: int, now: datetime) -> SanctionAppeal:
    """A second officer grants a request, which ends the sanction, or refuses it; both with a reason.

    Raises ReasonMissing, SecondOfficer, or SanctionOver for whoever comes second.
    """
    if not answer.strip():
        raise ReasonMissing(field="answer")
    asked = found(db.session.get(SanctionAppeal, appeal_id))
    sanction, standing = locked_sanction(asked.sanction_id)
    db.session.refresh(asked)
    to = AppealState.GRANTED if grant else AppealState.REFUSED
    check_appeal_move(asked.state, to)
    check_second(by, asked.imposed_by)
    asked.state, asked.answer, asked.decided_by, asked.decided_at = to, answer.strip(), by, now
    db.session.flush()
    if grant:
        end_sanction(sanction, standing, answer, by=by, now=now)
    else:
        _refused(sanction, standing, answer, by, now)
    return asked


def _refused(sanction: Sanction, standing: EmployerStanding, answer: str, by: int, now: datetime) -> None:
    if sanction.kind in BARRING:
        check_move(standing.state, BARRING[sanction.kind])
        standing.state, standing.due_at = BARRING[sanction.kind], None
    here = standing.university_id
    audit.record("relief_refused", standing, by=by, university_id=here, now=now, reason=answer.strip())
    tell(standing, "employers/relief_refused", now, reason=answer.strip())
