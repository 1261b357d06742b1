"""Reads of what only some events have: host, set of a talk, lists of their own, series."""

from datetime import date, time

import sqlalchemy as sa
from flask_babel import gettext

from fairs.clock import at_campus
from fairs.database import db
from fairs.programmes.kind_models import EventHost, EventItem
from fairs.programmes.kinds import GROUP_LABELS
from fairs.programmes.models import Event, EventSeries, EventTarget
from fairs.programmes.queries import first_start
from fairs.programmes.rules import EventKind, EventState, TargetDimension
from fairs.students.rules import DEGREE_LABELS


def host_of(event_id: int) -> EventHost | None:
    """The employer that holds a talk, a test or an interview, and the talk to whose set it belongs."""
    return db.session.get(EventHost, event_id)


def coming_talks(university_id: int, today: date) -> list[Event]:
    """Talks that are still to come, to which a test or an interview can belong (P16)."""
    chosen = (
        sa.select(Event)
        .join(EventHost, EventHost.event_id == Event.id)
        .where(
            Event.university_id == university_id,
            Event.kind == EventKind.INFO_SESSION,
            Event.state.not_in([EventState.CANCELLED, EventState.CLOSED, EventState.REPORTED]),
            first_start() >= at_campus(today, time()),
        )
    )
    return list(db.session.scalars(chosen.order_by(Event.id.desc()).limit(100)))


def items(event_id: int) -> list[EventItem]:
    """The lists that the event has of its own, in order."""
    chosen = sa.select(EventItem).where(EventItem.event_id == event_id)
    return list(db.session.scalars(chosen.order_by(EventItem.position).limit(500)))


def series_title(event: Event) -> str:
    """The title of the series to which an event belongs; "" if none."""
    series = db.session.get(EventSeries, event.series_id) if event.series_id else None
    return series.title if series else ""


GROUP_AIM = "面向重点群体"
AIM_LABELS = {
    TargetDimension.DEGREE: "面向学历",
    TargetDimension.INDUSTRY: "行业",
    TargetDimension.REGION: "地区",
    TargetDimension.GROUP: GROUP_AIM,
}
_NAMES: dict[str, str] = {**{degree.value: name for degree, name in DEGREE_LABELS.items()}, **GROUP_LABELS}


def aims(event_id: int) -> list[tuple[str, list[str]]]:
    """(label, names) of whom an event is for beside its majors; groups are for staff only (S7)."""
    rows = sa.select(EventTarget).where(
        EventTarget.event_id == event_id, EventTarget.dimension.in_(AIM_LABELS)
    )
    there = list(db.session.scalars(rows.order_by(EventTarget.id).limit(200)))
    named = {
        label: [gettext(_NAMES.get(row.code, row.code)) for row in there if row.dimension is dimension]
        for dimension, label in AIM_LABELS.items()
    }
    return [(label, names) for label, names in named.items() if names]
