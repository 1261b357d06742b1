"""When booking begins; who may come first, and that nobody can tell who that is (S12)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.models import Account
from fairs.audit.models import AccessLog, Audit
from fairs.database import db
from fairs.programmes import queries as programmes
from fairs.programmes.models import EntrySlot, Event
from fairs.registrations import actions, priority, queries, seals, windows
from fairs.registrations.models import PriorityList
from fairs.registrations.rules import (
    EarlyWithoutGroup,
    NotOpenYet,
    RegistrationState,
    SupportGroup,
    UnknownNumbers,
    Window,
    WindowTooLate,
    check_window,
    shown_figure,
)
from fairs.students.models import Student
from tests import factories
from tests.factories import programmes as planned
from tests.factories import registrations as made
from tests.walking import Walk, ways

GROUP = SupportGroup.ZERO_EMPLOYMENT
WORDS = ("零就业", "zero_employment", "Family without employment", "优先群体")
IN_A_WEEK = timedelta(days=7)
LISTS = {"home.index", "registrations.mine", "messages.inbox", "programmes.events", "programmes.month"}
"""Pages without an event in their address on which one could be read of."""


@pytest.fixture
def officer(app: Flask) -> Account:
    return factories.officer(factories.university())


@pytest.fixture
def fair(officer: Account) -> Event:
    school = db.session.scalars(sa.select(factories.University)).one()
    factories.department(school)
    return made.open_event(school, clock.now() + timedelta(days=14))


@pytest.fixture
def slot(fair: Event) -> EntrySlot:
    return made.slot(programmes.occurrences(fair.id)[0], 5)


@pytest.fixture
def pupils(fair: Event) -> list[Account]:
    department = db.session.scalars(sa.select(factories.Department)).first()
    return [made.student(department, number, f"同学{number}") for number in range(1, 4)]


def listed(fair: Event, officer: Account, *accounts: Account) -> None:
    """These students come first, from now on; everybody else in a week."""
    chosen = sa.select(Student.student_no).where(Student.person_id.in_([one.person_id for one in accounts]))
    numbers = db.session.scalars(chosen).all()
    by, now = officer.person_id, clock.now()
    priority.replace_list(fair.university_id, numbers, GROUP, "资助名单", by=by, now=now)
    priority.set_window(fair.id, now + IN_A_WEEK, GROUP, 10, by=by, now=now)


def test_a_member_books_and_an_outsider_is_told_when(
    fair: Event, slot: EntrySlot, officer: Account, pupils: list[Account], sign_in: Callable[..., FlaskClient]
) -> None:
    member, outsider, _ = pupils
    listed(fair, officer, member)
    page = f"/nanhu/events/{fair.public_id}"
    shown = sign_in(outsider).get(page).text
    assert "开放" in shown
    assert "共 5 个名额" in shown
    assert "余 5" not in shown
    assert 'value="' + slot.public_id not in shown
    refused = sign_in(outsider).post(f"{page}/book", data={"slot": slot.public_id})
    assert refused.status_code == 422
    with pytest.raises(NotOpenYet, match="预约将于"):
        actions.book(slot.id, outsider.person_id, clock.now())
    assert "余 5" in sign_in(member).get(page).text
    booked = sign_in(member).post(f"{page}/book", data={"slot": slot.public_id})
    assert booked.status_code == 302
    # what the member is told says nothing of why
    told = sign_in(member).get(page).text + sign_in(member).get(booked.headers["Location"]).text
    assert not [word for word in WORDS if word in told]
    later = clock.now() + timedelta(days=8)
    assert actions.book(slot.id, outsider.person_id, later).state is RegistrationState.TICKETED


def test_lists_are_sealed_replaced_whole_and_read_for_a_purpose(
    fair: Event, officer: Account, pupils: list[Account]
) -> None:
    here, by, now = fair.university_id, officer.person_id, clock.now()
    numbers = list(db.session.scalars(sa.select(Student.student_no)))
    with pytest.raises(UnknownNumbers, match="4711"):
        priority.replace_list(here, [*numbers, "4711"], GROUP, "资助名单", by=by, now=now)
    assert windows.members(here, GROUP) == frozenset()
    priority.replace_list(here, numbers, GROUP, "资助名单", by=by, now=now)
    assert priority.replace_list(here, numbers[:1], GROUP, "更正", by=by, now=now) == 1
    assert windows.members(here, GROUP) == {pupils[0].person_id}
    assert [size.count for size in priority.sizes(here)] == [None]
    row = db.session.scalars(sa.select(PriorityList)).one()
    assert f"[{pupils[0].person_id}]".encode() not in row.members
    assert len(row.members) == len(seals.seal_numbers("x", range(500)))
    there = priority.reveal(here, GROUP, "核对名单", by=by, now=now)
    assert [student.person_id for student in there] == [pupils[0].person_id]
    assert "核对名单" in db.session.scalars(sa.select(AccessLog.purpose)).one()
    written = [str(row.detail) + row.subject_kind for row in db.session.scalars(sa.select(Audit))]
    assert not [line for line in written if "zero" in line or numbers[0] in line or "student" in line]


def test_windows_are_checked() -> None:
    begins = clock.now() + timedelta(days=1)
    early = Window(begins - timedelta(hours=1), timedelta(days=2))
    check_window(early, GROUP, begins)
    assert early.begins(is_member=True) == early.opens_at - timedelta(days=2)
    assert early.begins(is_member=False) == early.opens_at
    with pytest.raises(EarlyWithoutGroup):
        check_window(early, None, begins)
    with pytest.raises(EarlyWithoutGroup):
        check_window(Window(early.opens_at), GROUP, begins)
    with pytest.raises(WindowTooLate):
        check_window(Window(begins), None, begins)
    assert [shown_figure(count) for count in (0, 1, 4, 5)] == [0, None, None, 5]


def test_nobody_elses_pages_tell_who_came_first(walk: Walk, app: Flask) -> None:
    """One student of A came in early. Everybody else walks every page and must find no trace of the group, and
    before the opening none of the student's booking."""
    a = walk.world.a
    event, member = walk.world.event, a.people["classmate"]
    officer = a.people["officer"].person_id
    number = db.session.scalars(
        sa.select(Student.student_no).where(Student.person_id == member.person_id)
    ).one()
    now = clock.now()
    priority.replace_list(a.school.id, [number], GROUP, "资助名单", by=officer, now=now)
    priority.set_window(event.id, now + timedelta(days=1), GROUP, 20, by=officer, now=now)
    slot = programmes.slots(programmes.occurrences(event.id)[0].id)[0]
    actions.book(slot.id, member.person_id, now)
    for who in ("student", "employer", "coordinator", "door_staff", None):
        browser = walk.browser(a, who) if who else app.test_client()
        for path, text in _pages(walk, browser, app):
            if path.endswith("/opening"):
                continue  # whoever plans the event chose the group: of the event, not of a student
            found = [word for word in (*WORDS[:3], number, "王小雪") if word in text]
            if who == "coordinator" and "/registrations" not in path:
                found = [word for word in found if word in WORDS]  # keeps the roster of the own department
            if found:
                walk.faults.append(f"{who} finds {found} at {path}")


