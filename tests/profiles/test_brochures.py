"""A brochure before its universities: findings, a picture without words, and what students may download."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.database import db
from fairs.employers.actions.papers import Upload
from fairs.errors import NotFound
from fairs.messages.models import Message
from fairs.profiles import actions as profiles
from fairs.profiles import brochures, queries
from fairs.profiles.rules import NowhereVerified
from fairs.vetting import queries as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind
from tests.factories import papers, postings
from tests.vetting.test_actions import Scene

GOOD = papers.docx("欢迎应届毕业生加入，工作地点在南京，五险一金，带薪年假。")


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A university with two officers and a verified employer."""
    return Scene()


def _send(scene: Scene, content: bytes, now: datetime) -> VettingCase:
    sent = {"by": scene.hr.person_id, "now": now, "stated": postings.STATED}
    brochures.submit_brochure(scene.employer.id, Upload(content, "简章.docx"), **sent)
    return queries.cases(scene.employer.id, SubjectKind.BROCHURE)[-1]


def _decide(scene: Scene, case: VettingCase, verdict: VerdictKind, now: datetime) -> None:
    by = scene.first.person_id
    profiles.decide_case(case.id, verdict, "请看说明。", case.version, by, now)


def test_what_is_found_in_a_brochure_is_returned_and_its_next_version_shown(
    scene: Scene, client: FlaskClient, sign_in: Callable[..., FlaskClient], now: datetime
) -> None:
    case = _send(scene, papers.docx("欢迎应届毕业生加入我们，限男性，工作地点在南京。"), now)
    assert [one.quote for one in vetting.findings(case.id)] == ["限男性"]
    page = sign_in(scene.first).get(f"/nanhu/office/vetting/brochures/{case.public_id}").text
    assert "限男性" in page
    _decide(scene, case, VerdictKind.RETURN, now)
    public = f"/nanhu/employers/{scene.employer.public_id}"
    assert client.get(f"{public}/brochure").status_code == 404
    _decide(scene, _send(scene, GOOD, now), VerdictKind.APPROVE, now)
    assert "下载招聘简章" in client.get(public).text
    assert client.get(f"{public}/brochure").data == GOOD
    kinds = db.session.scalars(sa.select(Message.kind).order_by(Message.id)).all()
    assert kinds == ["profiles/brochure_returned", "profiles/brochure_approved"]


def test_a_scanned_brochure_says_that_an_officer_must_look(
    scene: Scene, sign_in: Callable[..., FlaskClient], now: datetime
) -> None:
    case = _send(scene, papers.picture_pdf(2), now)
    assert (case.text, vetting.findings(case.id)) == ({}, [])
    office = sign_in(scene.first)
    page = office.get(f"/nanhu/office/vetting/brochures/{case.public_id}").text
    assert "系统读不出文字，没有检查过。请打开原件逐页看过再决定。" in page
    assert "没有发现需要修改的内容" not in page
    assert "读不出文字，需看原件" in office.get("/nanhu/office/vetting").text
    mine = sign_in(scene.hr).get(f"/employer/{scene.employer.public_id}/brochure").text
    assert "要由老师打开原件逐页查看" in mine


@pytest.mark.parametrize(
    "content",
    [papers.pdf("招聘市场专员，只招男生，35岁以下。"), papers.docx("只招男生")],
    ids=["pdf", "docx"],
)
def test_few_words_are_checked_like_many_and_the_officer_is_told_that_they_are_few(
    scene: Scene, sign_in: Callable[..., FlaskClient], now: datetime, content: bytes
) -> None:
    home = f"/employer/{scene.employer.public_id}/brochure"
    firm = sign_in(scene.hr)
    refused = firm.post(home, data={"file": (io.BytesIO(content), "简章.pdf")})
    assert (refused.status_code, "只招男生" in refused.text, "法定依据" in refused.text) == (422, True, True)
    case = _send(scene, content, now)
    assert any("只招男生" in one.quote for one in vetting.findings(case.id))
    office = sign_in(scene.first)
    page = office.get(f"/nanhu/office/vetting/brochures/{case.public_id}").text
    assert "已经检查；其余可能是图片，请打开原件逐页看过再决定。" in page
    assert "扫描图片" not in page
    assert "整体存疑 1 项" in office.get("/nanhu/office/vetting").text
    mine = sign_in(scene.hr).get(home).text
    assert "读出的文字已经检查。" in mine
    assert "没有读出文字" not in mine


def test_a_document_without_words_is_not_called_a_scan(
    scene: Scene, sign_in: Callable[..., FlaskClient], now: datetime
) -> None:
    case = _send(scene, papers.docx(), now)
    mine = sign_in(scene.hr).get(f"/employer/{scene.employer.public_id}/brochure").text
    page = sign_in(scene.first).get(f"/nanhu/office/vetting/brochures/{case.public_id}").text
    assert "文件里没有读出文字" in mine
    assert "文件里没有读出文字" in page
    assert "这份简章是扫描图片" not in mine + page


def test_a_new_version_takes_the_place_of_one_that_waits(scene: Scene, now: datetime) -> None:
    first, second = _send(scene, GOOD, now), _send(scene, GOOD, now)
    assert (first.state, second.state) == (CaseState.WITHDRAWN, CaseState.IN_REVIEW)
    stranger = postings.employer(name="未认证公司")
    with pytest.raises(NowhereVerified):
        brochures.submit_brochure(stranger.id, Upload(GOOD, "a.docx"), by=scene.hr.person_id, now=now)


def test_a_return_is_contested_once_and_another_officer_decides(
    scene: Scene, sign_in: Callable[..., FlaskClient], now: datetime
) -> None:
    case = _send(scene, papers.docx("欢迎应届毕业生加入我们，限男性，工作地点在南京。"), now)
    _decide(scene, case, VerdictKind.RETURN, now)
    firm, home = sign_in(scene.hr), f"/employer/{scene.employer.public_id}"
    address = f"{home}/profile/appeal/{case.public_id}"
    assert address in firm.get(f"{home}/brochure").text
    empty = firm.post(address, data={"reason": " "})
    assert (empty.status_code, "请写明申诉依据" in empty.text) == (422, True)
    assert firm.post(address, data={"reason": "属法定禁忌劳动范围。"}).status_code == 302
    db.session.rollback()
    assert case.state is CaseState.APPEALED
    (row,) = queries.at_schools(scene.employer.id, SubjectKind.BROCHURE)
    assert row.reason == "请看说明。"  # what the university said, not what the employer answers
    mine = sign_in(scene.first).get(f"/nanhu/office/vetting/brochures/{case.public_id}").text
    assert "申诉须由另一位老师处理" in mine
    assert "属法定禁忌劳动范围。" in mine
    by = scene.second.person_id
    profiles.decide_case(case.id, VerdictKind.RETURN, "依据不足。", case.version, by, now)
    assert "这一条现在不能申诉" in firm.get(address).text
    other = postings.employer(scene.school, name="别的公司")
    with pytest.raises(NotFound):
        queries.own_case(case.public_id, other.id)
