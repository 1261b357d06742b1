"""What the demo's employers have been through at the first school: tags, introducers, requests, sanctions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db, found
from fairs.demo.market import Firm
from fairs.demo.names import Inventor
from fairs.demo.world import School
from fairs.employers import actions, queries
from fairs.employers.actions.marks import TagDraft
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.sanctions import Bar, Occasion
from fairs.employers.marks import IntroducerKind, TagKind
from fairs.employers.models import EmployerStanding
from fairs.employers.papers import CredentialKind, required_papers
from fairs.employers.registration import NewContact, Registration, Unit
from fairs.employers.rules import EmployerKind, EmployerSize, Ownership, StandingState
from fairs.employers.sanctions import SanctionKind, StrikeReason
from fairs.institutions import codes
from fairs.operations.standings import bar_employer
from fairs.profiles import actions as profiles
from fairs.profiles import queries as pages
from fairs.vetting import reviews
from fairs.vetting.rules import VerdictKind
from fairs.vetting.sampling import week_before

PAPER = Upload(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", "示例材料.pdf")
BROUGHT = (
    (IntroducerKind.CHAMBER, "江苏省传感器行业协会"),
    (IntroducerKind.ALUMNI, "上海校友会"),
    (IntroducerKind.TEACHER, "机械学院张老师"),
)
INTRODUCTION = (
    "我们做工业传感器和测试系统，总部在南京，在苏州和西安有研发团队，服务轨道交通和新能源客户。\n"
    "新人由导师带教一年，每年两次调薪机会，提供人才公寓。"
)


def enliven(school: School, firms: Sequence[Firm], inventor: Inventor, now: datetime) -> None:
    """Give the first school's officers something of each kind to look at and to decide."""
    officer, second = school.staff["officer"], school.staff["second"]
    suspended, listed = firms[-2], firms[-1]
    rows = _standings(school, [firm.id for firm in (*firms[:36], suspended, listed)])
    _marks([rows[firm.id].id for firm in firms[:12]], officer, now)
    _chains([rows[firm.id].id for firm in firms[12:36]], officer, now)
    _page(school, firms[0], second, now)
    for weeks in (0, 1, 2):
        reviews.draw(school.id, week_before(campus_day(now) - timedelta(weeks=weeks)), now)
    _colleague(firms[2], inventor, now - timedelta(days=9))
    for number, why in enumerate(StrikeReason):
        occasion = Occasion("demo", number, f"去年秋季双选会（{number + 1}）")
        actions.strike(firms[4].id, school.id, why, occasion, by=None, now=now - timedelta(days=60 - number))
    _sanctions(rows[suspended.id], rows[listed.id], listed, officer, now)
    _newcomers(school, inventor, officer, now)


def _standings(school: School, employer_ids: Sequence[int]) -> dict[int, EmployerStanding]:
    chosen = sa.select(EmployerStanding).where(
        EmployerStanding.university_id == school.id, EmployerStanding.employer_id.in_(employer_ids)
    )
    return {row.employer_id: row for row in db.session.scalars(chosen)}


def _marks(standing_ids: Sequence[int], officer: int, now: datetime) -> None:
    until = campus_day(now) + timedelta(days=400)
    drafts = (
        TagDraft(TagKind.SPECIALISED_SME, number="ZJTX-2025-0318", valid_until=until, evidence=PAPER),
        TagDraft(TagKind.KEY_CHAIN, code="JX01"),
        TagDraft(TagKind.SME),
        TagDraft(TagKind.PRACTICE_BASE),
    )
    for place, number in enumerate(standing_ids):
        actions.add_tag(number, drafts[place % len(drafts)], by=officer, now=now)
        kind, name = BROUGHT[place % len(BROUGHT)]
        actions.set_introducer(number, kind, name, by=officer, now=now)


def _chains(standing_ids: Sequence[int], officer: int, now: datetime) -> None:
    chains = list(codes.built_in())
    for place, number in enumerate(standing_ids):
        actions.add_tag(number, TagDraft(TagKind.KEY_CHAIN, code=chains[place % 5]), by=officer, now=now)


def _page(school: School, hero: Firm, officer: int, now: datetime) -> None:
    profiles.submit_profile(hero.id, INTRODUCTION, None, by=hero.person_id, now=now - timedelta(days=20))
    case = next(one for one in pages.cases(hero.id) if one.university_id == school.id)
    approve = VerdictKind.APPROVE
    profiles.decide_case(case.id, approve, "", case.version, officer, now - timedelta(days=19))


def _colleague(firm: Firm, inventor: Inventor, asked: datetime) -> None:
    contact = NewContact(name=inventor.person(), phone=inventor.phone(), mail="colleague@employer.example")
    actions.request_to_join(firm.id, by_person=None, contact=contact, letter=PAPER, now=asked)


def _sanctions(
    suspended: EmployerStanding, listed: EmployerStanding, firm: Firm, officer: int, now: datetime
) -> None:
    stop = Bar(SanctionKind.SUSPENSION, "招聘信息与实际岗位不符，正在核实。")
    bar_employer(suspended.id, stop, version=suspended.version, by=officer, now=now - timedelta(days=6))
    until = campus_day(now) + timedelta(days=365)
    fraud = Bar(SanctionKind.BLACKLIST, "以招聘为名收取培训费，学生举报属实。", until, PAPER)
    sanction = bar_employer(listed.id, fraud, version=listed.version, by=officer, now=now - timedelta(days=5))
    reason = "已退还全部费用并处理了责任人，附整改报告，申请恢复。"
    actions.ask_relief(sanction.id, reason, PAPER, by=firm.person_id, now=now - timedelta(days=1))


def _newcomers(school: School, inventor: Inventor, officer: int, now: datetime) -> None:
    """A body without a code that waits for two officers, and a firm whose verification soon ends."""
    mission = Unit(
        uscc=None,
        exemption="国际组织驻华机构，没有统一社会信用代码。",
        legal_name="示例国际组织驻华代表处",
        kind=EmployerKind.SOCIAL_ORGANISATION,
        ownership=Ownership.PUBLIC,
        size=EmployerSize.SMALL,
        industry="公共管理和社会组织",
        region="北京",
    )
    _handed_in(school, mission, "hr@mission.example", inventor, now - timedelta(days=1))
    code = inventor.uscc("南京")
    firm = Unit(
        uscc=code,
        exemption=None,
        legal_name="南京临江检测技术有限公司",
        kind=EmployerKind.ENTERPRISE,
        ownership=Ownership.PRIVATE,
        size=EmployerSize.SMALL,
        industry="科学研究和技术服务业",
        region="江苏",
    )
    waiting = _handed_in(school, firm, "hr@linjiang.example", inventor, now - timedelta(days=300))
    actions.decide_standing(
        waiting.id,
        StandingState.VERIFIED,
        version=waiting.version,
        valid_until=campus_day(now) + timedelta(days=20),
        register_checked=True,
        by=officer,
        now=now - timedelta(days=299),
    )


def _handed_in(school: School, unit: Unit, mail: str, inventor: Inventor, now: datetime) -> EmployerStanding:
    contact = NewContact(name=inventor.person(), phone=inventor.phone(), mail=mail)
    made = actions.register_employer(
        Registration(unit=unit, contact=contact, universities=(school.id,)), by_person=None, now=now
    )
    number = made.employer.id
    for kind in sorted(required_papers(unit.kind, exempt=unit.uscc is None)):
        actions.add_credential(number, CredentialKind(kind), PAPER, by=None, now=now)
    standing = found(queries.standing(number, school.id))
    return actions.submit_standing(standing.id, by=None, now=now)
