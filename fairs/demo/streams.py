"""The demo's live streams: one that was held, one that is on now, one to come, and one that an employer proposes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from fairs.clock import at_campus, campus_day
from fairs.database import db
from fairs.demo.events import End
from fairs.demo.market import Firm
from fairs.demo.season import Made
from fairs.livestreams import actions, queries
from fairs.livestreams.models import LiveSession
from fairs.livestreams.rules import LiveDraft, Side
from fairs.programmes.models import Occurrence
from fairs.programmes.queries import occurrences
from fairs.registrations.models import Registration
from fairs.registrations.rules import HOLDS_PLACE

DAYS = frozenset({-12, 0, 6})
"""Days from today of the fairs that are streamed too."""
WATCHED, VIEWERS = 40, 1260


def arrange(made: Made, firms: Sequence[Firm], now: datetime) -> None:
    """The streams of a fair, as far as they go by ``now``."""
    if not made.with_booths or made.wanted.day not in DAYS:
        return
    end, day = made.wanted.end, occurrences(made.id)[0]
    begins = {End.CLOSED: day.starts_at + timedelta(hours=1), End.RUNNING: now - timedelta(minutes=20)}.get(
        end, at_campus(campus_day(day.starts_at) - timedelta(days=1), time(19))
    )
    at_fair = {one.id for one in queries.employers_at(made.id)}
    there = [firm for firm in firms if firm.id in at_fair]
    draft = LiveDraft(
        title="直播带岗：走进参会企业",
        description="就业中心老师带大家看展位，和招聘负责人聊岗位、薪资和成长路径，现场答疑。",
        platform="校园直播平台",
        url="https://live.example/nanhu/fair",
        starts_at=begins,
        ends_at=begins + timedelta(minutes=90),
        presents=tuple(firm.id for firm in there[:3]),
    )
    row = _announced(made, draft, min(made.opened, now))
    if end is End.CLOSED:
        _held(made, row.id, begins)
    elif end is End.OPEN and there:
        _proposed(made, draft, there[0], now)


def _announced(made: Made, draft: LiveDraft, at: datetime) -> LiveSession:
    officer = made.school.staff["officer"]
    row = actions.plan_session(made.id, draft, Side.ORGANISER, by=officer, now=at)
    return actions.announce(row.id, version=row.version, by=officer, now=at)


def _held(made: Made, number: int, begins: datetime) -> None:
    booked = (
        sa.select(Registration.person_id)
        .join(Occurrence, Occurrence.id == Registration.occurrence_id)
        .where(Occurrence.event_id == made.id, Registration.state.in_(HOLDS_PLACE))
        .distinct()
        .order_by(Registration.person_id)
        .limit(WATCHED)
    )
    for place, person_id in enumerate(list(db.session.scalars(booked))):
        actions.enter(number, person_id, works=False, now=begins + timedelta(seconds=30 * place))
    row = db.session.get_one(LiveSession, number)
    officer, over = made.school.staff["officer"], row.ends_at
    actions.hold(number, VIEWERS, version=row.version, by=officer, now=over)


def _proposed(made: Made, draft: LiveDraft, firm: Firm, now: datetime) -> None:
    later = draft.starts_at + timedelta(minutes=30)
    wish = replace(
        draft,
        title="研发岗位线上宣讲",
        description="介绍研发团队、校招流程和培养计划，欢迎提问。",
        url="https://live.example/rd",
        starts_at=later,
        ends_at=later + timedelta(hours=1),
        employer_id=firm.id,
        presents=(),
    )
    actions.plan_session(made.id, wish, Side.EMPLOYER, by=firm.person_id, now=now)
