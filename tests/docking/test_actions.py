"""Tables booked by both sides: nobody sits at two, everybody is told, minutes are kept (S94)."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.models import Account
from fairs.calendars.feed import Entry
from fairs.calendars.own import entries_of
from fairs.database import db
from fairs.docking import actions, queries
from fairs.docking.actions import Change, Wish
from fairs.docking.rules import (
    AllTaken,
    MeetingState,
    NoSuchSitting,
    NotBookable,
    NotYetMinuted,
    OwnQuestion,
    PlanInUse,
    Side,
    WrongMeetingState,
)
from fairs.employers.models import Employer
from fairs.errors import Conflict
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.operations import actions as operations
from fairs.operations.actions import NewDate
from fairs.programmes import queries as events
from fairs.programmes.drafts import SlotDraft
from fairs.programmes.models import Event
from fairs.programmes.rules import EventKind
from fairs.reminders.actions import plan_due
from fairs.reminders.rules import Rule, due_at
from tests import factories
from tests.factories import employers as firms
from tests.factories import programmes as make
from tests.factories.programmes import NOON
from tests.races import race

pytestmark = pytest.mark.usefixtures("at_now")


class Scene:
    """An open docking meeting of two tables and half hours, a department with its coordinator, two employers."""

    def __init__(self) -> None:
        self.school = factories.university()
        self.officer = factories.officer(self.school).person_id
        self.department = factories.department(self.school)
        self.other = factories.department(self.school, "EE", "电子学院")
        self.coordinator = make.coordinator(self.school, self.department.id)
        made = make.event(self.school, "对接会", EventKind.DOCKING_MEETING, slots=SlotDraft(capacity=0))
        guard = make.security(self.school).person_id
        make.sign_all(make.housed(made, by=self.officer), officer=self.officer, guard=guard)
        self.event: Event = operations.open_event(made.id, by=self.officer, now=NOON)
        actions.set_tables(made.id, 2, 30, by=self.officer, now=NOON)
        self.day = events.occurrences(made.id)[0].public_id

    def firm(self, number: int) -> tuple[Employer, Account]:
        """A verified employer with a contact."""
        firm = firms.verified(self.school, f"第{number}公司")
        return firm, firms.contact(firm, f"hr{number}@firm.example")

    def wish(self, firm: Employer, sitting: int = 0, department_id: int | None = None) -> Wish:
        """A meeting of the firm with the department."""
        return Wish(
            day=self.day,
            sitting_no=sitting,
            employer_id=firm.id,
            department_id=department_id or self.department.id,
            topic="实习基地",
        )


def _told() -> list[tuple[str, int]]:
    rows = db.session.execute(
        sa.select(Message.kind, Message.person_id).where(Message.kind.like("docking/%")).order_by(Message.id)
    )
    return [(kind, person) for kind, person in rows]


def _meetings(app: Flask, person: int) -> list[Entry]:
    with app.test_request_context():
        return [one for one in entries_of(person, NOON) if one.uid.startswith("meeting-")]


def test_asked_answered_held_and_everybody_told(app: Flask) -> None:
    scene = Scene()
    firm, hr = scene.firm(1)
    number, by, event = scene.event.id, hr.person_id, scene.event
    row = actions.ask(number, scene.wish(firm), Side.EMPLOYER, by=by, now=NOON)
    assert (row.table_no, row.state) == (1, MeetingState.ASKED)
    with pytest.raises(Conflict, match="该单位在这个时段已有对接"):
        actions.ask(number, scene.wish(firm, 0, scene.other.id), Side.EMPLOYER, by=by, now=NOON)
    with pytest.raises(NoSuchSitting):
        actions.ask(number, scene.wish(firm, 99), Side.EMPLOYER, by=by, now=NOON)
    with pytest.raises(OwnQuestion):
        actions.answer(row.id, Side.EMPLOYER, agree=True, by=by, now=NOON)
    actions.answer(row.id, Side.DEPARTMENT, agree=True, by=scene.coordinator.person_id, now=NOON)
    with pytest.raises(PlanInUse):
        actions.set_tables(number, 2, 20, by=scene.officer, now=NOON)
    with pytest.raises(NotYetMinuted):
        actions.write_minutes(row.id, "谈妥", "", version=row.version, by=scene.officer, now=NOON)
    letter = render(app, max(db.session.scalars(sa.select(Message.id))), NOON)
    assert letter.subject == "对接已约定：对接会"
    assert "时间：2026-11-28 09:00–09:30，1 号桌" in letter.body

    due = due_at(Rule.ONE_DAY, events.occurrences(number)[0].starts_at)
    plan_due(due)
    reminded = db.session.scalars(
        sa.select(Message.person_id).where(Message.kind == "reminders/meeting").order_by(Message.person_id)
    ).all()
    assert set(reminded) == {by, scene.coordinator.person_id}
    reminder = render(app, max(db.session.scalars(sa.select(Message.id))), due)
    assert "1 号桌" in reminder.body
    for person in set(reminded):
        (entry,) = _meetings(app, person)
        assert (entry.status.value, entry.summary) == ("confirmed", "对接：第1公司 · 计算机学院")

    later = NewDate(first_on=date(2026, 11, 29), starts=time(14), ends=time(16))
    operations.move_event(number, later, by=scene.officer, now=NOON)
    assert queries.time_of(row).starts_at == events.occurrences(number)[0].starts_at
    moved = db.session.scalars(sa.select(Message.person_id).where(Message.kind == "operations/moved")).all()
    assert by in moved
    actions.cancel(row.id, "改期后不便", Side.EMPLOYER, by=by, now=NOON)
    assert _told() == [
        ("docking/asked", scene.coordinator.person_id),
        ("docking/answered", by),
        ("docking/cancelled", scene.coordinator.person_id),
    ]
    (entry,) = _meetings(app, by)
    assert entry.status.value == "cancelled"
    operations.cancel_event(number, "另行安排", by=scene.officer, now=NOON)
    with pytest.raises(NotBookable):
        actions.ask(number, scene.wish(firm), Side.EMPLOYER, by=by, now=NOON)
    assert event.state.value == "cancelled"


def test_a_meeting_is_changed_and_asked_for_anew(app: Flask) -> None:
    scene = Scene()
    (firm, hr), (second, other) = scene.firm(1), scene.firm(2)
    number, by, host = scene.event.id, hr.person_id, scene.coordinator.person_id
    row = actions.ask(number, scene.wish(firm), Side.EMPLOYER, by=by, now=NOON)
    actions.answer(row.id, Side.DEPARTMENT, agree=True, by=host, now=NOON)

    def change(
        sitting: int, topic: str = "就业基地", version: int | None = None, now: datetime = NOON
    ) -> None:
        to = Change(day=scene.day, sitting_no=sitting, topic=topic, version=version or row.version)
        actions.change(row.id, to, Side.DEPARTMENT, by=host, now=now)

    change(0)
    assert (row.state, row.topic, row.sitting_no) == (MeetingState.AGREED, "就业基地", 0)
    change(2)
    assert (row.state, row.asked_side, row.sitting_no) == (MeetingState.ASKED, Side.DEPARTMENT, 2)
    with pytest.raises(Conflict):
        change(3, version=row.version - 1)
    with pytest.raises(NoSuchSitting):
        change(99)
    actions.ask(number, scene.wish(second, 3), Side.EMPLOYER, by=other.person_id, now=NOON)
    with pytest.raises(Conflict, match="该院系在这个时段已有对接"):
        change(3)
    actions.answer(row.id, Side.EMPLOYER, agree=False, by=by, now=NOON)
    with pytest.raises(WrongMeetingState):
        change(2)
    assert [kind for kind, person in _told() if person == by] == ["docking/answered"] + [
        "docking/changed"
    ] * 2
    letter = render(app, _latest("docking/changed"), NOON)
    assert "请查看并答复" in letter.body
    assert "时间：2026-11-28 10:00–10:30" in letter.body


def _latest(kind: str) -> int:
    return db.session.scalars(sa.select(sa.func.max(Message.id)).where(Message.kind == kind)).one()


def test_two_at_once_for_the_last_table(app: Flask) -> None:
    scene = Scene()
    taken, _hr = scene.firm(0)
    actions.ask(scene.event.id, scene.wish(taken), Side.DEPARTMENT, by=scene.officer, now=NOON)
    number, third = scene.event.id, factories.department(scene.school, "ME", "机械学院").id
    wishes = [
        (scene.wish(firm, 0, department), hr.person_id)
        for (firm, hr), department in zip(
            (scene.firm(1), scene.firm(2)), (scene.other.id, third), strict=True
        )
    ]

    def asks(wish: Wish, by: int) -> Callable[[], object]:
        return lambda: actions.ask(number, wish, Side.EMPLOYER, by=by, now=NOON)

    outcomes = race(app, *[asks(wish, by) for wish, by in wishes])
    assert sorted(type(one).__name__ for one in outcomes if isinstance(one, Exception)) == [AllTaken.__name__]
    assert len(queries.meetings(number)) == 2


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_pages_of_both_sides(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    scene = Scene()
    firm, hr = scene.firm(1)
    event, base = scene.event.public_id, f"/nanhu/office/events/{scene.event.public_id}/tables"
    own = f"/employer/{firm.public_id}/docking/nanhu/{event}"
    employer = sign_in(hr)
    assert "供需对接会" in employer.get(f"/employer/{firm.public_id}/fairs").text
    asked = {"department": str(scene.department.id), "sitting": f"{scene.day}-1", "topic": "实习基地"}
    assert employer.post(own, data=asked).status_code == 302
    (row,) = queries.meetings(scene.event.id)
    assert employer.post(f"{own}/{row.public_id}/agree").status_code == 403  # who asks does not answer
    staff = sign_in(scene.coordinator)
    assert "对接邀约待答复" in staff.get("/").text
    assert "第1公司" in staff.get(base).text
    assert "同意对接" in staff.get(f"{base}/{row.public_id}").text
    assert staff.post(f"{base}/{row.public_id}/agree").status_code == 302
    db.session.expire_all()
    assert queries.meetings(scene.event.id)[0].state is MeetingState.AGREED
    book = {"employer": "不存在的公司", "department": str(scene.department.id), "sitting": f"{scene.day}-2"}
    assert "没有找到通过本校资质审核的这家单位" in staff.post(f"{base}/new", data=book).text
    assert staff.post(f"{base}/{row.public_id}/end", data={"reason": "冲突"}).status_code == 302
    assert "冲突" in employer.get(own).text
    assert staff.get(f"{base}.xlsx").status_code == 200
