"""Reads of wishes, of what is kept, and of how events fit a student."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import COMING
from fairs.guidance.models import IntentChoice, SavedItem, StudentIntent
from fairs.guidance.rules import Fit, Offer, Profile, Wish, Wishes, rank, wishes_of
from fairs.postings.models import Posting, PostingRevision
from fairs.postings.rules import POSTING_KIND_LABELS, PostingKind
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event, EventTarget, Occurrence
from fairs.programmes.queries import WITH_PLACES
from fairs.programmes.rules import EventState, OccurrenceState
from fairs.students.models import Student
from fairs.web.lists import Rows

VISITED = (EventState.APPROVED, EventState.OPEN, EventState.LOCKED, EventState.RUNNING)
"""States of events that are suggested: to come or under way."""
_MOST_RANKED = 60


def intent(person_id: int) -> StudentIntent | None:
    """A person's answers; None until they answered or skipped."""
    return db.session.scalars(
        sa.select(StudentIntent).where(StudentIntent.person_id == person_id)
    ).one_or_none()


def wishes(person_id: int) -> Wishes:
    """What a person wants; nothing in particular until they said so."""
    answered = intent(person_id)
    if answered is None:
        return Wishes()
    rows = db.session.execute(
        sa.select(IntentChoice.wish, IntentChoice.code).where(IntentChoice.intent_id == answered.id)
    )
    return wishes_of(answered.plan, [(wish, code) for wish, code in rows])


def profile(student: Student) -> Profile:
    """What the ranking may know of a student."""
    return Profile(
        major=student.major.national_code if student.major else "",
        department=student.department.code,
        degree=student.degree.value,
        cohort=str(student.cohort),
        wishes=wishes(student.person_id),
    )


@dataclass(frozen=True)
class Suggestion:
    """An event for a student with its first day to come, and why."""

    event: Event
    day: Occurrence
    fit: Fit


def suggestions(student: Student, now: datetime, most: int) -> list[Suggestion]:
    """The events to come that fit a student best; a fixed number of queries, however many events there are."""
    days = _days(student.university_id, now)
    known = profile(student)
    offers = _Offers(days.keys(), known, student.person_id)
    ranked = rank(known, [offers.of(event_id, starts_at) for event_id, (_day, starts_at) in days.items()])
    shown = _shown([days[fit.offer.event_id][0] for fit in ranked[:most]])
    return [
        Suggestion(shown[fit.offer.event_id].event, shown[fit.offer.event_id], fit) for fit in ranked[:most]
    ]


def _days(university_id: int, now: datetime) -> dict[int, tuple[int, datetime]]:
    """Event → its first day to come, of those that are ranked: number and start, no more is needed for that."""
    chosen = (
        sa.select(Occurrence.event_id, Occurrence.id, Occurrence.starts_at)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            programmes.taking_part(university_id),
            programmes.is_public(),
            Event.state.in_(VISITED),
            Occurrence.ends_at > now,
            Occurrence.state == OccurrenceState.PLANNED,
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
        .limit(_MOST_RANKED)
    )
    days: dict[int, tuple[int, datetime]] = {}
    for event_id, day_id, starts_at in db.session.execute(chosen):
        days.setdefault(event_id, (day_id, starts_at))
    return days


def _shown(day_ids: Collection[int]) -> dict[int, Occurrence]:
    """Event → its day, with what a card shows."""
    chosen = (
        sa.select(Occurrence)
        .where(Occurrence.id.in_(day_ids))
        .options(joinedload(Occurrence.event, innerjoin=True).joinedload(Event.university), WITH_PLACES)
    )
    return {day.event_id: day for day in db.session.scalars(chosen)}


