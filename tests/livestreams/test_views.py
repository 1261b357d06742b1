"""The steps of a stream in the browser: planned, proposed, seen by everybody, entered, noted, counted, read again."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.clauses import catalogue
from fairs.clock import campus, campus_day
from fairs.database import db, transaction
from fairs.livestreams import actions, guests, words
from fairs.livestreams.models import LiveSession, LiveWords
from fairs.livestreams.rules import LiveState, Side
from fairs.messages.models import Message
from fairs.postings import takedowns
from fairs.programmes.models import ProgrammeEvent
from fairs.programmes.rules import EventState
from fairs.registrations.models import Registration
from fairs.tasks.worker import do_next
from fairs.vetting import actions as vetting
from fairs.vetting.rules import CaseState, VerdictKind
from tests import factories
from tests.factories import calendars
from tests.factories import programmes as make
from tests.factories import registrations as booked
from tests.factories.livestreams import LINK, Stage

SignIn = Callable[..., FlaskClient]
SOON = timedelta(minutes=10)


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Pages are the same on every database."""
    return str(request.param)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """The people of these tests, today."""
    return Stage(clock.now())


def _typed(stage: Stage, **values: Any) -> dict[str, Any]:
    on = campus_day(stage.day.starts_at)
    fields = {
        "title": "直播带岗专场",
        "on": str(on),
        "starts": "10:00",
        "ends": "11:00",
        "platform": "校园直播平台",
    }
    return (
        fields | {"url": LINK, "employer": "", "presents": "", "description": "老师带大家看展位。"} | values
    )


def _on_air(stage: Stage, **values: Any) -> LiveSession:
    starts_at = stage.now + SOON
    return stage.announced(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **values)


def _places(stage: Stage, row: LiveSession | None = None) -> dict[str, str]:
    base = f"/nanhu/office/events/{stage.event.public_id}"
    live = f"/{row.public_id}" if row else ""
    return {
        "office": f"{base}/live{live}",
        "event": f"/nanhu/events/{stage.event.public_id}",
        "own": f"/employer/{stage.employer.public_id}/live/nanhu/{stage.event.public_id}",
        "show": f"/nanhu/live{live}",
        "overview": base,
    }


def test_the_organiser_plans_and_announces(stage: Stage, client: FlaskClient, sign_in: SignIn) -> None:
    office, to = sign_in(stage.officer), _places(stage)
    assert to["office"] in office.get(to["overview"]).text
    assert "还没有直播" in office.get(to["office"]).text
    assert office.post(f"{to['office']}/new", data=_typed(stage)).status_code == 302
    row = db.session.scalars(sa.select(LiveSession)).one()
    to = _places(stage, row)
    assert "可以公布" in office.get(to["office"]).text
    assert "直播带岗专场" not in client.get(to["event"]).text
    assert office.post(f"{to['office']}/announce").status_code == 302
    page = client.get(to["event"]).text
    for said in ("参加方式", "现场", "直播带岗专场", "10:00–11:00", "预约活动后可以进入"):
        assert said in page
    assert LINK not in page
    assert LINK not in client.get(to["show"]).text
    feed = client.get(f"/nanhu/calendar/events/{stage.event.public_id}.ics").text
    assert "SUMMARY:直播：直播带岗专场" in feed
    assert LINK not in feed


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "请填写直播标题"),
        ("ends", "09:30", "结束时间必须晚于开始时间"),
        ("on", "2031-01-01", "7 天之内"),
        ("url", "http://live.example", "https://"),
        ("presents", "无名公司", "“无名公司”没有参加这场活动"),
        ("starts", "25:99", ""),
    ],
)
def test_wrong_input_gets_a_sentence_and_loses_nothing(
    stage: Stage, sign_in: SignIn, field: str, value: str, sentence: str
) -> None:
    office, to = sign_in(stage.officer), _places(stage)
    page = office.post(f"{to['office']}/new", data=_typed(stage, **{field: value}))
    assert page.status_code == 422
    assert sentence in page.text
    assert "校园直播平台" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LiveSession)) == 0


def test_all_that_is_wrong_is_told_at_once(stage: Stage, sign_in: SignIn) -> None:
    wrong = {"title": "", "ends": "09:30", "url": "http://live.example", "presents": "无名公司"}
    page = sign_in(stage.officer).post(f"{_places(stage)['office']}/new", data=_typed(stage, **wrong))
    assert page.status_code == 422
    for sentence in (
        "请填写直播标题",
        "结束时间必须晚于开始时间",
        "请填写以 https:// 开头的直播链接",
        "“无名公司”没有参加这场活动",
    ):
        assert sentence in page.text
    assert db.session.scalars(sa.select(LiveSession)).all() == []


