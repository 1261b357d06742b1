"""Changed rules read again whatever is public: employers' pages, brochures and the words of events (S35, S36)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.clauses import catalogue
from fairs.database import db, transaction
from fairs.employers.actions.papers import Upload
from fairs.messages.models import Message
from fairs.operations.rules import EventTitleUnvetted
from fairs.postings import shelves, takedowns
from fairs.postings.changes import ChangeKind, ChangeState
from fairs.postings.models import RuleChange
from fairs.profiles import actions as profiles
from fairs.profiles import brochures, queries
from fairs.programmes import actions as programmes
from fairs.programmes.drafts import EventTexts
from fairs.programmes.models import Event
from fairs.tasks.models import Task
from fairs.tasks.worker import do_next
from fairs.vetting import actions as vetting
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, SubjectKind, VerdictKind
from tests.factories import papers, postings
from tests.factories import programmes as make
from tests.postings.test_rechecking import older
from tests.vetting.test_actions import Scene

UNLAWFUL = "欢迎应届毕业生加入我们，限男性，工作地点在南京。"


class Shown(Scene):
    """An employer's page, its brochure and an event, all of them public and approved under older rules."""

    def __init__(self) -> None:
        super().__init__()
        self.now = clock.now()
        self.event = make.open_fair(self.school, officer=self.first)

    def approve(self, kind: SubjectKind) -> VettingCase:
        """Hand in and let pass; the older rules had found nothing."""
        number = self.employer.id
        sent = {"by": self.hr.person_id, "now": self.now, "stated": postings.STATED}
        if kind is SubjectKind.BROCHURE:
            content = papers.docx(UNLAWFUL)
            brochures.submit_brochure(number, Upload(content, "简章.docx"), **sent)
        else:
            profiles.submit_profile(number, UNLAWFUL, None, **sent)
        case = queries.cases(number, kind)[-1]
        older(case, forget=True)
        approve = VerdictKind.APPROVE
        profiles.decide_case(case.id, approve, "", case.version, self.first.person_id, self.now)
        return case

    def run(self, app: Flask) -> dict[str, int]:
        number = takedowns.start_recheck(self.school.id, by=self.first.person_id, now=clock.now()).id
        assert do_next(app, "test")
        db.session.rollback()
        task = db.session.get_one(Task, number)
        return {name: task.result[name] for name in ("examined", "blocked", "review", "clean")}


@transaction
def say(event: Event, summary: str) -> None:
    """As if older rules had found nothing in these words."""
    row = db.session.get_one(Event, event.id)
    row.summary, row.words_read = summary, "2025.01"


@pytest.fixture
def scene(app: Flask) -> Shown:
    """The people of these tests."""
    return Shown()


