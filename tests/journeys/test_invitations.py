"""An employer copies last year's posting, is invited, and finds its request filled in (D3, E4–E6)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from fairs import clock
from fairs.accounts import actions as accounts
from fairs.accounts.models import Account
from fairs.database import db
from fairs.employers.models import Employer
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.rules import ExhibitorState, Needs
from fairs.institutions.models import University
from fairs.messages.delivery import deliver_due
from fairs.messages.models import Message
from fairs.postings import actions as postings
from fairs.postings.models import Posting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import exhibitors as made
from tests.factories import postings as texts
from tests.factories.calendars import change
from tests.journeys.people import DESK, Someone
from tests.journeys.story import PASSWORD

pytestmark = pytest.mark.journey
FAIR = "2027届冬季双选会"


class Season:
    """A university with a fair that looks for employers, and an employer that came last year."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.school: University = factories.university()
        self.officer: Account = factories.officer(self.school)
        self.firm: Employer = made.employer("晨星电子有限公司", verified_at=[self.school])
        self.hr: Account = made.contact(self.firm)
        accounts.set_password(self.hr.id, PASSWORD)
        self._last_year()
        made.fair(self.school, FAIR, now=self.now)

    def _last_year(self) -> None:
        """A fair at which the employer was, with a posting that has been withdrawn since, and a driver."""
        then, by = self.now, self.hr.person_id
        case = texts.published(
            self.firm, self.hr, self.officer, self.school, now=then, title="硬件工程师", cohort=2026
        )
        old = made.fair(self.school, "2026届冬季双选会", now=then)
        needs = Needs(power=True, note="需要张贴架")
        place = exhibitors.request_place(old.id, self.firm.id, needs, [], [case.subject_id], by, then)
        exhibitors.add_rep(place.id, "何一", "13800001111", "苏A12345", by=by, now=then)
        change(place, state=ExhibitorState.DEPARTED, ended_at=then)
        change(old, state="closed")
        postings.withdraw_posting(case.subject_id, "已招满", by=by, now=then)

    def approve(self) -> None:
        """The officer approves what waits."""
        db.session.rollback()
        waiting = sa.select(VettingCase).order_by(VettingCase.id.desc()).limit(1)
        case = db.session.scalars(waiting).one()
        texts.decide(case, self.officer, VerdictKind.APPROVE, now=clock.now())

    def link(self, app: Flask) -> str:
        """The path of the link in the letter that has just been delivered."""
        deliver_due(app, "test", clock.now())
        db.session.rollback()
        letters = sa.select(Message.body).where(Message.kind == "invitations/letter")
        found = re.search(r"https?://[^/]+(/\S+/invitations/\S+)", db.session.scalars(letters).one())
        assert found
        return found[1]


@pytest.fixture
def season(app: Flask) -> Season:
    return Season()


def test_from_last_years_posting_to_this_years_booth(
    app: Flask, season: Season, someone: Callable[..., Someone]
) -> None:
    recruiter = someone("recruiter", account=season.hr)
    recruiter.follows("招聘信息")
    recruiter.follows("复制以前的岗位")
    recruiter.ticks("选择硬件工程师")
    until = clock.campus_day(season.now) + timedelta(days=90)
    recruiter.fills(面向届别="2027", 新的有效期=until.isoformat())
    recruiter.shows("copy")
    recruiter.presses("复制为草稿")
    recruiter.sees("已复制 1 条为草稿，核对后提交审核。")
    recruiter.follows("核对并提交")
    recruiter.sees("2027 届")
    recruiter.presses("提交审核")
    recruiter.sees(re.compile("^已提交审核"))
    season.approve()
    recruiter.leaves()

    officer = someone("officer", DESK, season.officer)
    officer.follows(FAIR)
    officer.follows("邀请单位")
    officer.follows("挑选单位")
    officer.sees(re.compile("来过 1 次"))
    officer.ticks("选择晨星电子有限公司")
    officer.presses("给选中的单位写邀请函")
    officer.fills(想对单位说的话="期待再次见面。")
    officer.presses("更新预览")
    officer.sees(re.compile("期待再次见面"), ".letter-text")
    officer.shows("letter")
    officer.presses("发出 1 份邀请")
    officer.sees("已发出 1 份邀请。")

    invited = someone("invited")
    invited.opens(season.link(app))
    invited.sees("期待再次见面。")
    invited.shows("invitation")
    invited.follows("登录并接受邀请")
    invited.fills(登录名=season.hr.login, 密码=PASSWORD)
    invited.presses("登录", "main")
    invited.presses("接受邀请，填展位申请")
    invited.sees("已按上次的申请填好")
    expect(invited.page.get_by_label(re.compile("硬件工程师"))).to_be_checked()
    expect(invited.page.get_by_label("需要电源")).to_be_checked()
    expect(invited.page.get_by_label(re.compile("何一"))).to_be_checked()
    expect(invited.field("其他说明")).to_have_value("需要张贴架")
    invited.shows("request")
    invited.presses("提交申请")
    invited.sees(re.compile("申请已提交"))
    invited.shows("asked")

    officer.page.reload()
    officer.sees("已接受")
    officer.shows("answered")
    copies = sa.select(Posting.copied_from_id).where(Posting.copied_from_id.is_not(None))
    assert len(list(db.session.scalars(copies))) == 1
