"""Changed rules read again what is shown: taken down, listed, clean; stopped and resumed without repeating."""

import html
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.clauses import catalogue
from fairs.database import db, transaction
from fairs.errors import Conflict, NotFound
from fairs.messages.models import Message
from fairs.postings import queries, rechecking, shelves, takedowns
from fairs.postings.changes import ChangeAnswered, ChangeKind, ChangeState, Mark, compared
from fairs.postings.models import Posting, PostingPublication, RuleChange
from fairs.postings.noticed import noticed
from fairs.postings.rules import PostingState
from fairs.tasks import actions as tasks
from fairs.tasks.models import Task
from fairs.tasks.registry import Progress
from fairs.tasks.rules import Stopped, TaskState
from fairs.tasks.worker import do_next
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import CaseOrigin, CaseState, VerdictKind
from tests import factories
from tests.factories import postings
from tests.vetting.test_actions import Scene

SignIn = Callable[..., FlaskClient]

BLOCK, REVIEW, ADVISE = "block", "review", "advise"


def mark(severity: str, start: int = 0, category: str = "age") -> Mark:
    return Mark("requirements", start, start + 4, category, severity)


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ([], [], None),
        ([], [mark(ADVISE)], None),
        ([], [mark(BLOCK)], ChangeKind.BLOCKED),
        ([], [mark(REVIEW)], ChangeKind.REVIEW),
        ([], [mark(REVIEW), mark(BLOCK, 9)], ChangeKind.BLOCKED),
        ([mark(REVIEW)], [mark(REVIEW, 1)], None),
        ([mark(REVIEW)], [mark(BLOCK)], ChangeKind.BLOCKED),
        ([mark(BLOCK)], [mark(BLOCK)], None),
        ([mark(BLOCK)], [mark(REVIEW)], None),
        ([mark(REVIEW, category="gender")], [mark(REVIEW)], ChangeKind.REVIEW),
        ([mark(REVIEW)], [mark(ADVISE)], ChangeKind.CLEAN),
        ([mark(BLOCK)], [], ChangeKind.CLEAN),
    ],
)
def test_findings_are_compared_by_place_kind_and_severity(
    before: list[Mark], now: list[Mark], kind: ChangeKind | None
) -> None:
    difference = compared(before, now)
    assert (difference and difference.kind) == kind


class Shown(Scene):
    """Postings that are shown, approved under rules that found less or more."""

    def __init__(self) -> None:
        super().__init__()
        self.now = clock.now()

    def publish(self, requirements: str, *, forget: bool = True) -> VettingCase:
        """Shown, approved under older rules; ``forget``: those had found nothing."""
        case = self.submit(self.now, requirements=requirements)
        if any(one.severity.value == BLOCK for one in rechecking_findings(case)):
            postings.decide(case, self.second, VerdictKind.LIFT, "有依据", now=self.now)
        postings.decide(case, self.first, VerdictKind.APPROVE, "同意", now=self.now)
        older(case, forget=forget)
        return case

    def run(self, app: Flask) -> Task:
        """A re-check by a worker, to its end."""
        task = takedowns.start_recheck(self.school.id, by=self.first.person_id, now=clock.now())
        number = task.id
        assert do_next(app, "test")
        db.session.rollback()
        return db.session.get_one(Task, number)


def rechecking_findings(case: VettingCase) -> list[Finding]:
    return list(db.session.scalars(sa.select(Finding).where(Finding.case_id == case.id)))


@transaction
def older(case: VettingCase, *, forget: bool) -> None:
    """As if other rules had read the text."""
    changed = sa.update(VettingCase).where(VettingCase.id == case.id)
    db.session.execute(changed.values(rulebook_version="2025.01", checked_version=None))
    if forget:
        db.session.execute(sa.delete(Finding).where(Finding.case_id == case.id))


@transaction
def clear_text(case: VettingCase) -> None:
    """As if the new rules found nothing in it."""
    changed = sa.update(VettingCase).where(VettingCase.id == case.id)
    db.session.execute(changed.values(text={"title": "操作工", "requirements": "会使用三维设计软件。"}))


