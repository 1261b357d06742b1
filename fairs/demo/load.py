"""Loading the demo season, relative to today."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as hour

import sqlalchemy as sa
from flask import Flask

from fairs import clock
from fairs.accounts.queries import account_by_login
from fairs.database import db, found
from fairs.demo import (
    accounts,
    aftermath,
    around,
    crowd,
    docking,
    evening,
    invites,
    market,
    people,
    reports,
    safety,
    season,
    streams,
    wishes,
    world,
)
from fairs.demo.events import HISTORY, SEASON, End
from fairs.demo.market import Firm
from fairs.demo.names import Inventor
from fairs.demo.season import Made
from fairs.demo.world import PASSWORD, School
from fairs.institutions.models import University
from fairs.programmes.rules import EventKind
from fairs.workdays.actions import seed

Say = Callable[[str], None]
SEED = 2027
STUDENT = "27010001"
INVITING = frozenset({9, 14})
"""Days from today of the fairs that still invite employers."""
FOUNDED = clock.at_campus(date(2022, 9, 1), hour(9))
"""When the demo's staff took up their roles: before the month of the class of 2023."""

SIGN_INS = (
    ("就业中心老师 career officer", "chen@nanhu.example"),
    ("第二位老师 second officer", "sun@nanhu.example"),
    ("就业中心主任 director", "gu@nanhu.example"),
    ("学校领导 school leader", "he@nanhu.example"),
    ("系统管理员 administrator", "ma@nanhu.example"),
    ("院系就业专员 coordinator", "zhao@nanhu.example"),
    ("院系负责人 head of department", "fang@nanhu.example"),
    ("保卫处 campus security", "liu@nanhu.example"),
    ("单位招聘负责人 employer", market.HERO[3]),
    ("学生 student", f"{STUDENT}@nanhu"),
    ("东岭理工老师 officer of the other school", "chen@dongling.example"),
)


def load_once(app: Flask, say: Say) -> None:
    """Load the season if the database holds no university yet."""
    if db.session.scalar(sa.select(sa.func.count()).select_from(University)):
        return
    say("Loading the demo season (under a minute) …")
    began = time.monotonic()
    load(app, Size(), clock.now())
    say(f"Demo season loaded in {time.monotonic() - began:.0f} s.")


def sign_ins() -> list[str]:
    """The lines that tell who may sign in."""
    lines = [f"Sign in at /sign-in with the password {PASSWORD} as"]
    return lines + [f"  {login:<26} {who}" for who, login in SIGN_INS]


@dataclass(frozen=True)
class Size:
    """How large a season is: universities, students at each, employers in all, postings of each."""

    schools: int = 2
    students: int = 1000
    employers: int = 300
    postings: int = 3


def load(app: Flask, size: Size, now: datetime) -> None:
    """Fill an empty database with a season of this size, laid around ``now``."""
    inventor = Inventor(SEED)
    seed(now)
    schools = world.build(size.schools, FOUNDED)
    for school in schools:
        world.administer(school, now)
    for school in schools:
        people.import_students(app, school, size.students, inventor, now)
    firms = market.import_employers(app, schools, size.employers, inventor, now - timedelta(days=30))
    _passwords(now)
    market.post(firms, schools, size.postings, inventor, now)
    for index, school in enumerate(schools):
        partners = schools[1:2] if index == 0 else []
        _school_season(app, school, partners, firms, inventor, now)
    around.invitation(schools[1], schools[0], clock.campus_day(now), now)
    _history(schools[0], firms, inventor, now)
    accounts.enliven(schools[0], firms, inventor, now)
    reports.tell(schools[0], now)


def _passwords(now: datetime) -> None:
    for _, login in SIGN_INS:
        account = found(account_by_login(login))
        world.give_password(account.person_id, account.id, now)


def _school_season(
    app: Flask,
    school: School,
    partners: Sequence[School],
    firms: Sequence[Firm],
    inventor: Inventor,
    now: datetime,
) -> None:
    today = clock.campus_day(now)
    safety.prepare(school, now - timedelta(days=30))
    month = season.month_of(
        school,
        today - timedelta(days=14),
        today + timedelta(days=21),
        name=f"{today.year}年校园招聘月",
        theme="就业向未来 建功新时代",
        cohort=today.year + 1,
        now=now - timedelta(days=30),
    )
    if partners:
        around.promotion_week(school, month, today, now)
        around.activities_of_others(school, month, today, now)
    # the second school is smaller: every third event only
    wanted = [one for n, one in enumerate(SEASON) if partners or n % 3 == 1]
    students = crowd.students_of(school.id)
    hero = students[0] if partners else None
    for made in season.make(wanted, school, partners, month, today, now):
        _live(app, made, firms, students, hero, inventor, now)
    wishes.say(school, students, hero, inventor, now)


def _live(
    app: Flask,
    made: Made,
    firms: Sequence[Firm],
    students: Sequence[int],
    hero: int | None,
    inventor: Inventor,
    now: datetime,
) -> None:
    """One event from its requests to its end."""
    end = made.wanted.end
    past = end in {End.CLOSED, End.RUNNING}
    if made.with_booths and end not in {End.DRAFT, End.REVIEW}:
        asked = market.ask_for_booths(made, firms, inventor, now)
        if past or end is End.LOCKED:
            market.place_by_hand(made, asked, now)
        elif asked and end is End.OPEN and made.wanted.day < 12:
            market.place(app, made, now)
    if made.with_booths and end in {End.APPROVED, End.OPEN} and made.wanted.day in INVITING:
        invites.invite(made, firms[0], now)
    season.open_booking(made)
    if made.wanted.kind is EventKind.DOCKING_MEETING and end is End.OPEN:
        docking.arrange(made, firms, now)
    if made.with_booths and end is End.OPEN and made.wanted.day in {6, 12}:
        safety.man(made.id, made.school, now)
    wants = (
        hero if end in {End.OPEN, End.RUNNING} and made.wanted.day in {0, 6} and made.with_booths else None
    )
    crowd.book(made, students, wants, 0.6 if past else 0.3, inventor)
    streams.arrange(made, firms, now)
    season.call_off(made, now)
    season.run(made, now)
    crowd.attend(made, 0.8, now)
    evening.note(made, now)
    season.close(made)
    evening.sweep(made)
    aftermath.follow(made, inventor, now)


def _history(school: School, firms: Sequence[Firm], inventor: Inventor, now: datetime) -> None:
    """The recruitment month of the class of 2023, of which the notices speak (2022-11 to 2022-12)."""
    began = clock.at_campus(date(2022, 11, 1), hour(12))
    month = season.month_of(
        school,
        date(2022, 11, 1),
        date(2022, 12, 31),
        name="2023届高校毕业生校园招聘月",
        theme="就业向未来 建功新时代",
        cohort=2023,
        now=began - timedelta(days=20),
    )
    for made in season.make(HISTORY, school, (), month, date(2022, 11, 1), began):
        season.open_booking(made)
        season.run(made, season.day_of(made))
        season.close(made)
        aftermath.follow(made, inventor, now)
