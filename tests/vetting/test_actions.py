"""Deciding: one winner, the right people, findings overruled on the record, the queue in order."""

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.audit.models import Audit
from fairs.database import db
from fairs.errors import Conflict, NotFound, Refusal
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting
from fairs.exhibitors.rules import ExhibitorState
from fairs.messages.models import Message
from fairs.postings import actions as posting_actions
from fairs.postings import clean
from fairs.postings import queries as versions
from fairs.postings.models import PostingPublication
from fairs.postings.removing import recall_posting
from fairs.postings.statutes import Stated
from fairs.vetting import actions, queries, rulebook, turns
from fairs.vetting.judges import LiftNeedsSecond, OwnSubmission
from fairs.vetting.models import Decision, Finding, VettingCase
from fairs.vetting.rules import (
    AlreadyDecided,
    BlockedClause,
    CaseState,
    NotClean,
    OverrideReasonMissing,
    OverruleReasonMissing,
    StatuteMissing,
    SubjectKind,
    VerdictKind,
)
from tests import factories
from tests.factories import postings
from tests.factories import programmes as planned

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
                    posting_actions.decide_posting(number, VerdictKind.APPROVE, "", version, officer, now)
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
        actions.decide(case.id, VerdictKind.APPROVE, "", case.version + 1, scene.first.person_id, now)