class _Offers:
    """What the ranking may know of some events, read once for all of them."""

    def __init__(self, event_ids: Collection[int], known: Profile, person_id: int) -> None:
        self.events, self.wishes = event_ids, known.wishes
        self.targets = self._grouped(
            sa.select(EventTarget.event_id, EventTarget.dimension, EventTarget.code).where(
                EventTarget.event_id.in_(event_ids)
            )
        )
        asked = PostingRevision.fields["majors"].as_string().contains(f'"{known.major}"')
        self.units = self._counts(self._brought(Exhibitor.employer_id).where(asked)) if known.major else {}
        self.saved = self._counts(self._coming(Exhibitor.employer_id).where(_kept_by(person_id)))
        self.cities = self._met(PostingRevision.city, self.wishes.cities)
        self.kinds = self._met(Posting.kind, [PostingKind(kind) for kind in self.wishes.kinds])
        industries = self._coming(Employer.industry).join(Employer, Employer.id == Exhibitor.employer_id)
        of = industries.where(Employer.industry.in_(self.wishes.industries))
        self.industries = self._grouped(of) if self.wishes.industries else {}

    def of(self, event_id: int, starts_at: datetime) -> Offer:
        """One event."""
        return Offer(
            event_id=event_id,
            starts_at=starts_at,
            targets=frozenset((row[0].value, row[1]) for row in self.targets.get(event_id, ())),
            units=self.units.get(event_id, 0),
            saved=self.saved.get(event_id, 0),
            cities=frozenset(row[0] for row in self.cities.get(event_id, ())),
            industries=frozenset(row[0] for row in self.industries.get(event_id, ())),
            kinds=frozenset(row[0].value for row in self.kinds.get(event_id, ())),
        )

    def _coming(self, *columns: Any) -> sa.Select[Any]:
        return (
            sa.select(Exhibitor.event_id, *columns)
            .where(
                Exhibitor.event_id.in_(self.events),
                Exhibitor.state.in_(COMING),
                Exhibitor.ended_at.is_(None),
            )
            .distinct()
        )

    def _brought(self, *columns: Any) -> sa.Select[Any]:
        return (
            self._coming(*columns)
            .join(ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id)
            .join(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
            .join(Posting, Posting.id == PostingRevision.posting_id)
            .where(Posting.ended_at.is_(None))
        )

    def _met(self, column: Any, wanted: Collection[Any]) -> dict[int, list[tuple[Any, ...]]]:
        return self._grouped(self._brought(column).where(column.in_(wanted))) if wanted else {}

    def _grouped(self, statement: Rows) -> dict[int, list[tuple[Any, ...]]]:
        rows: dict[int, list[tuple[Any, ...]]] = {}
        for event_id, *values in db.session.execute(statement):
            rows.setdefault(event_id, []).append(tuple(values))
        return rows

    def _counts(self, statement: Rows) -> dict[int, int]:
        return {event_id: len(rows) for event_id, rows in self._grouped(statement).items()}


def _kept_by(person_id: int) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        SavedItem.person_id == person_id,
        SavedItem.employer_id == Exhibitor.employer_id,
        SavedItem.ended_at.is_(None),
    )


def kept(person_id: int) -> list[SavedItem]:
    """What a person keeps, the latest first, with employers and postings."""
    chosen = (
        sa.select(SavedItem)
        .where(SavedItem.person_id == person_id, SavedItem.ended_at.is_(None))
        .options(joinedload(SavedItem.employer), joinedload(SavedItem.posting))
        .order_by(SavedItem.saved_at.desc(), SavedItem.id.desc())
    )
    return list(db.session.scalars(chosen.limit(300)))


def kept_ids(person_id: int) -> dict[str, frozenset[int]]:
    """The numbers of the employers and of the postings that a person keeps."""
    rows = db.session.execute(
        sa.select(SavedItem.employer_id, SavedItem.posting_id).where(
            SavedItem.person_id == person_id, SavedItem.ended_at.is_(None)
        )
    ).all()
    return {
        "employer": frozenset(row[0] for row in rows if row[0]),
        "posting": frozenset(row[1] for row in rows if row[1]),
    }


@dataclass(frozen=True)
class KeptThing:
    """An employer or a posting that somebody keeps, as it is listed."""

    kind: str
    public_id: str
    name: str


def kept_things(person_id: int) -> list[KeptThing]:
    """What a person keeps, the latest first, by name."""
    rows = kept(person_id)
    names = titles([row.posting_id for row in rows if row.posting_id])
    things = []
    for row in rows:
        if row.employer is not None:
            things.append(KeptThing("employer", row.employer.public_id, row.employer.legal_name))
        elif row.posting is not None:
            things.append(KeptThing("posting", row.posting.public_id, names.get(row.posting.id, "")))
    return things


def titles(posting_ids: Collection[int]) -> dict[int, str]:
    """Posting → its title in the latest version that was handed in."""
    rows = db.session.execute(
        sa.select(PostingRevision.posting_id, PostingRevision.title)
        .where(PostingRevision.posting_id.in_(posting_ids), PostingRevision.frozen_at.is_not(None))
        .order_by(PostingRevision.no)
    )
    return dict(row for row in rows)


def wanted(university_id: int) -> dict[tuple[Wish, str], int]:
    """How many students of a university have each wish (S59)."""
    rows = db.session.execute(
        sa.select(IntentChoice.wish, IntentChoice.code, sa.func.count())
        .join(StudentIntent, StudentIntent.id == IntentChoice.intent_id)
        .where(StudentIntent.university_id == university_id)
        .group_by(IntentChoice.wish, IntentChoice.code)
    )
    return {(wish, code): count for wish, code, count in rows}


def plans(university_id: int) -> dict[Any, int]:
    """How many students of a university have each plan."""
    rows = db.session.execute(
        sa.select(StudentIntent.plan, sa.func.count())
        .where(StudentIntent.university_id == university_id, StudentIntent.plan.is_not(None))
        .group_by(StudentIntent.plan)
    )
    return {row[0]: row[1] for row in rows}


KIND_WORDS = {kind.value: label for kind, label in POSTING_KIND_LABELS.items()}
"""Kinds of work as wishes name them."""
