"""Deciding: one winner, the right people, findings overruled on the record, the queue in order."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.database import db
from fairs.errors import Conflict, NotFound, Refusal
from fairs.postings import actions as posting_actions
from fairs.postings.models import PostingPublication
from fairs.vetting import actions, queries
from fairs.vetting.models import Decision, Finding, VettingCase
from fairs.vetting.rules import (
    AlreadyDecided,
    BlockedClause,
    CaseState,
    NotClean,
    OverrideReasonMissing,
    OwnSubmission,
    SubjectKind,
    VerdictKind,
)
from tests import factories
from tests.factories import postings

UNLAWFUL = "限男性，会使用三维设计软件。"


class Scene:
    """A university with two officers and a verified employer."""

    def __init__(self) -> None:
        self.school = factories.university()
        self.first = factories.officer(self.school)
        self.second = factories.officer(self.school, "second@nanhu.example")
        self.employer = postings.employer(self.school)
        self.hr = postings.recruiter(self.employer)

    def submit(self, now: datetime, **values: object) -> VettingCase:
        return postings.submitted(self.employer, self.hr, self.school, now=now, **values)[0]


@pytest.fixture
def scene(app: Flask) -> Scene:
    """The people of these tests."""
    return Scene()


def test_case_is_due_after_two_working_days(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)  # a Saturday: Monday and Tuesday count
    assert case.due_at == datetime.fromisoformat("2026-11-24T17:30:00+08:00")


def test_two_officers_race_and_one_wins(app: Flask, scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    number, version = case.id, case.version
    officers = [scene.first.person_id, scene.second.person_id]
    results: list[object] = []
    start = threading.Barrier(2)

    def decide(officer: int) -> None:
        with app.app_context():
            start.wait()
            try:
                results.append(
                    posting_actions.decide_posting(
                        number, VerdictKind.APPROVE, "", version, officer, now, may_override=False
                    )
                )
            except Refusal as refusal:
                results.append(refusal)
            db.session.remove()

    threads = [threading.Thread(target=decide, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    lost = [result for result in results if isinstance(result, AlreadyDecided)]
    assert len(lost) == 1, results
    assert lost[0].status == 409
    assert "已由其他老师处理（已通过）" in str(lost[0])
    for model in (Decision, PostingPublication):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 1


def test_stale_page_is_refused(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    with pytest.raises(Conflict):
        actions.decide(
            case.id, VerdictKind.APPROVE, "", case.version + 1, scene.first.person_id, now, may_override=False
        )


def test_author_does_not_decide(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    with pytest.raises(OwnSubmission):
        postings.decide(case, scene.hr, VerdictKind.APPROVE, now=now)


def test_blocking_clause_needs_a_director_with_a_reason(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, requirements=UNLAWFUL)
    with pytest.raises(BlockedClause, match="限男性"):
        postings.decide(case, scene.first, VerdictKind.APPROVE, "看过了", now=now)
    with pytest.raises(OverrideReasonMissing):
        postings.decide(case, scene.second, VerdictKind.APPROVE, now=now, may_override=True)
    postings.decide(case, scene.second, VerdictKind.APPROVE, "属法定禁忌劳动范围", now=now, may_override=True)
    decision = db.session.scalars(sa.select(Decision)).one()
    finding = db.session.scalars(sa.select(Finding)).one()
    assert (decision.reason, finding.overruled_by) == ("属法定禁忌劳动范围", decision.id)


def test_return_records_what_the_officer_does_not_share(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, requirements="限男性，35岁以下。")
    limit, age = queries.findings(case.id)
    actions.decide(
        case.id,
        VerdictKind.RETURN,
        "请修改。",
        case.version,
        scene.first.person_id,
        now,
        may_override=False,
        overruled=[age.id],
    )
    standing = queries.standing_findings([case.id])[case.id]
    assert [one.id for one in standing] == [limit.id]


def test_bulk_approval_takes_only_clean_texts_and_all_or_none(scene: Scene, now: datetime) -> None:
    clean, other = scene.submit(now), scene.submit(now)
    flagged = scene.submit(now, requirements="35岁以下。", title="操作工")
    pick = [(case.public_id, case.version) for case in (clean, other, flagged)]
    by = scene.first.person_id
    with pytest.raises(NotClean, match="操作工"):
        posting_actions.approve_clean(pick, scene.school.id, by=by, now=now)
    assert db.session.scalars(sa.select(Decision)).all() == []
    assert posting_actions.approve_clean(pick[:2], scene.school.id, by=by, now=now) == 2
    assert db.session.get(VettingCase, other.id).state is CaseState.APPROVED


def test_another_university_never_sees_the_case(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    other = factories.university("beihu")
    with pytest.raises(NotFound):
        queries.case(case.public_id, other.id)
    pick = [(case.public_id, case.version)]
    with pytest.raises(NotFound):
        posting_actions.approve_clean(pick, other.id, by=scene.first.person_id, now=now)


def test_queue_is_ordered_by_due_date_then_risk(scene: Scene, now: datetime) -> None:
    later = scene.submit(now + timedelta(days=3))
    clean = scene.submit(now)
    blocked = scene.submit(now, requirements=UNLAWFUL)
    order = [row[0].id for row in db.session.execute(queries.work_queue(scene.school.id))]
    assert order == [blocked.id, clean.id, later.id]
    risky = db.session.execute(queries.work_queue(scene.school.id, risk="block")).all()
    assert [(row[0].id, row[1]) for row in risky] == [(blocked.id, 1)]
    figures = queries.queue_figures(scene.school.id, now + timedelta(days=4))
    assert (figures.waiting, figures.overdue, figures.blocked, figures.oldest) == (3, 2, 1, now)
    assert queries.next_case(scene.school.id, scene.first.person_id, blocked).id == clean.id


def test_any_text_can_be_vetted(scene: Scene, now: datetime) -> None:
    case = actions.open_case(
        SubjectKind.EVENT,
        7,
        1,
        "机械专场",
        {"title": "机械专场", "announcement": "本场限男生参加。"},
        scene.school.id,
        profile="campus_strict",
        employer_type=None,
        by=None,
        now=now,
    )
    assert queries.latest_case(SubjectKind.EVENT, 7, scene.school.id).id == case.id
    actions.withdraw_case(case.id, by=None, now=now)
    assert queries.latest_case(SubjectKind.EVENT, 7, scene.school.id) is None
