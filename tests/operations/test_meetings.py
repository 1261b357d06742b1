"""Who must attend a meeting hears of it, and of what becomes of it; nobody else does (S6)."""

from datetime import date, time

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts.models import Person
from fairs.accounts.rules import RoleKind
from fairs.calendars.own import entries_of
from fairs.database import db
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.operations import actions
from fairs.operations.actions import NewDate
from fairs.programmes.drafts import ItemDraft, SlotDraft
from fairs.programmes.kinds import ItemKind
from fairs.programmes.rules import EventKind
from tests import factories
from tests.factories import programmes as make
from tests.factories.programmes import NOON


def _entries(app: Flask, person_id: int) -> int:
    with app.test_request_context():
        return len(entries_of(person_id, NOON))


def _told() -> dict[str, list[str]]:
    rows = db.session.execute(
        sa.select(Message.params, Person.name)
        .join(Person, Person.id == Message.person_id)
        .where(Message.kind.like("operations/%"))
        .order_by(Message.id)
    )
    news: dict[str, list[str]] = {}
    for params, name in rows:
        news.setdefault(params.get("news", "other"), []).append(name)
    return news


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_called_are_told_of_every_change_and_have_it_in_their_calendar(app: Flask) -> None:
    school = factories.university()
    officer = factories.officer(school).person_id
    head, named, other = (
        factories.account(f"{one}@nanhu.example", one) for one in ("head", "named", "other")
    )
    make.grant(head.person_id, RoleKind.DEPT_HEAD, school, factories.department(school).id)
    factories.role(named, RoleKind.COUNSELLOR, university_id=school.id)
    factories.role(other, RoleKind.DEPT_HEAD, university_id=factories.university("beihu").id)
    items = [
        ItemDraft(kind=ItemKind.SUB_VENUE, name="机械学院分会场", detail="会议室 301"),
        ItemDraft(kind=ItemKind.ATTENDEE_ROLE, name=RoleKind.DEPT_HEAD),
        ItemDraft(kind=ItemKind.ATTENDEE, name="李老师", detail="Named@nanhu.example"),
        ItemDraft(kind=ItemKind.ATTENDEE, name="毕业班辅导员代表"),
    ]
    meeting = make.event(school, "工作推进会", EventKind.MEETING, slots=SlotDraft(capacity=0), items=items)
    make.sign_all(make.housed(meeting, by=officer), officer=officer, guard=make.security(school).person_id)
    assert [_entries(app, one.person_id) for one in (head, named)] == [0, 0]

    actions.open_event(meeting.id, by=officer, now=NOON)
    assert meeting.published_at is None
    assert [_entries(app, one.person_id) for one in (head, named, other)] == [1, 1, 0]
    letter = render(app, max(db.session.scalars(sa.select(Message.id))), NOON)
    assert letter.subject == "会议通知：工作推进会"
    assert "2026-11-28 09:00–15:00 2026-0001 馆" in letter.body
    assert "分会场：机械学院分会场 会议室 301" in letter.body

    later = NewDate(first_on=date(2026, 11, 29), starts=time(14), ends=time(16))
    actions.move_event(meeting.id, later, by=officer, now=NOON)
    actions.postpone_event(meeting.id, "会场检修", by=officer, now=NOON)
    actions.undo_stop(meeting.id, by=officer, now=NOON)
    actions.cancel_event(meeting.id, "另行安排", by=officer, now=NOON)
    both = ["head", "named"]
    assert _told() == dict.fromkeys(("called", "moved", "postponed", "restored", "cancelled"), both)
    letter = render(app, max(db.session.scalars(sa.select(Message.id))), NOON)
    assert (letter.subject, "原因：另行安排" in letter.body) == ("会议取消：工作推进会", True)


@pytest.mark.parametrize("database", ["sqlite"])
def test_of_a_meeting_that_nobody_was_called_to_nobody_hears(app: Flask) -> None:
    school = factories.university()
    officer = factories.officer(school).person_id
    items = [ItemDraft(kind=ItemKind.ATTENDEE_ROLE, name=RoleKind.CAREER_OFFICER)]
    meeting = make.event(school, "工作推进会", EventKind.MEETING, slots=SlotDraft(capacity=0), items=items)
    actions.cancel_event(meeting.id, "不再召开", by=officer, now=NOON)
    assert _told() == {}
