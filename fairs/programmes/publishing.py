"""From a draft to a published programme: its plan document, then everybody sees it; at last the archive (S31)."""

from dataclasses import dataclass
from datetime import datetime

from fairs.audit import actions as audit
from fairs.database import db, lock, transaction
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.programmes import season_queries as seasons
from fairs.programmes.models import Programme
from fairs.programmes.season_models import ProgrammePlan
from fairs.programmes.seasons import ProgrammeState, check_goes_on, move

_S = ProgrammeState


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A plan document as handed in: who answers for it, who does what, and the file with its name."""

    owner: str
    duties: str
    content: bytes
    name: str


@transaction
def set_plan(programme_id: int, draft: PlanDraft, *, by: int | None, now: datetime) -> ProgrammePlan:
    """Attach a plan document; an earlier one is kept and ends. Raises FileRefused, WrongProgrammeState."""
    programme = lock(Programme, programme_id)
    check_goes_on(programme.state)
    old = seasons.plan_of(programme_id)
    if old is not None:
        old.ended_at = now
        db.session.flush()
    kept = files.keep(
        draft.content,
        draft.name,
        FilePurpose.PLAN,
        by=by,
        university_id=programme.university_id,
        now=now,
    )
    plan = ProgrammePlan(
        programme_id=programme_id,
        owner=draft.owner.strip(),
        duties=draft.duties.strip(),
        file_id=kept.id,
        set_by=by,
        set_at=now,
    )
    db.session.add(plan)
    db.session.flush()
    _record("set_programme_plan", programme, by, now, owner=plan.owner)
    return plan


@transaction
def publish_programme(programme_id: int, *, by: int | None, now: datetime) -> Programme:
    """Let everybody see a programme. Raises PlanDocumentMissing, WrongProgrammeState."""
    programme = lock(Programme, programme_id)
    move(programme.state, _S.PUBLISHED, has_plan=seasons.plan_of(programme_id) is not None)
    programme.published_at = now
    _record("publish_programme", programme, by, now)
    return programme


@transaction
def take_back_programme(programme_id: int, *, by: int, now: datetime) -> Programme:
    """Make a programme a draft again; its events stay public by themselves. Raises WrongProgrammeState."""
    programme = lock(Programme, programme_id)
    move(programme.state, _S.DRAFT, has_plan=True)
    programme.published_at = None
    _record("take_back_programme", programme, by, now)
    return programme


@transaction
def archive_programme(programme_id: int, *, by: int, now: datetime) -> Programme:
    """Close a programme: no more events, still in the history. Raises WrongProgrammeState."""
    programme = lock(Programme, programme_id)
    move(programme.state, _S.ENDED, has_plan=True)
    programme.ended_at = now
    _record("archive_programme", programme, by, now)
    return programme


def _record(action: str, programme: Programme, by: int | None, now: datetime, **detail: str) -> None:
    audit.record(action, programme, by=by, university_id=programme.university_id, now=now, **detail)
