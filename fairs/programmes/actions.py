"""What changes programmes and events. Opening, cancelling and the like are in ``operations``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.errors import Conflict, NotFound
from fairs.institutions.models import University
from fairs.programmes import details, partners, parts, queries, wording
from fairs.programmes import season_queries as seasons
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    EventTexts,
    OrganiserDraft,
    SlotDraft,
    Target,
    check_dates,
    check_days,
    period_of,
)
from fairs.programmes.models import (
    Event,
    Occurrence,
    Programme,
)
from fairs.programmes.permits import under_permits
from fairs.programmes.rules import (
    WITH_BOOTHS,
    ProgrammeKind,
    check_ahead,
    check_words_open,
)
from fairs.programmes.seasons import check_goes_on, check_parent
from fairs.venues import actions as venues
from fairs.venues.models import Space


@dataclass(frozen=True, kw_only=True)
class ProgrammeTexts:
    """A programme's name, theme and dates (both included)."""

    kind: ProgrammeKind
    name: str
    starts_on: date
    ends_on: date
    theme: str = ""
    summary: str = ""
    cohort: int | None = None
    parent_id: int | None = None
    slogan: str = ""


@transaction
def create_programme(
    texts: ProgrammeTexts, *, university_id: int | None, by: int | None, now: datetime
) -> Programme:
    """A new programme of a university as a draft; without one it is a province's or the ministry's (S1, S31)."""
    _check_parent(None, texts.parent_id, university_id)
    programme = Programme(university_id=university_id, **_programme_values(texts))
    db.session.add(programme)
    audit.record(
        "create_programme", programme, by=by, university_id=university_id, now=now, kind=texts.kind.value
    )
    return programme


@transaction
def edit_programme(programme_id: int, texts: ProgrammeTexts, *, by: int, now: datetime) -> Programme:
    """Change a programme's words, window and place in the tree; events already linked stay.

    Raises TreeCircle, WrongProgrammeState for an archived one.
    """
    programme = lock(Programme, programme_id)
    check_goes_on(programme.state)
    _check_parent(programme_id, texts.parent_id, programme.university_id)
    for name, value in _programme_values(texts).items():
        setattr(programme, name, value)
    audit.record(
        "edit_programme", programme, by=by, university_id=programme.university_id, now=now, name=texts.name
    )
    return programme


def _check_parent(number: int | None, parent_id: int | None, university_id: int | None) -> None:
    """Raises NotFound for a parent of another university, TreeCircle for one below the programme itself."""
    known = seasons.parents(university_id)
    if parent_id is not None and parent_id not in known:
        raise NotFound
    check_parent(number, parent_id, known)


def _programme_values(texts: ProgrammeTexts) -> dict[str, object]:
    check_dates(texts.starts_on, texts.ends_on)
    return {
        "kind": texts.kind,
        "name": texts.name,
        "theme": texts.theme,
        "summary": texts.summary,
        "cohort": texts.cohort,
        "slogan": texts.slogan,
        "parent_id": texts.parent_id,
        "starts_on": texts.starts_on,
        "ends_on": texts.ends_on,
    }


@transaction
def create_event(draft: EventDraft, *, by: int | None, now: datetime) -> Event:
    """A new event as a draft, with its days, slots, organisers, schools, targets and programmes.

    Raises AccountableMissing, DaysMissing, DayTwice, PeriodInvalid, DatePassed, OutsideProgramme, Clashing,
    HallTaken, HostUnknown, BookedLate; WrongProgrammeState for an archived programme; NotFound for a department or
    programme of another university.
    """
    school = lock(University, draft.university_id)  # the number is counted under this lock
    details.check_department(draft)
    periods = [period_of(day) for day in draft.days]
    check_days(periods)
    check_ahead(max(ends_at for _starts_at, ends_at in periods), now)
    details.check_clashes(draft, periods)
    event = _event_of(draft, school, now)
    db.session.add(event)
    db.session.flush()
    if draft.kind in WITH_BOOTHS:
        db.session.add(parts.fair(event, draft.fair))
    parts.add_days(event, school, draft, periods, now)
    parts.add_lead(event, draft.lead)
    parts.set_organisers(event, draft.organisers or (parts.alone(school),))
    parts.set_targets(event, draft.targets)
    parts.link(event, draft.programmes, min(periods)[0])
    details.add(event, draft)
    audit.record("create_event", event, by=by, university_id=school.id, now=now, no=event.no)
    partners.invite_all(event, draft.partners, by=by, now=now)
    if draft.space_id is not None:
        take_space(event.id, draft.space_id, late_reason=draft.late_reason, by=by, now=now)
    return event