def test_an_employer_proposes_changes_and_takes_back(stage: Stage, sign_in: SignIn) -> None:
    hr, to = sign_in(stage.hr), _places(stage)
    assert to["own"] in hr.get(f"/employer/{stage.employer.public_id}/fairs").text
    typed = _typed(stage, title="研发岗位宣讲")
    assert "提出直播" in hr.get(f"{to['own']}/new").text
    assert hr.post(f"{to['own']}/new", data=typed).status_code == 302
    row = db.session.scalars(sa.select(LiveSession)).one()
    assert row.employer_id == stage.employer.id
    assert "文字待审核" in hr.get(to["own"]).text
    one = f"{to['own']}/{row.public_id}"
    assert (
        hr.post(one, data=typed | {"starts": "12:00", "ends": "13:00", "version": row.version}).status_code
        == 302
    )
    assert campus(db.session.get_one(LiveSession, row.id).starts_at).hour == 12
    assert "刚刚被其他人更新" in hr.post(one, data=typed | {"version": 1}).text
    version = db.session.get_one(LiveSession, row.id).version
    assert hr.post(f"{one}/cancel", data={"reason": "", "version": version}).status_code == 422
    assert hr.post(f"{one}/cancel", data={"reason": "人手不够", "version": version}).status_code == 302
    assert db.session.get_one(LiveSession, row.id).state is LiveState.CANCELLED
    other = stage.fair("冬季双选会")
    assert hr.get(f"/employer/{stage.employer.public_id}/live/nanhu/{other.public_id}").status_code == 404


def test_an_employer_contests_what_was_sent_back_once(stage: Stage, sign_in: SignIn) -> None:
    hr, to = sign_in(stage.hr), _places(stage)
    row = stage.propose()
    stage.decide(row, VerdictKind.RETURN, "请删去介绍里的承诺。")
    one = f"{to['own']}/{row.public_id}"
    shown = hr.get(one).text
    assert "请删去介绍里的承诺。" in shown
    assert "提交申诉" in shown
    assert "没有通过审核" in sign_in(stage.officer).get(f"{to['office']}/{row.public_id}").text
    refused = hr.post(f"{one}/appeal", data={"reason": " "})
    assert refused.status_code == 422
    assert "请写明申诉依据" in refused.text
    assert stage.draft().title in refused.text, "the other form of the page keeps what is stored"
    assert hr.post(f"{one}/appeal", data={"reason": "没有承诺录用，只说明流程。"}).status_code == 302
    assert stage.case(row).state is CaseState.APPEALED
    shown = hr.get(one).text
    assert "申诉已提交" in shown
    assert "提交申诉" not in shown
    vetting.decide_text(
        stage.case(row).id, VerdictKind.RETURN, "维持。", stage.case(row).version, stage.by, stage.now
    )
    assert "提交申诉" not in hr.get(one).text
    again = hr.post(f"{one}/appeal", data={"reason": "再次申诉。"})
    assert "只能申诉一次" in again.text


def test_who_reads_english_reads_the_host_in_english(stage: Stage, client: FlaskClient) -> None:
    booked.changed(stage.school, name_en="Nanhu University")
    row = stage.announced()
    page = f"/nanhu/live/{row.public_id}"
    assert "Nanhu University</dd>" in client.get(page, headers={"Accept-Language": "en"}).text
    assert f"{stage.school.name}</dd>" in client.get(page).text


def test_nobody_else_contests(stage: Stage, sign_in: SignIn) -> None:
    row = stage.propose()
    stage.decide(row, VerdictKind.RETURN, "请修改。")
    one = f"{_places(stage)['own']}/{row.public_id}/appeal"
    assert sign_in(stage.student).post(one, data={"reason": "不同意。"}).status_code in {403, 404}
    actions.cancel(
        row.id, "时间不合适。", Side.EMPLOYER, version=row.version, by=stage.hr.person_id, now=stage.now
    )
    late = sign_in(stage.hr).post(one, data={"reason": "不同意。"})
    assert "已取消" in late.text
    assert stage.case(row).state is CaseState.RETURNED