def test_pages_brochures_and_events_are_read_again(app: Flask, scene: Shown, client: FlaskClient) -> None:
    page, brochure = scene.approve(SubjectKind.EMPLOYER_PROFILE), scene.approve(SubjectKind.BROCHURE)
    say(scene.event, "本场限男生参加。")
    public, fair = f"/nanhu/employers/{scene.employer.public_id}", f"/nanhu/events/{scene.event.public_id}"
    assert "限男性" in client.get(public).text
    assert "本场限男生参加。" in client.get(fair).text
    assert shelves.waiting(scene.school.id, clock.now()) == 3
    assert scene.run(app) == {"examined": 3, "blocked": 3, "review": 0, "clean": 0}
    assert "限男性" not in client.get(public).text
    assert client.get(f"{public}/brochure").status_code == 404
    held = client.get(fair).text
    assert "本场限男生参加。" not in held
    assert "活动说明正在由学校审核" in held
    changes = {one.case_id: one for one in db.session.scalars(sa.select(RuleChange))}
    assert {one.state for one in changes.values()} == {ChangeState.TAKEN_DOWN}
    told = db.session.execute(
        sa.select(Message.kind, Message.person_id).where(Message.kind.like("%rules_changed"))
    )
    assert set(told.all()) == {
        ("profiles/rules_changed", scene.hr.person_id),
        ("profiles/brochure_rules_changed", scene.hr.person_id),
    }
    planners = sa.select(Message.person_id).where(Message.kind == "operations/words_held")
    assert set(db.session.scalars(planners)) == {scene.first.person_id, scene.second.person_id}
    assert shelves.waiting(scene.school.id, clock.now()) == 0
    assert scene.run(app)["examined"] == 0
    # two officers let the page pass, another one the words of the event: both are shown again
    again = db.session.get_one(VettingCase, changes[page.id].new_case_id)
    for officer, verdict in ((scene.first, VerdictKind.LIFT), (scene.second, VerdictKind.APPROVE)):
        profiles.decide_case(again.id, verdict, "有依据", again.version, officer.person_id, clock.now())
    assert "限男性" in client.get(public).text
    assert changes[brochure.id].new_case_id != brochure.id
    words = db.session.scalars(
        sa.select(VettingCase).where(VettingCase.subject_kind == SubjectKind.EVENT)
    ).one()
    for officer, verdict in ((scene.first, VerdictKind.LIFT), (scene.second, VerdictKind.APPROVE)):
        vetting.decide_text(words.id, verdict, "有依据", words.version, officer.person_id, clock.now())
    assert "本场限男生参加。" in client.get(fair).text


@pytest.mark.parametrize("database", ["sqlite"])
def test_doubtful_words_stay_until_an_officer_answers(app: Flask, scene: Shown) -> None:
    say(scene.event, "面向35岁以下求职者。")
    assert scene.run(app)["review"] == 1
    change = db.session.scalars(sa.select(RuleChange)).one()
    case = db.session.get_one(VettingCase, change.case_id)
    assert (change.kind, change.state, change.new_case_id) == (ChangeKind.REVIEW, ChangeState.KEPT, case.id)
    event = db.session.get_one(Event, scene.event.id)
    assert (case.state, event.words_held_at, event.words_read) == (
        CaseState.IN_REVIEW,
        None,
        catalogue.version(),
    )
    reason = "请删去年龄限制。"
    vetting.decide_text(case.id, VerdictKind.RETURN, reason, case.version, scene.first.person_id, clock.now())
    assert db.session.get_one(Event, event.id).introduction == ""
    told = db.session.scalars(sa.select(Message.person_id).where(Message.kind == "vetting/decided"))
    assert set(told) == {scene.first.person_id, scene.second.person_id}


