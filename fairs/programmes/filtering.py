"""The filters of public lists of events; a feature above adds its own, as with the tabs of an event."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from fairs.clock import at_campus
from fairs.institutions import codes
from fairs.institutions import queries as institutions
from fairs.programmes import queries, season_queries
from fairs.programmes.campaigns import CAMPAIGN_LABELS
from fairs.programmes.models import Event, EventTarget, Occurrence, Programme, ProgrammeEvent
from fairs.programmes.rules import EVENT_KIND_LABELS, MODE_LABELS, EventKind, EventMode, TargetDimension
from fairs.students.rules import DEGREE_LABELS

Choices = Sequence[tuple[str, str]]
"""(value in the address, words)."""


@dataclass(frozen=True)
class Filter:
    """A select of the filter bar: what it offers at a university, and what a chosen value asks for.

    ``label`` is a message id; ``asks`` gets only values that are offered.
    """

    name: str
    label: str
    choices: Callable[[int, datetime], Choices]
    asks: Callable[[str, int, datetime], sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Shown:
    """A filter on a page."""

    name: str
    label: str
    choices: Choices
    current: str


LABELS = {
    "kind": "全部类型",
    "mode": "线上和线下",
    "major": "全部专业",
    "degree": "全部学历",
    "programme": "全部系列",
    "campaign": "全部专项行动",
    "chain": "全部产业链",
}


def _spoken(labels: Mapping[Any, str]) -> Choices:
    return [(kind.value, _(label)) for kind, label in labels.items()]


def _majors(university_id: int, _now: datetime) -> Choices:
    return list({m.national_code: m.name for m in institutions.majors(university_id)}.items())


def _for_degree(degree: str) -> sa.ColumnElement[bool]:
    """Events that name this degree, or none (S24)."""
    named = sa.exists().where(
        EventTarget.event_id == Event.id, EventTarget.dimension == TargetDimension.DEGREE
    )
    return sa.or_(queries.tagged(TargetDimension.DEGREE, degree), ~named)


def _programmes(university_id: int, now: datetime) -> Choices:
    return [(row.public_id, row.name) for row in queries.programmes(university_id, ending_from=now.date())]


def _in_programme(public_id: str, _university_id: int, _now: datetime) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        ProgrammeEvent.event_id == Event.id,
        ProgrammeEvent.programme_id == Programme.id,
        Programme.public_id == public_id,
    )


TAG_LABELS = {
    TargetDimension.INDUSTRY: "全部行业",
    TargetDimension.REGION: "全部地区",
    TargetDimension.CAMPAIGN: "全部专项行动",
    TargetDimension.CHAIN: "全部产业链",
}


def tag_choices(dimension: TargetDimension, university_id: int) -> Choices:
    """(code, name with the number of events) of the tags that a university's public events carry, most first."""
    totals = season_queries.tag_totals(dimension, university_id, public=True)
    names = {code: code for code, _count in totals}
    if dimension is TargetDimension.CAMPAIGN:
        names = CAMPAIGN_LABELS
    elif dimension is TargetDimension.CHAIN:
        names = codes.chain_names(university_id)
    return [(code, f"{_(names[code])}（{count}）") for code, count in totals if code in names]


_FILTERS = [
    Filter(
        "kind",
        LABELS["kind"],
        lambda _u, _n: _spoken(EVENT_KIND_LABELS),
        lambda v, _u, _n: Event.kind == EventKind(v),
    ),
    Filter(
        "mode",
        LABELS["mode"],
        lambda _u, _n: _spoken(MODE_LABELS),
        lambda v, _u, _n: Event.mode == EventMode(v),
    ),
    Filter("major", LABELS["major"], _majors, lambda v, _u, _n: queries.aimed_at([v])),
    Filter(
        "degree", LABELS["degree"], lambda _u, _n: _spoken(DEGREE_LABELS), lambda v, _u, _n: _for_degree(v)
    ),
    Filter("programme", LABELS["programme"], _programmes, _in_programme),
    Filter(
        "campaign",
        LABELS["campaign"],
        lambda u, _n: tag_choices(TargetDimension.CAMPAIGN, u),
        lambda v, _u, _n: queries.tagged(TargetDimension.CAMPAIGN, v),
    ),
    Filter(
        "chain",
        LABELS["chain"],
        lambda u, _n: tag_choices(TargetDimension.CHAIN, u),
        lambda v, _u, _n: queries.tagged(TargetDimension.CHAIN, v),
    ),
]


def add(one: Filter) -> None:
    """Add a filter (from a feature's views, when they are imported); the same name twice is one."""
    if all(there.name != one.name for there in _FILTERS):
        _FILTERS.append(one)


def shown(university_id: int, now: datetime, args: Mapping[str, str]) -> list[Shown]:
    """The filters that offer something, with what is chosen."""
    offered = [(one, one.choices(university_id, now)) for one in _FILTERS]
    return [
        Shown(one.name, one.label, choices, args.get(one.name, "")) for one, choices in offered if choices
    ]


def conditions(university_id: int, now: datetime, args: Mapping[str, str]) -> list[sa.ColumnElement[bool]]:
    """What the filters of an address ask for; values that nobody offers ask for nothing."""
    asked = [
        one.asks(args[one.name], university_id, now)
        for one in _FILTERS
        if args.get(one.name) in {value for value, _label in _offered(one, university_id, now, args)}
    ]
    first, last = day_of(args.get("from")), day_of(args.get("until"))
    if first:
        asked.append(Occurrence.starts_at >= at_campus(first, time()))
    if last:
        asked.append(Occurrence.starts_at < at_campus(last + timedelta(days=1), time()))
    return asked


def _offered(one: Filter, university_id: int, now: datetime, args: Mapping[str, str]) -> Choices:
    return one.choices(university_id, now) if args.get(one.name) else ()


def day_of(text: str | None) -> date | None:
    """A day from an address; None if it is none of our time."""
    if not text or len(text) != 10:
        return None
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    year, month, day = (int(part) for part in parts)
    if not (2000 <= year < 2200 and 1 <= month <= 12 and 1 <= day <= _length(year, month)):
        return None
    return date(year, month, day)


def _length(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
