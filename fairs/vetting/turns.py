"""Whose turn a case is: who at a university may take its next step, and what comes next for an officer."""

from collections import defaultdict
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.clock import campus_day
from fairs.database import db
from fairs.vetting import queries
from fairs.vetting.judges import SECOND, Steps, judges, may_decide
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import EARLIER_DECISION, CaseState, VerdictKind


def officers(university_id: int, today: date) -> dict[int, str]:
    """The people of the career centre who decide on texts, with their names."""
    kinds = (RoleKind.CAREER_OFFICER, RoleKind.CAREER_DIRECTOR)
    people = [person for kind in kinds for person in accounts.people_with(kind, university_id, today)]
    return {person.id: person.name for person in people}


def office(case: VettingCase, now: datetime) -> dict[int, str]:
    """Who decides at a case's university; not asked while anybody may (``judges.SECOND``)."""
    return officers(case.university_id, campus_day(now)) if case.state in SECOND else {}


def steps(case_id: int) -> Steps:
    """What was done on a case and by whom, oldest first."""
    chosen = sa.select(Decision.verdict, Decision.by).where(Decision.case_id == case_id)
    return [(row[0], row[1]) for row in db.session.execute(chosen.order_by(Decision.seq))]


def turn_of(case: VettingCase, now: datetime) -> set[int]:
    """Who may take the next step on a case that waits for another officer."""
    return judges(case.state, case.submitted_by, steps(case.id), office(case, now))


def _for_others(university_id: int, officer: int, now: datetime) -> list[int]:
    """Ids of waiting cases on which this officer has spoken and somebody else must."""
    own = aliased(Decision)
    mine = sa.exists().where(
        own.case_id == VettingCase.id, own.by == officer, own.verdict.in_(EARLIER_DECISION)
    )
    chosen = (
        sa.select(VettingCase.id, VettingCase.state, VettingCase.submitted_by, Decision.verdict, Decision.by)
        .join(Decision, Decision.case_id == VettingCase.id)
        .where(VettingCase.university_id == university_id, VettingCase.state.in_(SECOND), mine)
        .order_by(Decision.case_id, Decision.seq)
    )
    done: dict[tuple[int, CaseState, int | None], list[tuple[VerdictKind, int]]] = defaultdict(list)
    for number, state, author, verdict, by in db.session.execute(chosen):
        done[number, state, author].append((verdict, by))
    here = officers(university_id, campus_day(now)) if done else {}
    return [
        number
        for (number, state, author), taken in done.items()
        if not may_decide(state, officer, author, taken, here)
    ]


def next_case(
    university_id: int, officer: int, after: VettingCase | None = None, *, wanted: str = "", now: datetime
) -> VettingCase | None:
    """The waiting case that this officer may decide and that comes after ``after`` in the order of urgency.

    After the last one, and where ``after`` does not wait any more, the most urgent; never ``after`` itself. The
    case with the public id ``wanted`` goes before all others while it waits.
    """
    others = VettingCase.id.not_in(_for_others(university_id, officer, now))
    may = sa.and_(VettingCase.submitted_by.is_distinct_from(officer), others)
    here = after.id if after is not None else 0
    # numbered, so that whoever leaves one out comes to the third text and not back to the first
    ranked = (
        queries.work_queue(university_id)
        .where(sa.or_(may, VettingCase.id == here))
        .with_only_columns(
            VettingCase.id,
            VettingCase.public_id,
            sa.func.row_number().over(order_by=(*queries.URGENCY, VettingCase.id)).label("place"),
        )
        .order_by(None)
        .cte("ranked")
    )
    place = sa.select(ranked.c.place).where(ranked.c.id == here).scalar_subquery()
    rest = sa.select(ranked.c.id).where(ranked.c.id != here)
    order = (ranked.c.public_id != wanted, ranked.c.place < sa.func.coalesce(place, 0), ranked.c.place)
    number = db.session.scalar(rest.order_by(*order).limit(1))
    return db.session.get(VettingCase, number) if number is not None else None
