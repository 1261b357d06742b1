"""Safety plans, duties and responsible persons for tests."""

from datetime import datetime, timedelta
from typing import Any

from fairs.clock import campus_day
from fairs.programmes.models import Event
from fairs.safety import actions, licences, people, queries, shifts
from fairs.safety.checklists import Answer
from fairs.safety.contents import FIELDS, Kind
from fairs.safety.licensed import first_day, licence_of, need
from fairs.safety.licensing import LicenceState, Need
from fairs.safety.rules import Position


def content(**changes: Any) -> dict[str, Any]:
    """Every field of a plan, filled in."""
    texts = {key: f"{key}已安排" for key, field in FIELDS.items() if field.kind is not Kind.FILE}
    return texts | {"guards": 6, "exits": 4} | changes


def answers(event: Event) -> dict[str, dict[str, str]]:
    """Every item of the event's checklist is done."""
    items = queries.checklist_of(event, queries.plan_of(event.id)).items
    return {item.id: {"answer": Answer.YES.value} for item in items}


def responsible(event: Event, *, by: int, now: datetime) -> None:
    """First and direct responsible person of the event's school."""
    if set(Position) <= set(queries.responsible(event)):
        return
    scope = people.Scope(university_id=event.university_id)
    for position, name in ((Position.FIRST, "何书记"), (Position.DIRECT, "顾副校长")):
        named = people.Named(name=name, title="校领导", phone="025-5550 0199")
        people.set_responsible(scope, position, named, by=by, now=now)


def written(event: Event, *, by: int, now: datetime, **changes: Any) -> None:
    """A whole plan that nobody has handed in, and the usual duties."""
    responsible(event, by=by, now=now)
    actions.write_whole(event.id, content(**changes), answers(event), by=by, now=now)
    shifts.plan_usual(event.id, by=by, now=now)


def licensed(event: Event, *, by: int, now: datetime) -> None:
    """Where a licence is needed, it was applied for three weeks before and has come.

    Of a fair for the campus only, campus security has said that it does not count as a large public one.
    """
    if need(event) is Need.ASK:
        licences.assess(event.id, False, "刘科长", campus_day(now), "只面向本校学生", by=by, now=now)
    licence = licence_of(event.id)
    if licence is None or licence.state is not LicenceState.DRAFTING:
        return
    applied = min(first_day(event) - timedelta(days=21), now.date())
    licences.apply(event.id, "南湖区公安分局", applied, version=licence.version, by=by, now=now)
    paper = licences.Paper(number="宁公许〔2026〕1号", decided_on=now.date())
    licences.grant(event.id, paper, version=licence.version, by=by, now=now)
