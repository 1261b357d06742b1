"""Reasons to look twice at a whole text: frozen with its case, shown, weighed in the queue, never a refusal."""

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.database import db
from fairs.employers.models import Employer
from fairs.postings import clean
from fairs.vetting import actions, doubts, queries
from fairs.vetting.models import TextBand, VettingCase
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import postings
from tests.vetting.test_actions import Scene

WORK = (
    "负责区域渠道开发与客户维护，完成季度销售目标；定期走访门店，收集竞品信息并形成周报；"
    "参与新品上市的陈列与培训，协助处理售后问题；能适应短期出差，服从现场安排。"
)


class Market(Scene):
    """Several employers before one university."""

    def firm(self, name: str) -> Employer:
        return postings.employer(self.school, name=name)

    def of(self, firm: Employer, now: datetime, **values: object) -> VettingCase:
        return postings.submitted(firm, self.hr, self.school, now=now, **values)[0]


@pytest.fixture
def market(app: Flask) -> Market:
    """The people of these tests."""
    return Market()


def linked(case: VettingCase) -> list[tuple[str, int]]:
    return [(twin.employer, twin.share) for twin in doubts.twins(case)]


def test_the_same_words_under_two_employers_are_linked_both_ways(market: Market, now: datetime) -> None:
    first = market.of(market.firm("北岸商贸有限公司"), now, description="北岸商贸有限公司：" + WORK)
    own = market.of(db.session.get_one(Employer, first.employer_id), now, description=WORK)
    elsewhere = factories.university("beihu")
    abroad = postings.employer(elsewhere, name="东港物流有限公司")
    postings.submitted(abroad, market.hr, elsewhere, now=now, description=WORK)
    assert linked(first) == linked(own) == []
    copied = market.of(market.firm("南桥科技有限公司"), now, description=WORK.replace("周报", "月报"))
    assert [name for name, _share in linked(copied)] == ["北岸商贸有限公司"] * 2
    assert all(80 < share < 100 for _name, share in linked(copied))
    assert linked(first) == linked(own) == [("南桥科技有限公司", linked(copied)[0][1])]
    kept = sa.select(sa.func.count()).where(TextBand.case_id == copied.id)
    assert db.session.scalar(kept) <= 16
    market.of(market.firm("西山食品有限公司"), now, description="负责仓储收发。")
    assert len(linked(copied)) == 2


def test_remarks_are_frozen_and_weigh_in_the_queue(market: Market, now: datetime) -> None:
    plain = market.of(market.employer, now)
    doubtful = market.of(market.employer, now, title="装配工", headcount=900, apply_how="投递：some@qq.com")
    assert [one.kind for one in doubts.remarks_of(doubtful)] == ["headcount", "contact"]
    rows = db.session.execute(queries.work_queue(market.school.id)).all()
    assert [(row[0].id, row[3]) for row in rows] == [(doubtful.id, 2), (plain.id, 0)]
    narrowed = {risk: queries.work_queue(market.school.id, risk=risk) for risk in ("doubt", "clean")}
    assert {risk: [one.id for one in db.session.scalars(rows)] for risk, rows in narrowed.items()} == {
        "doubt": [doubtful.id],
        "clean": [plain.id],
    }
    officer = market.first.person_id
    assert [case.id for case in clean.candidates(market.school.id, officer)] == [plain.id]
    note = clean.shown([doubtful], officer)
    pick = [(doubtful.public_id, doubtful.version)]
    with pytest.raises(clean.NotClean):
        clean.approve_clean(pick, market.school.id, note, by=officer, now=now)
    # never a refusal: an officer who has looked may approve it
    postings.decide(doubtful, market.first, VerdictKind.APPROVE, now=now)
    again = actions.open_again(doubtful.id, by=None, now=now)
    assert (again.doubts, again.remarks, again.employer_id) == (2, doubtful.remarks, market.employer.id)


@pytest.mark.parametrize("database", ["sqlite"])
def test_writer_and_officer_read_the_reasons(
    market: Market, now: datetime, sign_in: Callable[..., FlaskClient]
) -> None:
    other = market.of(market.firm("北岸商贸有限公司"), now, description=WORK, title="渠道专员")
    copied = market.of(market.employer, now, description=WORK, salary_min=900, salary_max=12000)
    office = sign_in(market.first)
    page = office.get(f"/nanhu/office/vetting/{copied.public_id}").text
    assert "月薪 900 元低于最低工资，请核实单位。" in page
    assert f"/nanhu/office/vetting/{other.public_id}" in page
    assert "北岸商贸有限公司 · 渠道专员" in page
    assert "整体存疑 3 项" in office.get("/nanhu/office/vetting?risk=doubt").text
    firm, path = sign_in(market.hr), f"/employer/{market.employer.public_id}/postings/remarks"
    typed = {"title": "装配工", "headcount": "900", "description": "装配。", "salary_min": "abc"}
    begun = firm.post(path, data=typed).text
    assert "一个岗位招 900 人，请核实。" in begun
    assert "缺少" not in begun
    whole = firm.post(path, data={**typed, "requirements": "细心。"}).text
    assert "缺少“工作地点”。" in whole