@pytest.mark.parametrize("database", ["sqlite"])
def test_new_words_of_a_public_event_are_read_at_once(scene: Shown, now: datetime) -> None:
    event, by = db.session.get_one(Event, scene.event.id), scene.first.person_id
    words = EventTexts(title=event.title, summary="欢迎全体毕业生参加。")

    def edit(new: EventTexts) -> Event:
        version = db.session.get_one(Event, event.id).version
        return programmes.edit_event(event.id, new, targets=[], version=version, by=by, now=now)

    assert edit(words).introduction == "欢迎全体毕业生参加。"
    held = edit(replace(words, summary="本场限男生参加。"))
    assert (held.introduction, held.summary) == ("欢迎全体毕业生参加。", "本场限男生参加。")
    waiting = db.session.scalars(sa.select(VettingCase)).one()
    assert waiting.state is CaseState.IN_REVIEW
    assert edit(words).introduction == "欢迎全体毕业生参加。"
    assert db.session.get_one(VettingCase, waiting.id).state is CaseState.WITHDRAWN
    with pytest.raises(EventTitleUnvetted, match="男生"):
        edit(replace(words, title="春季双选会（只招男生）"))


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_was_shown_stays_until_the_new_introduction_passes(
    app: Flask, scene: Shown, client: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    event, by, now = db.session.get_one(Event, scene.event.id), scene.first.person_id, scene.now
    words = EventTexts(title=event.title, summary="欢迎全体毕业生参加。")
    public, own = f"/nanhu/events/{event.public_id}", f"/nanhu/office/events/{event.public_id}"

    def edit(summary: str) -> VettingCase:
        version = db.session.get_one(Event, event.id).version
        changed = replace(words, summary=summary)
        programmes.edit_event(event.id, changed, targets=[], version=version, by=by, now=now)
        newest = sa.select(VettingCase).order_by(VettingCase.id.desc()).limit(1)
        return db.session.scalars(newest).first()

    assert edit("欢迎全体毕业生参加。") is None
    assert "等待审核" not in sign_in(scene.first).get(own).text
    edit("本场限男生参加。")
    case = edit("本场限男生参加，35岁以下。")
    assert "欢迎全体毕业生参加。" in client.get(public).text
    for page in (own, f"{own}/edit"):
        seen = sign_in(scene.first).get(page).text
        assert "活动说明正在等待审核" in seen
        assert "公开页面仍显示上一次通过的说明" in seen
        assert f"/vetting/texts/{case.public_id}" in seen
    who = scene.second.person_id
    vetting.decide_text(case.id, VerdictKind.RETURN, "请删去性别限制。", case.version, who, now)
    seen = sign_in(scene.first).get(own).text
    assert "活动说明没有通过审核" in seen
    assert "请删去性别限制。" in seen
    assert "欢迎全体毕业生参加。" in client.get(public).text
    case = edit("建议35岁以下求职者参加。")
    vetting.decide_text(case.id, VerdictKind.APPROVE, "年龄只是建议。", case.version, who, now)
    assert "建议35岁以下求职者参加。" in client.get(public).text
    assert "活动说明" not in sign_in(scene.first).get(own).text.partition("two-columns")[0]


@pytest.mark.parametrize("database", ["sqlite"])
def test_what_stays_meanwhile_is_read_by_new_rules_too(app: Flask, scene: Shown, client: FlaskClient) -> None:
    event, public = db.session.get_one(Event, scene.event.id), f"/nanhu/events/{scene.event.public_id}"
    sent = {"targets": [], "by": scene.first.person_id, "now": scene.now}
    held = EventTexts(title=event.title, summary="本场限男生参加。")
    # shown under older rules: no longer, as soon as somebody words it anew
    say(scene.event, "只招男生。")
    programmes.edit_event(event.id, held, version=db.session.get_one(Event, event.id).version, **sent)
    assert db.session.get_one(Event, event.id).introduction == ""

    @transaction
    def shown() -> None:
        row = db.session.get_one(Event, event.id)
        row.summary_shown, row.words_read = "只招男生。", "2025.01"

    shown()
    assert "只招男生。" in client.get(public).text
    assert scene.run(app)["blocked"] == 1
    assert "只招男生。" not in client.get(public).text
    assert scene.run(app)["examined"] == 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_offices_own_words_are_checked_while_they_are_typed(
    scene: Shown, sign_in: Callable[..., FlaskClient]
) -> None:
    office, base = sign_in(scene.first), "/nanhu/office"
    forms = {
        f"{base}/events/{scene.event.public_id}/edit": "summary",
        f"{base}/events/new?kind=info_session": "summary",
        f"{base}/events/{scene.event.public_id}/live/new": "description",
    }
    for address, field in forms.items():
        page = office.get(address).text
        for name in ("title", field):
            assert f'hx-post="{base}/hints?field={name}"' in page
            assert f'id="{name}-hints"' in page
        assert "postings/hints.js" in page
        asked = office.post(f"{base}/hints?field={field}", data={field: "本场限男生参加。"}).text
        assert f'data-field="{field}"' in asked
    assert sign_in(scene.hr).post(f"{base}/hints", data={}).status_code in {403, 404}
