"""One more event like an earlier one: its plan, slots, aims and organisers on a new date, without its people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fairs.clock import campus, campus_day
from fairs.database import lock, transaction
from fairs.programmes import actions, facts, queries
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    FairDraft,
    ItemDraft,
    OrganiserDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
)
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import TargetDimension
from fairs.venues import actions as venues

A_YEAR = timedelta(weeks=52)


@dataclass(frozen=True, kw_only=True)
class CloneWish:
    """What is new about the copy; its further days keep their distance to the first."""

    title: str
    first_on: date
    space_id: int | None = None
    programme_id: int | None = None
    outside_reason: str = ""
    late_reason: str = ""
    accept_clashes: bool = True


def same_weekday(earlier: date, today: date) -> date:
    """The date a whole number of weeks after ``earlier``, a year later or the first that leaves two weeks."""
    there = earlier + A_YEAR
    soonest = today + timedelta(weeks=2)
    if there < soonest:
        there += timedelta(weeks=-(-(soonest - there).days // 7))
    return there


@transaction
def clone_event(event_id: int, wish: CloneWish, *, by: int, now: datetime) -> Event:
    """A new draft like an earlier event: slots, booth plan, aims, organisers, schools, lists, series.

    Exhibitors, tickets, duties and signatures stay with the earlier one. Raises as
    ``programmes.actions.create_event``.
    """
    source = lock(Event, event_id)
    copy = actions.create_event(_draft(source, wish), by=by, now=now)
    venues.copy_plan(source.id, copy.id, university_id=copy.university_id, by=by, now=now)
    return copy


def _draft(source: Event, wish: CloneWish) -> EventDraft:
    days, host = queries.occurrences(source.id), facts.host_of(source.id)
    shift = wish.first_on - campus_day(days[0].starts_at)
    lead, *partners = [
        PartnerDraft(
            university_id=part.university_id, booth_quota=part.booth_quota, ticket_quota=part.ticket_quota
        )
        for part in queries.schools(source.id)
    ]
    return EventDraft(
        kind=source.kind,
        title=wish.title,
        university_id=source.university_id,
        department_id=source.department_id,
        scope=source.scope,
        level=source.level,
        mode=source.mode,
        summary=source.summary,
        online_url=source.online_url,
        place_kind=source.place_kind,
        days=[_day(day, shift, keep_place=wish.space_id is None) for day in days],
        slots=_slots(days[0]),
        fair=_fair(source, shift),
        targets=[(aim, code) for aim in TargetDimension for code in queries.targets(source.id, aim)],
        organisers=_organisers(source),
        lead=lead,
        partners=partners,
        programmes=_programmes(wish),
        items=[ItemDraft(kind=i.kind, name=i.name, detail=i.detail) for i in facts.items(source.id)],
        host=host.employer.legal_name if host else "",
        series=facts.series_title(source),
        space_id=wish.space_id,
        cloned_from_id=source.id,
        accept_clashes=wish.accept_clashes,
        late_reason=wish.late_reason,
    )


def _organisers(source: Event) -> list[OrganiserDraft]:
    return [
        OrganiserDraft(
            name=one.name, role=one.role, university_id=one.university_id, is_accountable=one.is_accountable
        )
        for one in queries.organisers(source.id)
    ]


def _programmes(wish: CloneWish) -> list[ProgrammeDraft]:
    if wish.programme_id is None:
        return []
    return [ProgrammeDraft(programme_id=wish.programme_id, outside_reason=wish.outside_reason)]


def _day(day: Occurrence, shift: timedelta, *, keep_place: bool) -> DayDraft:
    starts, ends = campus(day.starts_at), campus(day.ends_at)
    place = day.place if keep_place else ""
    return DayDraft(on=starts.date() + shift, starts=starts.time(), ends=ends.time(), place=place)


def _slots(day: Occurrence) -> SlotDraft:
    slots = queries.slots(day.id)
    if not slots:
        return SlotDraft()
    first = slots[0]
    return SlotDraft(count=len(slots), capacity=first.capacity, walk_in_quota=first.walk_in_quota)


def _fair(source: Event, shift: timedelta) -> FairDraft:
    fair = queries.fair_of(source.id)
    if fair is None:
        return FairDraft()
    return FairDraft(
        expected_attendance=fair.expected_attendance,
        open_to_public=fair.open_to_public,
        requests_until=fair.requests_until + shift if fair.requests_until else None,
        hold_until=fair.hold_until + shift if fair.hold_until else None,
        free_cancel_until=fair.free_cancel_until + shift if fair.free_cancel_until else None,
        offer_hours=fair.offer_hours,
        max_reps=fair.max_reps,
    )