def test_author_does_not_decide(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    with pytest.raises(OwnSubmission):
        postings.decide(case, scene.hr, VerdictKind.APPROVE, now=now)


def test_two_officers_let_a_blocking_clause_pass_one_does_not(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, requirements=UNLAWFUL)
    assert (case.ground, case.ground_file.name) == ("《女职工劳动保护特别规定》附录", "依据.pdf")
    with pytest.raises(BlockedClause, match="限男性"):
        postings.decide(case, scene.first, VerdictKind.APPROVE, "看过了", now=now)
    with pytest.raises(OverrideReasonMissing):
        postings.decide(case, scene.first, VerdictKind.LIFT, " ", now=now)
    postings.decide(case, scene.first, VerdictKind.LIFT, "属禁忌劳动范围", now=now)
    assert case.state is CaseState.LIFTING
    told = db.session.scalars(sa.select(Message).where(Message.kind == "vetting/second_needed")).one()
    assert told.person_id == scene.second.person_id
    with pytest.raises(LiftNeedsSecond):
        postings.decide(case, scene.first, VerdictKind.APPROVE, "属禁忌劳动范围", now=now)
    assert db.session.scalars(sa.select(PostingPublication)).all() == []
    postings.decide(case, scene.second, VerdictKind.APPROVE, "同意，见附录第三条", now=now)
    finding = db.session.scalars(sa.select(Finding)).one()
    decision = queries.last_decision(case.id)
    assert (finding.overruled_by, finding.overrule_reason) == (decision.id, "同意，见附录第三条")
    record = rulebook.records(scene.school.id, now)[finding.rule]
    assert (record.hits, record.overruled, record.rate) == (1, 1, 100)


def test_return_records_what_the_officer_does_not_share_and_why(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, requirements="限男性，35岁以下。")
    limit, age = queries.findings(case.id)
    sent = (case.id, VerdictKind.RETURN, "请修改。", case.version, scene.first.person_id, now)
    with pytest.raises(OverruleReasonMissing, match=age.quote):
        actions.decide(*sent, overruled={age.id: " "})
    actions.decide(*sent, overruled={age.id: "公务员招录的法定年龄"})
    standing = queries.standing_findings([case.id])[case.id]
    assert [one.id for one in standing] == [limit.id]
    assert db.session.get(Finding, age.id).overrule_reason == "公务员招录的法定年龄"


def test_what_is_said_again_is_judged_once(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, requirements="35岁以下。" * 3, description="35岁以下，会使用软件。限男性。")
    ages = [one for one in queries.findings(case.id) if one.quote != "限男性"]
    assert len({one.said for one in ages}) < len(ages) == 4
    assert sorted(queries.standing_quotes(case.id)) == sorted({"限男性", *(one.quote for one in ages)})
    sent = (case.id, VerdictKind.RETURN, "请修改。", case.version, scene.first.person_id, now)
    actions.decide(*sent, overruled={ages[-1].id: "公务员招录的法定年龄"})
    standing = queries.standing_findings([case.id])[case.id]
    assert [one.quote for one in standing if one.said == ages[-1].said] == []
    overruled = [one for one in queries.findings(case.id) if one.overruled_by]
    assert {one.overrule_reason for one in overruled} == {"公务员招录的法定年龄"}


def test_nothing_unlawful_is_handed_in_without_ground_and_document(scene: Scene, now: datetime) -> None:
    draft = postings.draft(scene.employer, scene.hr, now=now, requirements=UNLAWFUL)
    sent = {"by": scene.hr.person_id, "now": now}
    for stated in (Stated(), Stated("有依据"), Stated("", postings.STATUTE)):
        with pytest.raises(StatuteMissing, match="限男性"):
            posting_actions.submit_revision(draft.id, [scene.school.id], **sent, stated=stated)
    assert db.session.scalars(sa.select(VettingCase)).all() == []


def test_bulk_approval_takes_only_what_was_shown_and_is_clean(scene: Scene, now: datetime) -> None:
    first, other = scene.submit(now), scene.submit(now)
    flagged = scene.submit(now, requirements="35岁以下。", title="操作工")
    by, here = scene.first.person_id, scene.school.id
    shown = clean.candidates(here, by)
    assert {case.id for case in shown} == {first.id, other.id}
    note, pick = clean.shown(shown, by), [(case.public_id, case.version) for case in shown]
    wrong = [(first.public_id, first.version + 1)], [(flagged.public_id, flagged.version)]
    for chosen in wrong:
        with pytest.raises(clean.NotShown):
            clean.approve_clean(chosen, here, note, by=by, now=now)
    for false in (note + "x", "", clean.shown(shown, scene.second.person_id)):
        with pytest.raises(clean.NotShown):
            clean.approve_clean(pick, here, false, by=by, now=now)
    judged = [(flagged.public_id, flagged.version)]
    with pytest.raises(NotClean, match="操作工"):
        clean.approve_clean([*pick, *judged], here, clean.shown([*shown, flagged], by), by=by, now=now)
    assert db.session.scalars(sa.select(Decision)).all() == []
    assert clean.approve_clean(pick, here, note, by=by, now=now) == clean.Approved(2, [])
    assert db.session.get(VettingCase, other.id).state is CaseState.APPROVED
    seen = db.session.scalars(sa.select(Audit).where(Audit.action == "saw_text")).all()
    assert {row.subject_id for row in seen} == {first.id, other.id}


def test_what_cannot_be_approved_is_named_and_the_rest_goes_through(scene: Scene, now: datetime) -> None:
    gone, fine = scene.submit(now, title="绘图员"), scene.submit(now, title="测量员")
    by, cases = scene.first.person_id, [gone, fine]
    note, pick = clean.shown(cases, by), [(case.public_id, case.version) for case in cases]
    postings.decide(gone, scene.second, VerdictKind.RETURN, "请写明薪酬构成。", now=now)
    done = clean.approve_clean(pick, scene.school.id, note, by=by, now=now)
    assert (done.count, [(title, why.code) for title, why in done.left]) == (
        1,
        [("绘图员", "already_decided")],
    )
    assert db.session.get_one(VettingCase, fine.id).state is CaseState.APPROVED
    assert clean.shown_in(note, by) == sorted(case.public_id for case in cases)
    assert clean.shown_in(note, scene.second.person_id) == []


def test_another_university_never_sees_the_case(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    other = factories.university("beihu")
    with pytest.raises(NotFound):
        queries.case(case.public_id, other.id)
    pick, note = [(case.public_id, case.version)], clean.shown([case], scene.first.person_id)
    with pytest.raises(NotFound):
        clean.approve_clean(pick, other.id, note, by=scene.first.person_id, now=now)


def test_queue_is_ordered_by_fair_then_risk_then_due_date(scene: Scene, now: datetime) -> None:
    later = scene.submit(now + timedelta(days=3))
    plain = scene.submit(now)
    blocked = scene.submit(now, requirements=UNLAWFUL)
    brought = scene.submit(now)
    fair = planned.open_fair(scene.school, officer=scene.first, now=now)
    place = factories.saved(
        Exhibitor(
            event_id=fair.id,
            employer_id=scene.employer.id,
            state=ExhibitorState.REQUESTED,
            uid="place@nanhu.example",
            calendar_changed_at=now,
            requested_at=now,
        )
    )
    version = versions.latest_revision(brought.subject_id)
    factories.saved(ExhibitorPosting(exhibitor_id=place.id, posting_revision_id=version.id))
    rows = db.session.execute(queries.work_queue(scene.school.id)).all()
    assert [row[0].id for row in rows] == [brought.id, blocked.id, plain.id, later.id]
    assert [row[4] is None for row in rows] == [False, True, True, True]
    # its next version is brought to the same fair
    by, here = scene.hr.person_id, [scene.school.id]
    posting_actions.submit_revision(
        recall_posting(brought.subject_id, by=by, now=now).posting_id, here, by=by, now=now
    )
    first = db.session.execute(queries.work_queue(scene.school.id)).first()
    assert first is not None
    assert (first[0].subject_id, first[0].revision_no, first[4] is None) == (brought.subject_id, 2, False)
    risky = db.session.execute(queries.work_queue(scene.school.id, risk="block")).all()
    assert [(row[0].id, row[1]) for row in risky] == [(blocked.id, 1)]
    figures = queries.queue_figures(scene.school.id, now + timedelta(days=4))
    assert (figures.waiting, figures.overdue, figures.blocked, figures.oldest) == (4, 3, 1, now)


def test_the_next_text_is_the_one_after_this(scene: Scene, now: datetime) -> None:
    third = scene.submit(now + timedelta(days=2))
    second = scene.submit(now)
    first = scene.submit(now, requirements=UNLAWFUL)
    school, officer = scene.school.id, scene.first.person_id

    def after(case: VettingCase | None, wanted: str = "") -> int | None:
        following = turns.next_case(school, officer, case, wanted=wanted, now=now)
        return following.id if following else None

    assert [after(case) for case in (None, first, second, third)] == [first.id, second.id, third.id, first.id]
    postings.decide(second, scene.first, VerdictKind.APPROVE, now=now)
    # whoever left the first out goes on where they were, not back to what they left out
    assert after(second) == first.id
    assert after(second, third.public_id) == third.id
    assert after(second, second.public_id) == first.id
    postings.decide(first, scene.first, VerdictKind.LIFT, "依据见附件。", now=now)
    assert after(third) is None
    assert after(first) == third.id


def test_any_text_can_be_vetted(scene: Scene, now: datetime) -> None:
    case = actions.open_case(
        SubjectKind.EVENT,
        7,
        1,
        "机械专场",
        {"title": "机械专场", "announcement": "本场限男生参加。"},
        scene.school.id,
        employer_type=None,
        by=None,
        now=now,
    )
    assert queries.latest_case(SubjectKind.EVENT, 7, scene.school.id).id == case.id
    actions.withdraw_case(case.id, by=None, now=now)
    assert queries.latest_case(SubjectKind.EVENT, 7, scene.school.id) is None