@transaction
def take_space(event_id: int, space_id: int, *, late_reason: str = "", by: int | None, now: datetime) -> None:
    """Take a space firmly for every day of an event, instead of what it held before.

    Raises Conflict with SpaceTaken's sentence where it is not free, BookedLate for a talk's room without a
    reason (P16), NotFound for another university's.
    """
    event = lock(Event, event_id)
    check_words_open(event.state)
    details.check_room_in_time(event, late_reason, now)
    space = found(db.session.get(Space, space_id))
    if space.university_id != event.university_id:
        raise NotFound
    with under_permits(event, by=by, now=now):
        for day in queries.occurrences(event_id):
            venues.release(day.id, by=by, now=now)
            booking = venues.Booking(day.id, day.starts_at, day.ends_at)
            venues.book_space(space.id, booking, firm=True, by=by, now=now)
            if event.published_at is not None:
                parts.touch(day, now)


def _event_of(draft: EventDraft, school: University, now: datetime) -> Event:
    return Event(
        no=_next_no(school.id, campus_day(now).year),
        university_id=school.id,
        department_id=draft.department_id,
        kind=draft.kind,
        scope=draft.scope,
        level=draft.level,
        mode=draft.mode,
        title=draft.title,
        summary=draft.summary,
        online_url=draft.online_url,
        cloned_from_id=draft.cloned_from_id,
        created_at=now,
    )


def _next_no(university_id: int, year: int) -> str:
    last = db.session.scalar(
        sa.select(Event.no)
        .where(Event.university_id == university_id, Event.no.like(f"{year}-%"))
        .order_by(sa.func.length(Event.no).desc(), Event.no.desc())
        .limit(1)
    )
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


def _event(event_id: int, version: int) -> Event:
    event = lock(Event, event_id)
    if event.version != version:
        raise Conflict
    return event


@transaction
def edit_event(
    event_id: int,
    texts: EventTexts,
    *,
    targets: Sequence[Target],
    organisers: Sequence[OrganiserDraft] | None = None,
    version: int,
    by: int,
    now: datetime,
) -> Event:
    """Word an event anew. Each day's calendar entry changes with it where people see the words.

    Raises WrongEventState once the event is over, AccountableMissing, Conflict if it changed meanwhile; and what
    those raise who listen to changes of words (``wording``).
    """
    event = _event(event_id, version)
    check_words_open(event.state)
    before, mode = wording.words_of(event), event.mode
    for name in ("title", "summary", "online_url", "level", "mode", "scope"):
        setattr(event, name, getattr(texts, name))
    parts.set_targets(event, targets, among=parts.AIMS)
    if organisers is not None:
        parts.set_organisers(event, organisers)
    if (before, mode) != (wording.words_of(event), event.mode):
        _touch_days(event.id, now)
        wording.changed(event, before, by=by, now=now)
    audit.record("edit_event", event, by=by, university_id=event.university_id, now=now, title=texts.title)
    return event


def _touch_days(event_id: int, now: datetime) -> None:
    for occurrence in db.session.scalars(sa.select(Occurrence).where(Occurrence.event_id == event_id)):
        parts.touch(occurrence, now)


@transaction
def change_slots(event_id: int, slots: SlotDraft, *, version: int, by: int, now: datetime) -> None:
    """Cut the days of an event anew. Once it was open the number of slots stays: people hold places in them.

    Raises SlotsInUse, LicenceHolds, WrongEventState once the event is over, Conflict if it changed meanwhile.
    """
    event = _event(event_id, version)
    check_words_open(event.state)
    event.version += 1
    with under_permits(event, by=by, now=now):
        parts.cut_anew(event, slots)
    audit.record(
        "change_slots",
        event,
        by=by,
        university_id=event.university_id,
        now=now,
        count=slots.count,
        capacity=slots.capacity,
    )


@transaction
def set_occurrence_time(occurrence_id: int, day: DayDraft, *, by: int, now: datetime) -> Occurrence:
    """Move a day by the campus clock, with its slots and the spaces booked for it.

    Raises PeriodInvalid, DayTwice, WrongEventState, LicenceHolds, and Conflict with SpaceTaken's sentence
    where the hall is not free then.
    """
    number = db.session.scalar(sa.select(Occurrence.event_id).where(Occurrence.id == occurrence_id))
    event = lock(Event, found(number))
    check_words_open(event.state)
    occurrence = lock(Occurrence, occurrence_id)
    starts_at, ends_at = period_of(day)
    others = db.session.execute(
        sa.select(Occurrence.starts_at, Occurrence.ends_at).where(
            Occurrence.event_id == event.id, Occurrence.id != occurrence.id
        )
    )
    check_days([(starts_at, ends_at), *((a, b) for a, b in others)])
    before = occurrence.starts_at
    with under_permits(event, by=by, now=now):
        if occurrence.ordinal == 1:
            parts.shift_limits(event.id, starts_at - before)
        occurrence.starts_at, occurrence.ends_at, occurrence.place = starts_at, ends_at, day.place
        parts.touch(occurrence, now)
        event.version += 1
        parts.move_slots(occurrence)
        parts.move_shifts(occurrence.id, starts_at - before, now)
        venues.move_uses(occurrence.id, starts_at, ends_at)
    audit.record(
        "set_occurrence_time",
        occurrence,
        by=by,
        university_id=event.university_id,
        now=now,
        before=before.isoformat(),
        after=starts_at.isoformat(),
    )
    return occurrence
