"""The evening of a fair: what is noted and told, who settles it, who signs the hall; two people at once."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.audit.models import Audit
from fairs.database import db
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.onsite import actions, queries
from fairs.onsite.actions import Happening
from fairs.onsite.models import HallCheck, Incident
from fairs.onsite.rules import (
    CheckState,
    IncidentKind,
    IncidentsOpen,
    NotOnSite,
    Point,
    Settled,
    Severity,
    Signed,
    StillOpen,
    Sweep,
)
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from tests import clocks, factories
from tests.factories import outcomes as after
from tests.factories.calendars import change
from tests.races import race

FINE = Sweep(dict.fromkeys(Point, True))
EVENING = after.EVENING
"""The fair of ``after.over`` is over."""
NOON = after.MORNING + timedelta(hours=2)


@dataclass
class Evening:
    """A fair that is on, its people, and its hall."""

    event: Event
    officer: Account
    guard: Account
    day: str
    space: str

    def sweep(self, sweep: Sweep = FINE, seen: str = "", now: datetime = EVENING) -> HallCheck:
        """Campus security looks at the hall."""
        by = self.guard.person_id
        return actions.sweep_hall(self.event.id, self.day, self.space, sweep, seen=seen, by=by, now=now)

    def note(self, severity: Severity = Severity.MINOR, once: str = "1", now: datetime = NOON) -> Incident:
        """Campus security notes a jam."""
        seen = Happening(IncidentKind.CROWDING, severity, "三号通道拥堵", self.space, once)
        return actions.note_incident(self.event.id, seen, by=self.guard.person_id, now=now)


@pytest.fixture
def evening(app: Flask) -> Evening:
    school = factories.university()
    there = after.over(school, employers=0, students=1, came=0)
    change(there.event, state=EventState.RUNNING)
    guard = factories.account("liu@nanhu.example", "刘科长")
    factories.role(guard, RoleKind.CAMPUS_SECURITY, university_id=school.id)
    [hall] = queries.halls(there.event.id)
    return Evening(there.event, there.officer, guard, hall.day.public_id, hall.space.public_id)


def told(kind: str) -> list[int]:
    """Who was told."""
    chosen = sa.select(Message.person_id).where(Message.kind == f"onsite/{kind}").order_by(Message.id)
    return list(db.session.scalars(chosen))


def trail() -> list[str]:
    """What the trail says of the evening."""
    mine = Audit.action.in_(["note_incident", "settle_incident", "sweep_hall"])
    return list(db.session.scalars(sa.select(Audit.action).where(mine).order_by(Audit.id)))


def test_an_evening(app: Flask, evening: Evening) -> None:
    number, officer, guard = evening.event.id, evening.officer.person_id, evening.guard.person_id
    evening.note()
    assert told("incident") == []
    jam = evening.note(Severity.SERIOUS, "2")
    assert evening.note(Severity.SERIOUS, "2").id == jam.id
    assert told("incident") == [officer]
    assert [one.id for one in queries.serious(evening.event.university_id)] == [jam.id]

    with pytest.raises(StillOpen):
        evening.sweep(now=NOON)
    assert queries.to_sweep(evening.event.university_id, NOON) == []
    assert [one.space.public_id for _, one in queries.to_sweep(evening.event.university_id, EVENING)] == [
        evening.space
    ]
    with pytest.raises(IncidentsOpen):
        evening.sweep()
    for one in queries.of_event(number):
        actions.settle_incident(one.id, "已疏导", by=officer, now=EVENING)
    assert told("incident_settled") == [guard, guard]
    with pytest.raises(Settled):
        actions.settle_incident(jam.id, "再次处理", by=guard, now=EVENING)

    first = evening.sweep(Sweep(FINE.answers | {Point.POWER: False}, "二排插座未断电，后勤处理"))
    with pytest.raises(Signed):
        evening.sweep()  # as if the page had been opened before
    assert evening.sweep(seen=first.public_id).state is CheckState.CLEAR
    assert queries.to_sweep(evening.event.university_id, EVENING) == []
    assert told("hall_swept") == [officer, officer]
    change(evening.event, state=EventState.REPORTED)
    with pytest.raises(NotOnSite):
        evening.note(once="3", now=EVENING)
    assert trail() == ["note_incident"] * 2 + ["settle_incident"] * 2 + ["sweep_hall"] * 2
    deliver_due(app, "test", EVENING)
    db.session.rollback()
    letters = "\n".join(db.session.scalars(sa.select(Message.body).where(Message.body != "")))
    assert "展位电源已切断" in letters
    assert "三号通道拥堵" in letters


def test_two_guards_sign_at_once(app: Flask, evening: Evening) -> None:
    number, day, space = evening.event.id, evening.day, evening.space
    jam, people = evening.note().id, [evening.officer.person_id, evening.guard.person_id]
    settled = race(
        app,
        *(partial(actions.settle_incident, jam, "已疏导", by=by, now=EVENING) for by in people),
    )
    assert sum(isinstance(one, Settled) for one in settled) == 1
    sign = partial(actions.sweep_hall, number, day, space, FINE, seen="", by=people[1], now=EVENING)
    signed = race(app, sign, sign)
    assert sum(isinstance(one, HallCheck) for one in signed) == 1
    assert sum(isinstance(one, Signed) for one in signed) == 1


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_pages(
    evening: Evening, sign_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks.hung(monkeypatch).goes_to(EVENING)
    guard, officer = sign_in(evening.guard), sign_in(evening.officer)
    scene = f"/nanhu/office/events/{evening.event.public_id}/scene"
    home = guard.get("/").text
    assert "清场检查待签署" in home
    assert scene in home
    seen = {"kind": "dispute", "space": evening.space, "severity": "serious", "once": "form"}
    assert guard.post(f"{scene}/incidents/new", data=seen).status_code == 422
    assert guard.post(f"{scene}/incidents/new", data=seen | {"text": "两人争执"}).status_code == 302
    assert "两人争执" in officer.get(scene).text
    assert "严重的现场情况未了结" in officer.get("/").text
    [one] = queries.of_event(evening.event.id)
    assert officer.post(f"{scene}/incidents/{one.public_id}", data={"text": "已劝离"}).status_code == 302
    assert "已劝离" in officer.get(f"{scene}/incidents/{one.public_id}").text
    hall = f"{scene}/halls/{evening.day}/{evening.space}"
    assert officer.get(hall).status_code == 403
    assert guard.post(hall, data={"seen": "", "empty": "yes"}).status_code == 422
    assert guard.post(hall, data=dict.fromkeys(Point, "yes") | {"seen": ""}).status_code == 302
    assert "已清场并签署" in officer.get(scene).text
    again = guard.post(hall, data=dict.fromkeys(Point, "yes") | {"seen": ""})
    assert (again.status_code, "已由其他同事检查或签署" in again.text) == (422, True)
    assert "两人争执" in officer.get("/nanhu/office/incidents?state=settled").text
    assert "两人争执" not in officer.get("/nanhu/office/incidents?state=open").text
    book = openpyxl.load_workbook(io.BytesIO(officer.get("/nanhu/office/incidents.xlsx").data))
    headings, row = book.active.iter_rows(values_only=True)
    assert dict(zip(headings, row, strict=True))["怎样处理的"] == "已劝离"
