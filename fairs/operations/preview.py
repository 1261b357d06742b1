"""What a change would do, shown before the act: whom it concerns, what is sent, what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.clock import campus, campus_day
from fairs.database import db
from fairs.docking import queries as docking
from fairs.exhibitors.models import Exhibitor
from fairs.livestreams import following as live
from fairs.messages.render import sample
from fairs.operations import queries
from fairs.operations.moving import NewDate
from fairs.operations.notices import facts_of
from fairs.operations.obstacles import Change, Obstacle, obstacles
from fairs.operations.steps import heard_of, worded
from fairs.operations.stopping import space_holders
from fairs.operations.stops import check_new_times
from fairs.programmes import parts
from fairs.programmes import queries as events
from fairs.programmes.collisions import Wish, clashes
from fairs.programmes.drafts import DayDraft, Period, period_of
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import TargetDimension
from fairs.programmes.windows import OutsideProgramme, is_outside
from fairs.registrations.models import Registration
from fairs.registrations.rules import RegistrationState
from fairs.web.language import when_short


@dataclass(frozen=True)
class Audience:
    """How many are concerned: employers with a place or a request, their contacts, students, staff on duty.

    ``called``: who must attend a meeting and knows of it.
    """

    employers: int
    contacts: int
    tickets: int
    waiting: int
    staff: int
    called: int
    people: int


@dataclass(frozen=True)
class Preview:
    """A change as it would be. ``days``: (before, after) in words; ``letter``: what each person would read."""

    audience: Audience
    obstacles: Sequence[Obstacle] = ()
    warnings: Sequence[Obstacle] = ()
    days: Sequence[tuple[str, str]] = ()
    letter: tuple[str, str] | None = None
    taken_along: Sequence[Event] = ()


def audience(event: Event, now: datetime) -> Audience:
    """Everybody whom a change of the event concerns."""
    event_id, called = event.id, queries.called(event, campus_day(now))
    live = Exhibitor.ended_at.is_(None)
    employers = sa.select(sa.func.count()).where(Exhibitor.event_id == event_id, live)
    states = dict(
        db.session.execute(
            sa.select(Registration.state, sa.func.count(sa.distinct(Registration.person_id)))
            .join(Occurrence, Occurrence.id == Registration.occurrence_id)
            .where(Occurrence.event_id == event_id, Registration.ended_at.is_(None))
            .group_by(Registration.state)
        ).all()
    )
    return Audience(
        employers=db.session.scalar(employers) or 0,
        contacts=len(
            {
                *queries.exhibitor_people(event_id),
                *queries.host_people(event_id),
                *docking.people_concerned(event_id),
            }
        ),
        tickets=states.get(RegistrationState.TICKETED, 0),
        waiting=states.get(RegistrationState.WAITING, 0),
        staff=len(queries.staff_people(event_id)),
        called=len(called),
        people=len({*queries.people_concerned(event), *called}),
    )


def _letter(event: Event, kind: str, facts: dict[str, Any]) -> tuple[str, str] | None:
    """What each of them would read; None where nobody knows of the event."""
    return sample(*worded(event, kind, facts)) if heard_of(event) else None


def of_cancel(event: Event, now: datetime) -> Preview:
    """What calling the event off would do."""
    return Preview(
        audience(event, now),
        obstacles(event, Change.CANCEL),
        letter=_letter(event, "operations/cancelled", facts_of(event, "……")),
        taken_along=queries.set_of(event.id),
    )


def of_postpone(event: Event, now: datetime) -> Preview:
    """What putting the event off would do."""
    letter = _letter(event, "operations/postponed", facts_of(event, "……"))
    return Preview(audience(event, now), obstacles(event, Change.POSTPONE), letter=letter)


def of_undo(event: Event, now: datetime) -> Preview:
    """What taking the stop back would do; who holds the halls now stands in the way."""
    stop = queries.stop_of(event.id)
    holders = space_holders(stop, events.occurrences(event.id)) if stop is not None else []
    sentence = "原来的场地已经给了别人：%(holder)s。请另定场地和日期，或照此复制一场。"
    letter = _letter(event, "operations/restored", facts_of(event))
    return Preview(
        audience(event, now),
        [Obstacle("space_gone", sentence, {"holder": holder}) for holder in holders],
        letter=letter,
    )


def of_day(event: Event, day: Occurrence, draft: DayDraft, reason: str, now: datetime) -> Preview:
    """What moving one day would do. Raises PeriodInvalid, NoNewDate or NothingChanged."""
    resumed = event.state.value == "postponed"
    check_new_times(
        [(day.starts_at, day.ends_at)], [period_of(draft)], now, same=resumed or draft.place != day.place
    )
    return _of_move(event, [day], [period_of(draft)], reason, now)


def of_move(event: Event, new: NewDate, now: datetime) -> Preview:
    """What moving all days, or giving a postponed event a new date, would do. Raises as ``of_day``."""
    days = events.occurrences(event.id)
    periods, before = new.periods(days), [(day.starts_at, day.ends_at) for day in days]
    check_new_times(before, periods, now, same=event.state.value == "postponed")
    return _of_move(event, days, periods, new.outside_reason, now, space_id=new.space_id)


def _of_move(
    event: Event,
    days: Sequence[Occurrence],
    periods: Sequence[Period],
    reason: str,
    now: datetime,
    *,
    space_id: int | None = None,
) -> Preview:
    resumed = event.state.value == "postponed"
    against = _against(event, days, periods, space_id)
    outside = _outside(event, days, periods, reason)
    kind = "operations/resumed" if resumed else "operations/moved"
    gone = live.in_the_way(event, _days_after(event, days, periods), now)
    streams = [Obstacle(one.code, one.sentence, dict(one.values)) for one in gone]
    facts = facts_of(event) | {"days": [_words(*period) for period in periods]}
    facts["live"] = live.announced(event, _days_after(event, days, periods), now=now)
    return Preview(
        audience(event, now),
        [*([] if resumed else obstacles(event, Change.MOVE)), *against[True], *outside, *streams],
        against[False],
        [
            (_words(day.starts_at, day.ends_at), _words(*period))
            for day, period in zip(days, periods, strict=True)
        ],
        _letter(event, kind, facts),
    )


def _days_after(event: Event, days: Sequence[Occurrence], periods: Sequence[Period]) -> dict[int, Period]:
    """Every day of the event by id, as it would be."""
    there = {day.id: (day.starts_at, day.ends_at) for day in events.occurrences(event.id)}
    return there | {day.id: period for day, period in zip(days, periods, strict=True)}


def _against(
    event: Event, days: Sequence[Occurrence], periods: Sequence[Period], space_id: int | None
) -> dict[bool, list[Obstacle]]:
    """What stands against the new time: hard things, and those that are only to be read."""
    halls = {space_id} if space_id is not None else {use.space_id for day in days for use in day.uses}
    wish = Wish(
        university_id=event.university_id,
        kind=event.kind,
        periods=periods,
        majors=events.targets(event.id, TargetDimension.MAJOR),
        event_id=event.id,
        space_ids=tuple(sorted(halls)),
    )
    there: dict[bool, list[Obstacle]] = {True: [], False: []}
    for one in clashes(wish):
        there[one.hard].append(Obstacle(one.code, one.sentence, one.values))
    return there


def _outside(
    event: Event, days: Sequence[Occurrence], periods: Sequence[Period], reason: str
) -> list[Obstacle]:
    """Windows of programmes that the new first day would leave without a reason (S3)."""
    if days[0].ordinal != 1 or reason.strip():
        return []
    first = campus_day(periods[0][0])
    return [
        Obstacle(
            OutsideProgramme.code,
            OutsideProgramme.sentence,
            {"programme": window.name, "start": window.starts_on, "end": window.ends_on},
        )
        for one, window in parts.windows(event.id)
        if is_outside(first, window) and not one.outside_reason
    ]


def _words(starts_at: datetime, ends_at: datetime) -> str:
    return f"{when_short(starts_at)}–{campus(ends_at):%H:%M}"
