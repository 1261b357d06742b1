"""The demo's docking meeting to come: tables, and meetings that were asked for, agreed and declined."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from fairs.demo.market import Firm
from fairs.demo.season import Made
from fairs.docking import actions
from fairs.docking.actions import Wish
from fairs.docking.rules import Side
from fairs.programmes.queries import occurrences

TOPICS = ("2027届软件工程毕业生", "共建实习基地", "订单班和课程共建")


def arrange(made: Made, firms: Sequence[Firm], now: datetime) -> None:
    """Six tables of half hours; employers ask the departments, one department asks the hero's employer."""
    officer, departments = made.school.staff["officer"], list(made.school.departments.values())
    asked_at = now - timedelta(days=1)
    actions.set_tables(made.id, 6, 30, by=officer, now=asked_at)
    day = occurrences(made.id)[0].public_id
    for place, topic in enumerate(TOPICS):
        firm, department = firms[place + 1], departments[place % len(departments)]
        wish = Wish(day=day, sitting_no=place, employer_id=firm.id, department_id=department, topic=topic)
        row = actions.ask(made.id, wish, Side.EMPLOYER, by=firm.person_id, now=asked_at)
        if place:
            agree = place == 1
            reason = "" if agree else "当天院系有教学检查，欢迎另约时间。"
            actions.answer(row.id, Side.DEPARTMENT, agree=agree, reason=reason, by=officer, now=now)
    wish = Wish(day=day, sitting_no=1, employer_id=firms[0].id, department_id=departments[0], topic=TOPICS[1])
    actions.ask(made.id, wish, Side.DEPARTMENT, by=officer, now=now)