@pytest.fixture
def scene(app: Flask) -> Shown:
    """A university that shows postings."""
    return Shown()


def test_what_now_blocks_is_taken_down_and_the_rest_is_listed(app: Flask, scene: Shown) -> None:
    plain = scene.publish("会使用三维设计软件。")
    blocked = scene.publish("限男性，会使用三维设计软件。")
    doubtful = scene.publish("35岁以下，会使用三维设计软件。")
    agreed = scene.publish("限女性，会使用三维设计软件。", forget=False)
    now_clean = scene.publish("限男性，会使用软件。", forget=False)
    clear_text(now_clean)
    task = scene.run(app)
    assert (task.state, task.error) == (TaskState.DONE, "")
    figures = {name: task.result[name] for name in ("examined", "blocked", "review", "clean")}
    assert figures == {"examined": 5, "blocked": 1, "review": 1, "clean": 1}
    rows = {one.case_id: one for one in db.session.scalars(sa.select(RuleChange))}
    assert {key: one.kind for key, one in rows.items()} == {
        blocked.id: ChangeKind.BLOCKED,
        doubtful.id: ChangeKind.REVIEW,
        now_clean.id: ChangeKind.CLEAN,
    }
    again = db.session.get_one(VettingCase, rows[blocked.id].new_case_id)
    assert (again.round, again.origin, again.state) == (2, CaseOrigin.RECHECK, CaseState.IN_REVIEW)
    assert again.text == blocked.text
    state = queries.state_of(db.session.get_one(Posting, blocked.subject_id), scene.school, clock.now())
    assert state.state is PostingState.IN_REVIEW
    told = db.session.scalars(sa.select(Message).where(Message.kind == "postings/rules_changed")).one()
    assert (told.person_id, told.params["quotes"]) == (scene.hr.person_id, ["限男性"])
    for case in (plain, doubtful, agreed, now_clean):
        assert (
            queries.state_of(db.session.get_one(Posting, case.subject_id), scene.school, clock.now()).state
            is PostingState.PUBLISHED
        )
    assert db.session.get_one(VettingCase, plain.id).checked_version == catalogue.version()
    assert shelves.waiting(scene.school.id, clock.now()) == 0
    assert scene.run(app).result["examined"] == 0
    # the employer corrects nothing, but the officers agree with the ground: it is shown again
    postings.decide(again, scene.first, VerdictKind.LIFT, "有依据", now=clock.now())
    postings.decide(again, scene.second, VerdictKind.APPROVE, "同意", now=clock.now())
    shown = queries.state_of(db.session.get_one(Posting, blocked.subject_id), scene.school, clock.now())
    assert shown.state is PostingState.PUBLISHED


def test_an_officer_answers_what_is_listed_in_bulk_and_once(app: Flask, scene: Shown) -> None:
    cases = [scene.publish("35岁以下，会使用三维设计软件。") for _ in range(2)]
    scene.run(app)
    ids = list(db.session.scalars(sa.select(RuleChange.public_id).order_by(RuleChange.id)))
    by, here, now = scene.first.person_id, scene.school.id, clock.now()
    other = factories.university("beihu")
    with pytest.raises(NotFound):
        takedowns.answer_changes(ids, other.id, ChangeState.KEPT, by=by, now=now)
    assert takedowns.answer_changes(ids[:1], here, ChangeState.KEPT, "属法定年龄", by=by, now=now) == 1
    with pytest.raises(ChangeAnswered):
        takedowns.answer_changes(ids, here, ChangeState.TAKEN_DOWN, by=by, now=now)
    assert takedowns.listed(here) == 1
    assert takedowns.answer_changes(ids[1:], here, ChangeState.TAKEN_DOWN, by=by, now=now) == 1
    states = [one.state for one in db.session.scalars(sa.select(RuleChange).order_by(RuleChange.id))]
    assert states == [ChangeState.KEPT, ChangeState.TAKEN_DOWN]
    down = sa.select(PostingPublication.posting_id).where(PostingPublication.taken_down_at.is_not(None))
    assert list(db.session.scalars(down)) == [cases[1].subject_id]