def _pages(walk: Walk, browser: FlaskClient, app: Flask) -> Iterator[tuple[str, str]]:
    for way in ways(app):
        about = way.rule.arguments & {"event", "registration", "programme", "place"}
        if way.method == "GET" and (about or way.endpoint in LISTS):
            path = way.path(walk.names)
            with browser.get(path) as answer:
                if answer.status_code == 200 and answer.mimetype in {
                    "text/html",
                    "text/calendar",
                    "application/json",
                }:
                    yield path, answer.text


def test_the_desk_shows_nobody_before_the_opening(
    fair: Event, slot: EntrySlot, officer: Account, pupils: list[Account], sign_in: Callable[..., FlaskClient]
) -> None:
    listed(fair, officer, pupils[1])
    actions.book(slot.id, pupils[1].person_id, clock.now())
    desk = sign_in(officer).get(f"/nanhu/office/events/{fair.public_id}/registrations").text
    assert "名单在预约全面开放后显示" in desk
    assert "同**" not in desk
    assert "已预约" not in sign_in(pupils[0]).get(f"/nanhu/events/{fair.public_id}").text
    priority.set_window(fair.id, clock.now(), None, 0, by=officer.person_id, now=clock.now())
    actions.book(slot.id, pupils[0].person_id, clock.now())
    desk = sign_in(officer).get(f"/nanhu/office/events/{fair.public_id}/registrations").text
    # in the order of their numbers, not of their bookings
    assert desk.index("0001") < desk.index("0002")


def test_the_office_sets_windows_and_lists_on_pages(
    fair: Event, officer: Account, pupils: list[Account], sign_in: Callable[..., FlaskClient]
) -> None:
    browser, page = sign_in(officer), f"/nanhu/office/events/{fair.public_id}/opening"
    day = clock.campus_day(clock.now()) + timedelta(days=3)
    sent = {"opens_on": day.isoformat(), "opens_time": "09:00", "group": "", "early_days": "3"}
    refused = browser.post(page, data=sent)
    assert (refused.status_code, "请同时填写优先群体和提前天数" in refused.text) == (422, True)
    assert browser.post(page, data=sent | {"group": GROUP.value}).status_code == 302
    assert windows.window_of(fair.id).early_days == 3
    lists = "/nanhu/office/priority"
    numbers = db.session.scalars(sa.select(Student.student_no)).all()
    missing = browser.post(lists, data={"group": GROUP.value, "purpose": "x", "numbers": "4711"})
    assert (missing.status_code, "4711" in missing.text) == (422, True)
    good = {"group": GROUP.value, "purpose": "资助名单", "numbers": "\n".join(numbers)}
    assert browser.post(lists, data=good).status_code == 302
    assert "少于 5 人" in browser.get(lists).text
    assert "同学1" not in browser.get(lists).text
    assert browser.post(f"{lists}/look", data={"look-group": GROUP.value}).status_code == 302
    seen = browser.post(f"{lists}/look", data={"look-group": GROUP.value, "look-purpose": "核对"})
    assert ("同学1" in seen.text, seen.headers["Cache-Control"]) == (True, "no-store")
    # the lists are the office's alone
    coordinator = planned.coordinator(db.session.get(factories.University, fair.university_id), 1)
    assert sign_in(coordinator).get(lists).status_code == 403
    assert queries.waited_for(clock.now()) == []


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """What is shown to whom does not depend on the database."""
    return str(request.param)
