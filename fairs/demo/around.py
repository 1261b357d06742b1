"""What stands around the demo's events: a promotion week below the month, campaigns of others, an invitation."""

from datetime import date, datetime, time, timedelta

from fairs.clock import at_campus
from fairs.database import transaction
from fairs.demo.season import publish
from fairs.demo.world import School
from fairs.programmes import actions as programmes
from fairs.programmes import external
from fairs.programmes.actions import ProgrammeTexts
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    FairDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
)
from fairs.programmes.external import ActivityDraft
from fairs.programmes.rules import EventKind, EventScope, ProgrammeKind

TALKS = ("就业政策宣讲：基层项目", "简历问诊日", "生涯规划团辅", "考公考编经验分享")


@transaction
def promotion_week(school: School, month: int, today: date, now: datetime) -> None:
    """A week below the month with something on four of its seven days."""
    first = today + timedelta(days=14 - today.weekday())
    by = school.staff["officer"]
    texts = ProgrammeTexts(
        kind=ProgrammeKind.EMPLOYMENT_PROMOTION_WEEK,
        name=f"{today.year + 1}届高校毕业生就业促进周",
        theme="促就业 送服务 暖人心",
        slogan="一天一活动",
        cohort=today.year + 1,
        starts_on=first,
        ends_on=first + timedelta(days=6),
        parent_id=month,
    )
    week = programmes.create_programme(texts, university_id=school.id, by=by, now=now).id
    publish(week, texts.name, by=by, now=now)
    for n, title in enumerate(TALKS):
        draft = EventDraft(
            kind=EventKind.WORKSHOP,
            title=title,
            university_id=school.id,
            days=[
                DayDraft(
                    on=first + timedelta(days=n + (n > 1)), starts=time(18), ends=time(20), place="报告厅"
                )
            ],
            slots=SlotDraft(capacity=80),
            programmes=[ProgrammeDraft(programme_id=week)],
        )
        programmes.create_event(draft, by=by, now=now)


@transaction
def activities_of_others(school: School, month: int, today: date, now: datetime) -> None:
    """Two campaigns that others run: one under way, one still to come."""
    by = school.staff["officer"]
    for title, organiser, code, begins, days in (
        ("全国中小企业网上百日招聘", "省中小企业服务中心", "hundred_day_online", -20, 100),
        ("国聘行动线上招聘月", "国聘平台", "guopin", 5, 30),
    ):
        starts_at = at_campus(today + timedelta(days=begins), time(9))
        draft = ActivityDraft(
            title=title,
            organiser=organiser,
            campaign=code,
            programme_id=month,
            url=f"https://{code.replace('_', '-')}.example.org/",
            audience=f"{today.year + 1}届毕业生",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=days),
            deadline_at=starts_at + timedelta(days=days - 7),
        )
        row = external.create_activity(draft, university_id=school.id, by=by, now=now)
        external.publish_activity(row.id, by=by, now=now)


@transaction
def invitation(lead: School, asked: School, today: date, now: datetime) -> None:
    """A joint fair of another university, to which this one has not answered yet."""
    draft = EventDraft(
        kind=EventKind.JOB_FAIR,
        scope=EventScope.ALLIANCE,
        title="东部高校联盟联合双选会",
        university_id=lead.id,
        days=[DayDraft(on=today + timedelta(days=20), starts=time(9), ends=time(15), place="会展中心")],
        slots=SlotDraft(count=2, capacity=400),
        fair=FairDraft(expected_attendance=800),
        partners=[PartnerDraft(university_id=asked.id, ticket_quota=300, booth_quota=30)],
    )
    programmes.create_event(draft, by=lead.staff["officer"], now=now)
