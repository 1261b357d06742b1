"""What the pages of events show, put together for templates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from fairs.accounts.rules import Viewer
from fairs.clock import campus_day
from fairs.database import db
from fairs.institutions import codes
from fairs.institutions import queries as institutions
from fairs.institutions.models import Major
from fairs.institutions.rules import CodeKind
from fairs.programmes import facts, filtering, queries, season_queries
from fairs.programmes.campaigns import CAMPAIGN_LABELS
from fairs.programmes.facts import GROUP_AIM
from fairs.programmes.kinds import ITEM_LABELS, PLACE_KIND_LABELS, ItemKind
from fairs.programmes.models import EntrySlot, Event, Occurrence
from fairs.programmes.rules import EVENT_KIND_LABELS, EventKind, EventState, TargetDimension
from fairs.programmes.states import public_badge_of
from fairs.students.models import Student
from fairs.web.badges import Badge
from fairs.web.lists import Listing, listing, whole


@dataclass(frozen=True)
class Card:
    """One day of an event on a list."""

    event: Event
    day: Occurrence
    place: str
    state: Badge


@dataclass(frozen=True)
class DayColumn:
    """A day with what is on; ``more`` are not shown, but stand on the day's page."""

    on: date
    is_today: bool
    cards: Sequence[Card]
    more: int = 0


@dataclass(frozen=True)
class DayDetail:
    """A day of one event with its places."""

    day: Occurrence
    place: str
    slots: Sequence[EntrySlot]


def cards(rows: Iterable[tuple[Occurrence, Event]]) -> list[Card]:
    """Cards of (day, event) rows."""
    return [Card(event, day, day.where, public_badge_of(event.state)) for day, event in rows]


def by_week(rows: Iterable[tuple[Occurrence, Event]]) -> list[tuple[date, list[Card]]]:
    """(Monday, cards) of each week."""

    def monday(card: Card) -> date:
        day = campus_day(card.day.starts_at)
        return day - timedelta(days=day.weekday())

    return [(week, list(of_week)) for week, of_week in groupby(cards(rows), key=monday)]


def details(event: Event) -> list[DayDetail]:
    """The days of an event with place and slots."""
    days = queries.occurrences(event.id)
    slots = queries.slots_of([day.id for day in days])
    return [DayDetail(day, day.where, slots.get(day.id, [])) for day in days]


def target_majors(codes: Sequence[str], university_id: int) -> list[Major]:
    """The university's majors among the codes, one of each."""
    mine = {major.national_code: major for major in institutions.majors(university_id)}
    return [mine[code] for code in codes if code in mine]


def my_major(person_id: int, university_id: int) -> str:
    """The national code of the major that a person studies at the university; "" if none."""
    mine = (
        sa.select(Major.national_code)
        .join(Student, Student.major_id == Major.id)
        .where(Student.person_id == person_id, Student.university_id == university_id)
    )
    return db.session.scalar(mine.limit(1)) or ""


def days_page(university_id: int, now: datetime, args: Mapping[str, str]) -> Listing:
    """The list of public days that the filters of an address ask for."""
    past = args.get("when") == "past"
    asked = filtering.conditions(university_id, now, args)
    rows: Any = queries.filtered_days(university_id, now, past=past).where(*asked)
    sorts = {"when": Occurrence.starts_at, "title": Event.title}
    page = listing(
        rows,
        search=[Event.title],
        sorts=sorts,
        default_sort="-when" if past else "when",
        scalars=False,
    )
    page.items = cards((day, event) for day, event in page.items)
    return page


def staff_page(university_id: int, who: Viewer, args: Mapping[str, str]) -> Listing:
    """The list of events for staff, the latest date first."""
    return listing(_staff_rows(university_id, who, args), **_staff_order())


def staff_sheet(university_id: int, who: Viewer, args: Mapping[str, str]) -> Sequence[tuple[Event, datetime]]:
    """(event, first start) of the same list, all pages of it."""
    rows = _staff_rows(university_id, who, args).add_columns(queries.first_start())
    return whole(rows, **_staff_order())


def _staff_rows(university_id: int, who: Viewer, args: Mapping[str, str]) -> sa.Select[Any]:
    rows = queries.staff_events(university_id, who)
    for name, column, known in (("state", Event.state, EventState), ("kind", Event.kind, EventKind)):
        if args.get(name) in set(known):
            rows = rows.where(column == args[name])
    return rows.order_by(queries.first_start().desc())


def _staff_order() -> dict[str, Any]:
    sorts = {"when": queries.first_start(), "title": Event.title, "no": Event.no, "state": Event.state}
    return {"search": [Event.title, Event.no], "sorts": sorts, "default_sort": "-when"}


def totals(days: Sequence[tuple[Occurrence, Event]]) -> list[tuple[str, int]]:
    """(kind's label, number of events) of a programme, most first; an event of two days counts once."""
    kinds = Counter({event.id: event.kind for _day, event in days}.values())
    return [(EVENT_KIND_LABELS[kind], number) for kind, number in kinds.most_common()]


TAG_LABELS = {
    TargetDimension.CAMPAIGN: "所属专项行动",
    TargetDimension.CHAIN: "重点产业链",
    TargetDimension.COMMITTEE: "行业就指委",
}


def tag_names(event: Event) -> dict[str, list[str]]:
    """The names of the campaigns, chains and committees to which an event belongs, by what they are (S9, S19, S92).

    What the university's lists do not name is left out.
    """
    codes_of: dict[TargetDimension, list[str]] = {}
    for dimension, code in season_queries.tags(event.id):
        codes_of.setdefault(dimension, []).append(code)
    named = {}
    for dimension, label in TAG_LABELS.items():
        if dimension in codes_of:
            listed = _listed(dimension, event.university_id)
            named[label] = [listed[code] for code in codes_of[dimension] if code in listed]
    return {label: names for label, names in named.items() if names}


def _listed(dimension: TargetDimension, university_id: int) -> Mapping[str, str]:
    if dimension is TargetDimension.CAMPAIGN:
        return CAMPAIGN_LABELS
    there = codes.known(CodeKind(dimension.value), university_id)
    return {code: one.name for code, one in there.items()}


def about(event: Event, university_id: int) -> dict[str, Any]:
    """What an event's pages say beside its days: who holds it, with whom, for whom."""
    majors = queries.targets(event.id, TargetDimension.MAJOR)
    return {
        "fair": queries.fair_of(event.id),
        "organisers": queries.organisers(event.id),
        "schools": queries.schools(event.id),
        "programmes": queries.programmes_of(event.id),
        "majors": target_majors(majors, university_id),
        "tags": tag_names(event),
        "days": details(event),
        **_particulars(event),
    }


def _particulars(event: Event) -> dict[str, Any]:
    """What only some events have."""
    aims = facts.aims(event.id)
    rows = facts.items(event.id)
    return {
        "series": facts.series_title(event),
        "host": facts.host_of(event.id),
        "items": [(kind, there) for kind in ItemKind if (there := [one for one in rows if one.kind is kind])],
        "item_labels": ITEM_LABELS,
        "place_kinds": PLACE_KIND_LABELS,
        "aims": [aim for aim in aims if aim[0] != GROUP_AIM],
        "all_aims": aims,
    }
