"""What came of invitations: a fair's forecast, and the conversion by fair and by introducer (S14, S26)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from fairs.database import db
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.invitations.candidates import CAME, MISSED
from fairs.invitations.forecast import Expected, Rates, expected, rates
from fairs.invitations.models import Invitation
from fairs.invitations.rules import OPEN, InvitationState
from fairs.programmes.models import Event, Occurrence
from fairs.venues import queries as venues

S = InvitationState
_PLACED = (ExhibitorState.CONFIRMED, ExhibitorState.CHECKED_IN, ExhibitorState.DEPARTED)


@dataclass(frozen=True)
class Outlook:
    """A fair's invitations and who is expected: ``coming`` accepted or asked themselves; ``booths`` in its plan."""

    by_state: dict[InvitationState, int]
    coming: int
    booths: int
    rates: Rates = field(default_factory=Rates)

    @property
    def invited(self) -> int:
        """Invitations that were not taken back."""
        return sum(count for state, count in self.by_state.items() if state is not S.REVOKED)

    @property
    def waiting(self) -> int:
        """Invitations without an answer yet."""
        return sum(self.by_state.get(state, 0) for state in OPEN)

    def expected(self, more: int = 0) -> Expected:
        """Who is expected, if ``more`` are invited besides."""
        return expected(self.waiting + more, self.coming, self.rates)


def outlook(event: Event) -> Outlook:
    """A fair's invitations by state, and what is expected of them."""
    rows = db.session.execute(
        sa.select(Invitation.state, sa.func.count())
        .where(Invitation.event_id == event.id)
        .group_by(Invitation.state)
    )
    plan = venues.latest_plan(event.id)
    return Outlook(
        by_state=dict(row for row in rows),
        coming=_coming(event.id),
        booths=len(venues.booths(plan.id)) if plan else 0,
        rates=_rates(event.university_id),
    )


def _coming(event_id: int) -> int:
    asked = sa.select(Exhibitor.employer_id).where(
        Exhibitor.event_id == event_id, Exhibitor.ended_at.is_(None)
    )
    accepted = sa.select(Invitation.employer_id).where(
        Invitation.event_id == event_id, Invitation.state == S.ACCEPTED
    )
    everybody = sa.union(asked, accepted).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(everybody)) or 0


def _rates(university_id: int) -> Rates:
    answered = (S.ACCEPTED, S.DECLINED, S.EXPIRED)
    invited, accepted = db.session.execute(
        sa.select(sa.func.count(), _sum(Invitation.state == S.ACCEPTED))
        .select_from(Invitation)
        .join(Event, Event.id == Invitation.event_id)
        .where(Event.university_id == university_id, Invitation.state.in_(answered))
    ).one()
    came, missed = db.session.execute(
        sa.select(_sum(CAME), _sum(MISSED))
        .select_from(Exhibitor)
        .join(Event, Event.id == Exhibitor.event_id)
        .where(Event.university_id == university_id)
    ).one()
    return rates(invited, int(accepted), int(came) + int(missed), int(came))


def _sum(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


@dataclass(frozen=True)
class Line:
    """Conversion of one fair or introducer: how many were invited, opened, accepted, asked for a booth, came."""

    name: str
    event: Event | None
    invited: int
    opened: int
    accepted: int
    declined: int
    asked: int
    placed: int
    came: int

    @property
    def share(self) -> int:
        """Accepted of those invited, in percent."""
        return round(100 * self.accepted / self.invited) if self.invited else 0


def _counts() -> list[Any]:
    asked = sa.and_(Exhibitor.id.is_not(None), Exhibitor.state != ExhibitorState.DRAFT)
    return [
        sa.func.count(sa.distinct(Invitation.id)),
        _sum(Invitation.opened_at.is_not(None)),
        _sum(Invitation.state == S.ACCEPTED),
        _sum(Invitation.state == S.DECLINED),
        _sum(asked),
        _sum(Exhibitor.state.in_(_PLACED)),
        _sum(CAME),
    ]


def _joined(statement: Any, university_id: int, departments: Collection[int] | None) -> Any:
    """Invitations with the live or confirmed request that came of each (one at most: P10)."""
    place = sa.and_(
        Exhibitor.event_id == Invitation.event_id,
        Exhibitor.employer_id == Invitation.employer_id,
        Exhibitor.id == _latest_place(),
    )
    chosen = (
        statement.select_from(Invitation)
        .join(Event, Event.id == Invitation.event_id)
        .outerjoin(Exhibitor, place)
        .where(Event.university_id == university_id, Invitation.state != S.REVOKED)
    )
    return chosen if departments is None else chosen.where(Event.department_id.in_(departments))


def _latest_place() -> Any:
    other = sa.orm.aliased(Exhibitor)
    return (
        sa.select(sa.func.max(other.id))
        .where(other.event_id == Invitation.event_id, other.employer_id == Invitation.employer_id)
        .correlate(Invitation)
        .scalar_subquery()
    )


def by_fair(university_id: int, departments: Collection[int] | None = None) -> Sequence[Line]:
    """The conversion of each event that invited, the latest event first; of these departments only, if given."""
    first = sa.select(Occurrence.starts_at).where(Occurrence.event_id == Event.id, Occurrence.ordinal == 1)
    statement = _joined(sa.select(Event, *_counts()), university_id, departments)
    rows = db.session.execute(
        statement.group_by(Event.id).order_by(first.scalar_subquery().desc(), Event.id).limit(200)
    )
    return [Line(event.title, event, *map(int, figures)) for event, *figures in rows]


def by_introducer(university_id: int, departments: Collection[int] | None = None) -> Sequence[Line]:
    """The conversion of each introducer (S26), the most invitations first; without one the name is empty."""
    statement = _joined(sa.select(Invitation.introducer, *_counts()), university_id, departments)
    count = sa.func.count(sa.distinct(Invitation.id))
    rows = db.session.execute(
        statement.group_by(Invitation.introducer).order_by(count.desc(), Invitation.introducer).limit(200)
    )
    return [Line(name, None, *map(int, figures)) for name, *figures in rows]


def introducers(university_id: int) -> list[str]:
    """Names of introducers used before, for typing ahead."""
    chosen = (
        sa.select(Invitation.introducer)
        .join(Event, Event.id == Invitation.event_id)
        .where(Event.university_id == university_id, Invitation.introducer != "")
        .distinct()
        .order_by(Invitation.introducer)
    )
    return list(db.session.scalars(chosen.limit(200)))
