"""What changes activities that others run, and who says to have taken part in them (S10, S18)."""

from dataclasses import dataclass
from datetime import datetime

from fairs.audit import actions as audit
from fairs.clock import campus
from fairs.database import db, found, lock, new_public_id, transaction
from fairs.errors import Conflict, NotFound
from fairs.institutions.models import University
from fairs.programmes import season_queries as seasons
from fairs.programmes.campaigns import (
    ActivityState,
    WrongActivityState,
    check_begun,
    check_deadline,
    check_link,
    move,
)
from fairs.programmes.models import Programme
from fairs.programmes.rules import check_period
from fairs.programmes.season_models import ExternalActivity, ExternalPart
from fairs.programmes.seasons import check_goes_on

_S = ActivityState


@dataclass(frozen=True, kw_only=True)
class ActivityDraft:
    """An activity of somebody else as typed; instants are aware."""

    title: str
    url: str
    starts_at: datetime
    ends_at: datetime
    deadline_at: datetime | None = None
    organiser: str = ""
    audience: str = ""
    summary: str = ""
    campaign: str = ""
    programme_id: int | None = None


@transaction
def create_activity(
    draft: ActivityDraft, *, university_id: int, by: int | None, now: datetime
) -> ExternalActivity:
    """A new external activity as a draft. Raises LinkUnusable, PeriodInvalid, DeadlineOutside, NotFound."""
    school = found(db.session.get(University, university_id))
    public_id = new_public_id()
    row = ExternalActivity(
        public_id=public_id,
        university_id=university_id,
        uid=f"activity-{public_id}@{school.slug}.fairs",
        calendar_changed_at=now,
    )
    _word(row, draft)
    db.session.add(row)
    db.session.flush()
    _record("create_activity", row, by, now)
    return row


@transaction
def edit_activity(
    activity_id: int, draft: ActivityDraft, *, version: int, by: int, now: datetime
) -> ExternalActivity:
    """Word an activity anew; calendars follow. Raises as ``create_activity``, WrongActivityState, Conflict."""
    row = lock(ExternalActivity, activity_id)
    if row.version != version:
        raise Conflict
    if row.state is _S.CANCELLED:
        raise WrongActivityState(state="已取消")
    _word(row, draft)
    _changed(row, now)
    _record("edit_activity", row, by, now)
    return row


def _word(row: ExternalActivity, draft: ActivityDraft) -> None:
    check_link(draft.url)
    check_period(draft.starts_at, draft.ends_at)
    check_deadline(draft.deadline_at, draft.ends_at)
    if draft.programme_id is not None:
        programme = found(db.session.get(Programme, draft.programme_id))
        if programme.university_id not in {None, row.university_id}:
            raise NotFound
        if row.programme_id != programme.id:  # what belonged to it before the archive may be worded anew
            check_goes_on(programme.state)
    for name, value in vars(draft).items():
        setattr(row, name, value)


def _changed(row: ExternalActivity, now: datetime) -> None:
    row.sequence += 1
    row.calendar_changed_at = now


@transaction
def publish_activity(activity_id: int, *, by: int | None, now: datetime) -> ExternalActivity:
    """Show an activity on the public pages and in the calendars. Raises WrongActivityState."""
    return _move(activity_id, _S.PUBLISHED, "publish_activity", by, now)


@transaction
def cancel_activity(activity_id: int, *, by: int, now: datetime) -> ExternalActivity:
    """Mark an activity as called off; a published one stays in calendars, marked. Raises WrongActivityState."""
    return _move(activity_id, _S.CANCELLED, "cancel_activity", by, now)


def _move(
    activity_id: int, to: ActivityState, action: str, by: int | None, now: datetime
) -> ExternalActivity:
    row = lock(ExternalActivity, activity_id)
    row.state = move(row.state, to)
    _changed(row, now)
    _record(action, row, by, now)
    return row


@transaction
def took_part(activity_id: int, person_id: int, now: datetime) -> ExternalPart:
    """A student of the university says to have taken part; saying it twice is once (S18).

    Raises NotYetBegun, WrongActivityState; NotFound for anybody who is no student there.
    """
    row = lock(ExternalActivity, activity_id)
    if not seasons.is_student(person_id, row.university_id):
        raise NotFound
    check_begun(row.state, row.starts_at, now)
    present = seasons.part_in(activity_id, person_id)
    if present is not None:
        return present
    part = ExternalPart(activity_id=activity_id, person_id=person_id, at=now)
    db.session.add(part)
    db.session.flush()
    _record("took_part", row, person_id, now, on=f"{campus(now):%Y-%m-%d}")
    return part


@transaction
def take_back_part(activity_id: int, person_id: int, now: datetime) -> None:
    """A student takes it back. Raises NotFound where nothing was said."""
    row = lock(ExternalActivity, activity_id)
    found(seasons.part_in(activity_id, person_id)).ended_at = now
    _record("took_back_part", row, person_id, now)


def _record(action: str, row: ExternalActivity, by: int | None, now: datetime, **detail: str) -> None:
    audit.record(action, row, by=by, university_id=row.university_id, now=now, title=row.title, **detail)