class Interrupted(Progress):
    """Somebody asks to stop after the first batch."""

    asked = 0

    def report(self, done: int, total: int, note: str = "") -> None:
        self.asked += 1
        if self.asked == 2:
            raise Stopped
        super().report(done, total, note)


def test_a_stopped_recheck_goes_on_where_it_was(app: Flask, scene: Shown) -> None:
    for text in ("限男性，会用软件。", "会用软件。", "限女性，会用软件。"):
        scene.publish(text)
    task = takedowns.start_recheck(scene.school.id, by=scene.first.person_id, now=clock.now())
    with pytest.raises(Conflict):
        takedowns.start_recheck(scene.school.id, by=scene.second.person_id, now=clock.now())
    number = tasks.claim("test", clock.now())
    assert number == task.id
    run = rechecking.Run(scene.school.id)
    with pytest.raises(Stopped):
        rechecking.recheck(run, Interrupted(number, "test", {}), clock.now(), batch=2)
    tasks.stopped(number, "test", clock.now())
    kept = db.session.get_one(Task, number).checkpoint
    assert kept["figures"] == {"examined": 2, "blocked": 1}
    tasks.resume(number, clock.now())
    assert do_next(app, "test")
    db.session.rollback()
    result = db.session.get_one(Task, number).result
    assert (result["examined"], result["blocked"]) == (3, 2)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RuleChange)) == 2


def test_the_whole_text_is_read_with_the_new_clause_before_it_is_answered(
    app: Flask, scene: Shown, sign_in: SignIn
) -> None:
    case = scene.publish("35岁以下，会使用三维设计软件。")
    scene.run(app)
    change = db.session.scalars(sa.select(RuleChange)).one()
    office, page = sign_in(scene.second), "/nanhu/office/vetting/changes"
    path = f"{page}/{change.public_id}"
    assert path in office.get(page).text
    text = office.get(path).text
    assert '<mark class="clause clause-review" id="mark-1">' in text
    assert "会使用三维设计软件。" in text
    [mark] = noticed(change, case)
    assert mark.quote in case.text["requirements"]
    assert mark.basis
    assert mark.basis in html.unescape(text)
    assert mark.rewrite in html.unescape(text)
    other = factories.officer(factories.university("beihu"), "o@beihu.example")
    assert sign_in(other).get(path.replace("nanhu", "beihu")).status_code == 404
    kept = office.post(f"{page}/kept", data={"pick": change.public_id, "reason": "面向退役士兵"})
    assert kept.status_code == 302
    after = office.get(path).text
    assert "面向退役士兵" in after
    assert "继续展示</button>" not in after


def test_who_comes_to_the_page_finds_the_recheck_under_way_and_the_stopped_one(
    scene: Shown, sign_in: SignIn
) -> None:
    scene.publish("会用软件。")
    office, page = sign_in(scene.second), "/nanhu/office/vetting/changes"
    assert "开始复查 1 条" in office.get(page).text
    task = takedowns.start_recheck(scene.school.id, by=scene.first.person_id, now=clock.now())
    text = office.get(page).text
    assert "查看进度，或者停止" in text
    assert "开始复查" not in text
    tasks.stop(task.id, clock.now())
    text = office.get(page).text
    assert "从停下的地方继续" in text
    assert "开始复查 1 条" in text


def test_equal_texts_are_read_once(app: Flask, scene: Shown) -> None:
    for _ in range(3):
        scene.publish("会使用三维设计软件。")
    takedowns.start_recheck(scene.school.id, by=scene.first.person_id, now=clock.now())
    number = tasks.claim("test", clock.now())
    assert number is not None
    run = rechecking.Run(scene.school.id)
    assert rechecking.recheck(run, Progress(number, "test", {}), clock.now())["examined"] == 3
    assert len(run.known) == 1


def test_expired_postings_are_left_alone(app: Flask, scene: Shown, now: datetime) -> None:
    scene.publish("限男性，会用软件。")
    far = clock.now() + timedelta(days=400)
    assert shelves.waiting(scene.school.id, far) == 0
    assert shelves.waiting(scene.school.id, clock.now()) == 1
