"""Safety in the demo: who answers for each school, a written plan for each larger event, people on duty."""

from datetime import datetime

from fairs.administration.actions import school as administration
from fairs.demo.world import School
from fairs.institutions.duties import duties
from fairs.programmes.duties import Duty
from fairs.programmes.models import Event
from fairs.safety import actions, people, queries, rosters, shifts
from fairs.safety.checklists import Answer
from fairs.safety.rules import Position

TEXTS: dict[str, str | int] = {
    "content": "用人单位设展位与毕业生洽谈，现场接收简历；设就业政策咨询台。",
    "organisation": "就业中心负责总协调和单位联络，保卫处负责入场和秩序，后勤负责场地、用电和保洁。",
    "implementation": "活动前一天完成布展和用电检查；当天提前一小时到岗，提前半小时开放入场，结束后一小时内清场。",
    "guards": 6,
    "tasks": "入口 2 人核验、1 人安检；场内按区域分工引导；机动 2 人。",
    "badges": "工作人员蓝色胸牌，单位人员绿色胸牌，志愿者红马甲。",
    "exits": 4,
    "routes": "场内分东西两区，分别由东门、西门疏散，志愿者在通道口引导。",
    "buffer": "北门外广场设排队区，可容纳 300 人，按预约时段分批放行。",
    "layout": "主通道宽 4 米，次通道宽 3 米，消防通道禁止摆放物品。",
    "tickets": "扫描入场码入场；没有预约的同学在咨询台按现场余位办理。",
    "screening": "入口设手持安检仪，禁止携带易燃易爆和管制物品。",
    "vehicles": "单位车辆从南门进校，停放在体育馆西侧停车场，由保卫处引导。",
    "first_aid": "校医院派 1 名医生在现场，备急救箱和除颤仪。",
    "fire": "每 50 平方米配灭火器，活动前一天检查临时用电。",
    "crowd": "场内人数到上限的八成时分流，到上限时暂停入场。",
    "complaints": "025-5550 0110",
    "emergency": "发生拥挤、火情或突发疾病时，现场总负责立即下令暂停入场，按路线有序撤离，并报告保卫处和校医院。",
    "assembly": "图书馆前广场",
}
"""What the plans of the demo say."""


def prepare(school: School, now: datetime) -> None:
    """Who answers for the school, and what it files."""
    officer = school.staff["officer"]
    for key, value in (("province", "jiangsu"), ("filing", "standard")):
        administration.set_duty(school.id, key, value, shown=str(duties()[key].value), by=officer, now=now)
    scope = people.Scope(university_id=school.id)
    for position, name, title in (
        (Position.FIRST, "何书记", "党委书记"),
        (Position.DIRECT, "顾副校长", "副校长"),
    ):
        named = people.Named(name=name, title=title, phone="025-5550 0100")
        people.set_responsible(scope, position, named, by=officer, now=now)


def secure(event: Event, officer: int, now: datetime) -> None:
    """A whole plan, and the usual duties, of which the staff has the first ones."""
    items = queries.checklist_of(event, None).items
    answers = {item.id: {"answer": Answer.YES.value} for item in items}
    actions.write_whole(event.id, TEXTS, answers, by=officer, now=now)
    shifts.plan_usual(event.id, by=officer, now=now)


def man(event_id: int, school: School, now: datetime) -> None:
    """Put the school's staff on duty where they are free, and two helpers without an account at the door."""
    people_on = [school.staff["officer"], school.staff["second"]]
    for row in rosters.shifts(event_id):
        draft = shifts.ShiftDraft(
            duty=Duty(row.duty),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            person_id=people_on.pop(0) if people_on and row.duty in {"lead", "complaints"} else None,
            name="志愿者小林" if row.duty == "first_aid" else "",
            phone="13800005678" if row.duty == "first_aid" else "",
        )
        if draft.person_id or draft.name:
            shifts.change_shift(event_id, row.id, draft, by=school.staff["officer"], now=now)
