"""Reads behind the shares: employers, appearances and positions of events, by a trait of the employers (S91–S93)."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from fairs.checkin.queries import ATTENDING
from fairs.clock import campus_day
from fairs.database import db
from fairs.employers.listed import bearers
from fairs.employers.marks import TagKind
from fairs.employers.models import Employer
from fairs.employers.rules import Ownership
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.institutions import codes
from fairs.postings.models import PostingRevision
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event, Programme
from fairs.season.queries import event_ids
from fairs.season.shares import MARKED, PUBLIC_BODY, SMALL, UNMARKED, WHOLE, Counts, Row, Trait, rows

Exhibitors = sa.ColumnElement[bool]
"""Which exhibitors count: of which events, in which states."""


def of_programme(trait: Trait, programme: Programme, university_id: int) -> list[Row]:
    """The shares over the events of a programme that the university leads."""
    led = Event.id.in_(event_ids(programme, university_id)) & (Event.university_id == university_id)
    chosen = Exhibitor.state.in_(ATTENDING) & Exhibitor.event_id.in_(sa.select(Event.id).where(led))
    return _rows(trait, chosen, university_id, programme.starts_on)


def of_event(trait: Trait, event: Event, states: Collection[ExhibitorState]) -> list[Row]:
    """The shares at one event, of the employers in these states."""
    chosen = Exhibitor.state.in_(states) & (Exhibitor.event_id == event.id)
    first = campus_day(programmes.occurrences(event.id)[0].starts_at)
    return _rows(trait, chosen, event.university_id, first)


def _rows(trait: Trait, chosen: Exhibitors, university_id: int, day: date) -> list[Row]:
    counts = _by(sa.literal(WHOLE), chosen)
    if trait is Trait.SIZE:
        counts |= _by(_is(_small()), chosen) | _by(_size(), chosen)
    elif trait is Trait.OWNERSHIP:
        counts |= _by(sa.cast(Employer.ownership, sa.String), chosen)
    else:
        kind = TagKind.KEY_CHAIN if trait is Trait.CHAIN else TagKind.SPECIALISED_SME
        tagged = bearers(kind, university_id, day).subquery()
        counts |= _by(_is(Employer.id.in_(sa.select(tagged.c.employer_id))), chosen)
        if trait is Trait.CHAIN:
            counts |= _by(tagged.c.code, chosen, tagged)
    return rows(trait, counts, codes.chain_names(university_id))


def _small() -> sa.ColumnElement[bool]:
    return Employer.size.in_(SMALL) & (Employer.ownership != Ownership.PUBLIC)


def _size() -> sa.ColumnElement[str]:
    is_public = Employer.ownership == Ownership.PUBLIC
    return sa.case((is_public, PUBLIC_BODY), else_=sa.cast(Employer.size, sa.String))


def _is(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[str]:
    return sa.case((condition, MARKED), else_=UNMARKED)


def _by(group: Any, chosen: Exhibitors, tagged: sa.Subquery | None = None) -> dict[str, Counts]:
    """The counts of the chosen exhibitors by ``group``: two statements."""
    came = _from(sa.select(group.label("g")), tagged).where(chosen)
    came = came.add_columns(
        sa.func.count(sa.distinct(Exhibitor.employer_id)), sa.func.count(sa.distinct(Exhibitor.id))
    )
    brought = (
        _from(sa.select(group.label("g")), tagged)
        .add_columns(
            PostingRevision.posting_id.label("posting"), sa.func.max(PostingRevision.headcount).label("heads")
        )
        .join(ExhibitorPosting, ExhibitorPosting.exhibitor_id == Exhibitor.id)
        .join(PostingRevision, PostingRevision.id == ExhibitorPosting.posting_revision_id)
        .where(chosen)
        .group_by("g", PostingRevision.posting_id)
        .subquery()
    )
    heads = sa.select(brought.c.g, sa.func.count(), sa.func.sum(brought.c.heads)).group_by(brought.c.g)
    positions = {key: (count, int(total or 0)) for key, count, total in db.session.execute(heads)}
    return {
        key: Counts(employers, appearances, *positions.get(key, (0, 0)))
        for key, employers, appearances in db.session.execute(came.group_by("g"))
    }


def _from(chosen: Any, tagged: sa.Subquery | None) -> Any:
    chosen = chosen.select_from(Exhibitor).join(Employer, Employer.id == Exhibitor.employer_id)
    return chosen if tagged is None else chosen.join(tagged, tagged.c.employer_id == Exhibitor.employer_id)
