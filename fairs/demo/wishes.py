"""The demo's students say what they want; the hero keeps two employers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.database import db, transaction
from fairs.demo.names import Inventor
from fairs.demo.world import School
from fairs.employers.rules import INDUSTRIES
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import COMING
from fairs.guidance import actions as guidance
from fairs.guidance.rules import Plan, Wishes
from fairs.postings.rules import PostingKind
from fairs.programmes.models import Event
from fairs.registrations import priority
from fairs.registrations.rules import SupportGroup
from fairs.students.models import Student

ANSWERED = 40
"""How many students of a school have answered the survey."""
CITIES = ("南京", "上海", "苏州", "杭州", "合肥", "深圳")


@transaction
def say(school: School, students: Sequence[int], hero: int | None, inventor: Inventor, now: datetime) -> None:
    """Wishes of some students, a list of who comes first, and what the hero wants and keeps."""
    asked = now - timedelta(days=3)
    for person_id in students[1:ANSWERED]:
        guidance.say_wishes(person_id, school.id, _wishes(inventor), now=asked)
    first = sa.select(Student.student_no).where(Student.person_id.in_(students[2:10]))
    numbers = db.session.scalars(first).all()
    officer = school.staff["officer"]
    group = SupportGroup.OUT_OF_POVERTY
    priority.replace_list(school.id, numbers, group, "资助中心九月名单", by=officer, now=asked)
    if hero is not None:
        _hero(school, hero, asked)


def _wishes(inventor: Inventor) -> Wishes:
    pick = inventor.random
    return Wishes(
        plan=pick.choice(list(Plan)),
        cities=frozenset(pick.sample(CITIES, 2)),
        industries=frozenset(pick.sample(INDUSTRIES, 2)),
        kinds=frozenset({pick.choice(list(PostingKind)).value}),
    )


def _hero(school: School, hero: int, now: datetime) -> None:
    wants = Wishes(
        plan=Plan.JOB,
        cities=frozenset({"南京", "上海"}),
        industries=frozenset({"软件和信息技术服务业"}),
        kinds=frozenset({PostingKind.JOB.value}),
    )
    guidance.say_wishes(hero, school.id, wants, now=now)
    coming = (
        sa.select(Exhibitor.employer_id)
        .join(Event, Event.id == Exhibitor.event_id)
        .where(Event.university_id == school.id, Exhibitor.state.in_(COMING))
    )
    for employer_id in db.session.scalars(coming.distinct().order_by(Exhibitor.employer_id).limit(2)).all():
        guidance.keep(hero, employer_id=employer_id, now=now)
