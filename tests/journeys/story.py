"""Where the story plays: the clock, the campus, and the people with their browsers."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser

from fairs import clock
from fairs.accounts import actions as accounts
from fairs.accounts.models import Account
from fairs.accounts.rules import Grant, RoleKind
from fairs.database import db
from fairs.institutions import actions as institutions
from fairs.messages.delivery import deliver_due
from fairs.reminders import actions as reminders
from fairs.tasks import worker
from fairs.venues import actions as venues
from fairs.venues.rules import SpaceKind
from tests.journeys.people import DESK, PHONE, Someone

PASSWORD = "a-long-password-2026"
FAIR, OTHER = "计算机类专场招聘会", "机械类专场招聘会"
FIRM = "青禾智能科技有限公司"
PLANNING = datetime(2026, 11, 9, 10, 0, tzinfo=clock.CAMPUS)
EVE = datetime(2026, 11, 20, 9, 1, tzinfo=clock.CAMPUS)
DAY = datetime(2026, 11, 21, 9, 5, tzinfo=clock.CAMPUS)


class Story:
    """The people, the place and the papers."""

    def __init__(self, app: Flask, browser: Browser, live: str, faults: list[str], papers: Path) -> None:
        self.app, self.browser, self.live, self.faults, self.papers = app, browser, live, faults, papers
        self.there: list[Someone] = []
        self.tickets: dict[str, str] = {}
        self.officer = self.someone("officer", DESK)
        self.security = self.someone("security", DESK)
        self.employer, self.student, self.door = map(self.someone, ("employer", "student", "door"))

    def someone(self, name: str, size: dict[str, int] = PHONE) -> Someone:
        """Somebody with a browser of their own: a phone, unless they sit at a desk."""
        self.there.append(Someone(name, self.browser, self.live, self.faults, size))
        return self.there[-1]

    def work(self) -> None:
        """The background tasks that wait are done now."""
        while worker.do_next(self.app, "test"):
            pass
        db.session.rollback()

    def post(self) -> None:
        """Reminders are planned and everything due is delivered."""
        reminders.plan_due(clock.now())
        deliver_due(self.app, "test", clock.now())
        db.session.rollback()


def found_campus() -> None:
    """A university with two departments, a hall and its staff's accounts; nothing else."""
    school = institutions.add_university(
        "10901", "nanhu", "南湖大学", phone="025-5550 0101", mail="jubao@nanhu.example"
    )
    place = institutions.add_campus(school.id, "主校区", "大学路 1 号")
    for code, name, major in (
        ("CS", "计算机学院", ("080901", "计算机科学与技术")),
        ("ME", "机械学院", ("080202", "机械设计制造")),
    ):
        department = institutions.add_department(school.id, code, name)
        institutions.add_major(department.id, *major)
    officer = _staff(school.id, RoleKind.CAREER_OFFICER, "chen@nanhu.example", "陈老师")
    _staff(school.id, RoleKind.CAMPUS_SECURITY, "liu@nanhu.example", "刘科长")
    hall = venues.SpaceDraft(campus_id=place.id, kind=SpaceKind.HALL, name="体育馆", net_area=1600.0)
    venues.create_space(hall, university_id=school.id, by=officer, now=clock.now())


def _staff(university_id: int, kind: RoleKind, login: str, name: str) -> int:
    person = accounts.create_person(name, email=login, login=login)
    accounts.grant_role(person.id, Grant(kind=kind, university_id=university_id), by=None, now=clock.now())
    accounts.set_password(account(login).id, PASSWORD)
    return person.id


def account(login: str) -> Account:
    return db.session.scalars(sa.select(Account).where(Account.login == login)).one()