def test_a_student_enters_by_one_press(stage: Stage, client: FlaskClient, sign_in: SignIn) -> None:
    row = _on_air(stage)
    to, student = _places(stage, row), sign_in(stage.student)
    assert "预约活动后可以进入" in student.get(to["show"]).text
    assert student.post(f"{to['show']}/join").status_code == 409
    assert client.post(f"{to['show']}/join").status_code == 409
    stage.book()
    assert "进入直播" in student.get(to["show"]).text
    assert f"{to['show']}/join" in student.get(to["event"]).text
    answer = student.post(f"{to['show']}/join")
    assert answer.status_code == 200
    assert answer.headers["Refresh"] == f"0; url={LINK}"
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    student.post(f"{to['show']}/join")
    sign_in(stage.officer).post(f"{to['show']}/join")
    assert guests.attendances([row.id]) == {row.id: 1}
    mine = f"/nanhu/tickets/{_registration(stage)}"
    assert f"{to['show']}/join" in student.get(mine).text
    later = stage.announced(2, title="下午专场")
    assert "起可以进入" in student.get(_places(stage, later)["show"]).text
    assert student.post(f"{_places(stage, later)['show']}/join").status_code == 409


def _registration(stage: Stage) -> str:
    return db.session.scalars(
        sa.select(Registration.public_id).where(Registration.person_id == stage.student.person_id)
    ).one()


def test_held_and_counted_by_channel(stage: Stage, client: FlaskClient, sign_in: SignIn) -> None:
    month = make.programme(
        stage.school,
        starts_on=campus_day(stage.now) - timedelta(days=1),
        ends_on=campus_day(stage.now) + timedelta(days=60),
    )
    factories.saved(ProgrammeEvent(programme_id=month.id, event_id=stage.event.id))
    row = _on_air(stage)
    stage.book()
    actions.enter(row.id, stage.student.person_id, works=False, now=row.starts_at)
    _begun(row)
    office, to = sign_in(stage.officer), _places(stage, row)
    assert "直播待公布或登记" in office.get("/").text
    version = db.session.get_one(LiveSession, row.id).version
    assert "整数" in office.post(f"{to['office']}/held", data={"viewers": "-3", "version": version}).text
    assert office.post(f"{to['office']}/held", data={"viewers": "900", "version": version}).status_code == 302
    rows = _sheet(office.get(f"{_places(stage)['office']}.xlsx").data)
    assert rows[1][0] == "直播带岗专场"
    assert rows[1][-2:] == [1, 900]
    page = office.get(f"/nanhu/office/programmes/{month.public_id}/figures").text
    assert "按渠道" in page
    assert "1 场直播" in page
    calendars.change(stage.event, state=EventState.CLOSED)
    page = office.get(f"{to['overview']}/effect").text
    assert "现场 0 人，直播 1 人，网上岗位 0 个" in page
    rows = _sheet(office.get(f"{to['overview']}/effect/channels.xlsx").data)
    assert rows[3] == ["直播", 1, 1, "", "", 1, 900]
    assert "平台显示的观看人数" in office.get(f"{to['overview']}/closing").text


@transaction
def _begun(row: LiveSession) -> None:
    """As if two hours had passed."""
    fresh = db.session.get_one(LiveSession, row.id)
    fresh.starts_at -= timedelta(hours=2)
    fresh.ends_at -= timedelta(hours=2)


def _sheet(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@transaction
def _older(row: LiveSession, title: str) -> None:
    """As if older rules had found nothing in this title."""
    db.session.execute(
        sa.update(LiveWords).where(LiveWords.session_id == row.id).values(title=title, words_read="2025.01")
    )


def test_changed_rules_read_announced_streams_again(app: Flask, stage: Stage, client: FlaskClient) -> None:
    fine, row = stage.announced(1), stage.announced(3, presents=(stage.employer.id,))
    _older(row, "只招男生的直播")
    to = _places(stage, row)
    assert "只招男生的直播" in client.get(to["event"]).text
    takedowns.start_recheck(stage.school.id, by=stage.by, now=clock.now())
    assert do_next(app, "test")
    db.session.rollback()
    page = client.get(to["event"]).text
    assert "只招男生的直播" not in page
    assert "直播带岗专场" in page
    assert client.get(to["show"]).status_code == 404
    told = sa.select(Message.person_id).where(Message.kind == "livestreams/words_held")
    assert {stage.by, stage.hr.person_id} <= set(db.session.scalars(told))
    kept = db.session.scalars(sa.select(LiveWords).where(LiveWords.session_id == fine.id)).one()
    assert kept.words_read == catalogue.version()
    waiting = words.standing(db.session.get_one(LiveSession, row.id))
    assert waiting.shown is None
    stage.decide(row, VerdictKind.RETURN, "请改标题。")
    assert client.get(to["show"]).status_code == 404
    draft = stage.draft(3, title="技术岗位直播")
    version = db.session.get_one(LiveSession, row.id).version
    actions.change_session(row.id, draft, actions.Side.ORGANISER, version=version, by=stage.by, now=stage.now)
    assert "技术岗位直播" in client.get(to["event"]).text
