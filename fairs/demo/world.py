"""The demo's universities: departments, halls, and staff with named sign-ins."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fairs.accounts import actions as accounts
from fairs.accounts.rules import CURRENT_VERSION, DocumentKind, Grant, RoleKind
from fairs.administration.actions import roles
from fairs.administration.actions.roles import RoleDraft
from fairs.clock import campus_day
from fairs.database import transaction
from fairs.demo.names import DEPARTMENTS
from fairs.institutions import actions as institutions
from fairs.venues import actions as venues
from fairs.venues.actions import SpaceDraft
from fairs.venues.rules import SpaceKind
from fairs.workdays import actions as workdays
from fairs.workdays.actions import PeriodDraft
from fairs.workdays.rules import PeriodKind

PASSWORD = "campus-fairs"  # noqa: S105 (printed at every start of a demo; never used outside one)

NAMES = (
    ("10901", "nanhu", "南湖大学", "Nanhu University", "025-5550 0101"),
    ("10902", "dongling", "东岭理工大学", "Dongling University of Technology", "025-5550 0102"),
    ("10903", "xishan", "西山学院", "Xishan College", "025-5550 0103"),
    ("10904", "beiwan", "北湾师范大学", "Beiwan Normal University", "025-5550 0104"),
    ("10905", "yunting", "云亭农业大学", "Yunting Agricultural University", "025-5550 0105"),
    ("10906", "haizhou", "海洲医学院", "Haizhou Medical College", "025-5550 0106"),
    ("10907", "lanqiao", "兰桥财经大学", "Lanqiao University of Finance", "025-5550 0107"),
    ("10908", "qingxi", "青溪职业技术学院", "Qingxi Polytechnic", "025-5550 0108"),
    ("10909", "jinfeng", "金枫工业大学", "Jinfeng University of Industry", "025-5550 0109"),
    ("10910", "shuimu", "水木外国语学院", "Shuimu College of Languages", "025-5550 0110"),
)

# role → (mailbox's local part, name)
STAFF = {
    "officer": (RoleKind.CAREER_OFFICER, "chen", "陈老师"),
    "second": (RoleKind.CAREER_OFFICER, "sun", "孙老师"),
    "director": (RoleKind.CAREER_DIRECTOR, "gu", "顾主任"),
    "coordinator": (RoleKind.DEPT_COORDINATOR, "zhao", "赵老师"),
    "coordinator_em": (RoleKind.DEPT_COORDINATOR, "qian", "钱老师"),
    "coordinator_ar": (RoleKind.DEPT_COORDINATOR, "wu", "吴老师"),
    "head": (RoleKind.DEPT_HEAD, "fang", "方院长"),
    "security": (RoleKind.CAMPUS_SECURITY, "liu", "刘科长"),
    "leader": (RoleKind.SCHOOL_LEADER, "he", "何书记"),
    "admin": (RoleKind.ADMIN, "ma", "马老师"),
}

IN_DEPARTMENT = {"coordinator": "CS", "head": "CS", "coordinator_em": "EM", "coordinator_ar": "AR"}
"""Whose role is held at a department, and which one."""


@dataclass
class School:
    """A demo university, by the numbers that the rest of the demo needs."""

    id: int
    slug: str
    name: str
    departments: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    halls: dict[str, int] = field(default_factory=dict)


@transaction
def build(count: int, now: datetime) -> list[School]:
    """The first ``count`` universities."""
    return [_school(index, now) for index in range(count)]


def _school(index: int, now: datetime) -> School:
    code, slug, name, english, phone = NAMES[index]
    row = institutions.add_university(
        code, slug, name, phone=phone, mail=f"jubao@{slug}.example", name_en=english
    )
    school = School(row.id, slug, name)
    campus = institutions.add_campus(row.id, "主校区", "大学路 1 号")
    for department_code, department_name, majors in DEPARTMENTS:
        department = institutions.add_department(row.id, department_code, department_name)
        school.departments[department_code] = department.id
        for national_code, major in majors:
            institutions.add_major(department.id, national_code, major)
    for role in STAFF:
        school.staff[role] = _staff(school, role, now)
    _halls(school, campus.id, now)
    _administered(school, now)
    return school


def _administered(school: School, now: datetime) -> None:
    """Exam weeks to come, and a helper at the door whose role ends soon."""
    today, director = campus_day(now), school.staff["director"]
    exams = PeriodDraft(PeriodKind.EXAMS, "期末考试", today + timedelta(days=44), today + timedelta(days=55))
    workdays.add_period(exams, university_id=school.id, by=director, now=now)
    draft = RoleDraft(
        mail=f"helper@{school.slug}.example",
        name="林志愿",
        kind=RoleKind.DOOR_STAFF,
        until=today + timedelta(days=10),
    )
    roles.give_role(draft, university_id=school.id, by=director, now=now)


def _staff(school: School, role: str, now: datetime) -> int:
    kind, local, name = STAFF[role]
    login = f"{local}@{school.slug}.example"
    person = accounts.create_person(name, email=login, login=login)
    department = school.departments[IN_DEPARTMENT[role]] if role in IN_DEPARTMENT else None
    accounts.grant_role(
        person.id, Grant(kind=kind, university_id=school.id, department_id=department), by=None, now=now
    )
    return person.id


def _halls(school: School, campus_id: int, now: datetime) -> None:
    wanted = (
        ("gym", SpaceKind.HALL, "体育馆", 1600.0, None),
        ("centre", SpaceKind.HALL, "学生活动中心", 600.0, None),
        ("home", SpaceKind.EMPLOYMENT_HOME, "就业之家", 240.0, None),
        ("a101", SpaceKind.ROOM, "教学楼 A101", 180.0, 120),
        ("a102", SpaceKind.ROOM, "教学楼 A102", 180.0, 120),
        ("b201", SpaceKind.ROOM, "教学楼 B201", 90.0, 60),
    )
    for key, kind, name, area, capacity in wanted:
        draft = SpaceDraft(campus_id=campus_id, kind=kind, name=name, net_area=area, capacity=capacity)
        space = venues.create_space(draft, university_id=school.id, by=school.staff["officer"], now=now)
        school.halls[key] = space.id


def give_password(person_id: int, account_id: int, now: datetime) -> None:
    """Let a named demo person sign in: a password, and every document accepted."""
    accounts.set_password(account_id, PASSWORD)
    for kind in CURRENT_VERSION:
        if kind is not DocumentKind.FAIR_CONSENT:
            accounts.accept(person_id, kind, university_id=None, now=now)
