"""Postings: from the draft to the public page, and everything that must not happen on the way."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.audit.models import Audit
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.employers.rules import StandingState
from fairs.messages.models import Message
from fairs.postings import actions, queries
from fairs.postings.models import Posting, PostingPublication, PostingRevision
from fairs.postings.removing import recall_posting, remove_posting
from fairs.postings.rules import (
    AlreadySubmitted,
    ChangedMeanwhile,
    ChangedSinceShown,
    DailyLimit,
    NothingToRecall,
    NotVerified,
    PostingClosed,
    PostingEnded,
    PostingIncomplete,
    PostingKind,
    PostingState,
    RevisionFrozen,
    ValidityOver,
    ValidityWrong,
)
from fairs.postings.versions import seal_of
from fairs.vetting import queries as vetting
from fairs.vetting.judges import SecondOfficerNeeded
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import CaseState, NotAppealable, SubjectKind, VerdictKind
from tests import factories
from tests.factories import postings


@pytest.fixture
def scene(app: Flask) -> "Scene":
    """A university, an officer, a verified employer and its recruiter."""
    return Scene()


class Scene:
    """The people of these tests."""

    def __init__(self) -> None:
        self.school = factories.university()
        self.officer = factories.officer(self.school)
        self.employer = postings.employer(self.school)
        self.hr = postings.recruiter(self.employer)

    def submit(self, now: datetime, **values: object) -> VettingCase:
        return postings.submitted(self.employer, self.hr, self.school, now=now, **values)[0]

    def state(self, case: VettingCase, now: datetime) -> PostingState:
        posting = db.session.get(Posting, case.subject_id)
        return queries.state_of(posting, self.school, now).state


def test_posting_is_public_only_after_approval(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    public_id = db.session.get(Posting, case.subject_id).public_id
    assert scene.state(case, now) is PostingState.IN_REVIEW
    assert db.session.scalars(queries.published(scene.school.id, now)).all() == []

    postings.decide(case, scene.officer, VerdictKind.APPROVE, now=now)

    shown = queries.posting_for_public(public_id, scene.school.id, now)
    assert shown.revision.title == "机械设计工程师"
    assert scene.state(case, now) is PostingState.PUBLISHED
    message = db.session.scalars(sa.select(Message)).one()
    assert (message.kind, message.person_id) == ("postings/approved", scene.hr.person_id)
    actions_done = set(db.session.scalars(sa.select(Audit.action)))
    assert {"draft_posting", "open_case", "decide_case", "publish_posting"} <= actions_done


def test_posting_expires_at_the_end_of_its_last_day(scene: Scene, now: datetime) -> None:
    case = postings.published(
        scene.employer, scene.hr, scene.officer, scene.school, now=now, valid_until=date(2026, 11, 30)
    )
    public_id = db.session.get(Posting, case.subject_id).public_id
    last_minute = datetime.fromisoformat("2026-11-30T23:59:00+08:00")
    assert queries.posting_for_public(public_id, scene.school.id, last_minute)
    midnight = last_minute + timedelta(minutes=1)
    assert db.session.scalars(queries.published(scene.school.id, midnight)).all() == []
    assert scene.state(case, midnight) is PostingState.EXPIRED
    with pytest.raises(PostingClosed):
        queries.posting_for_public(public_id, scene.school.id, midnight)


def test_returned_posting_is_revised_and_approved(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, requirements="限男性，会使用三维设计软件。")
    postings.decide(case, scene.officer, VerdictKind.RETURN, "请删去性别限制。", now=now)
    assert scene.state(case, now) is PostingState.RETURNED
    message = db.session.scalars(sa.select(Message)).one()
    assert message.params["quotes"] == ["限男性"]

    revision = actions.revise(case.subject_id, postings.content(), by=scene.hr.person_id, now=now)
    assert revision.no == 2
    again = actions.submit_revision(case.subject_id, [scene.school.id], by=scene.hr.person_id, now=now)[0]
    postings.decide(again, scene.officer, VerdictKind.APPROVE, now=now)
    assert scene.state(again, now) is PostingState.PUBLISHED


def test_what_was_not_seen_is_neither_written_over_nor_submitted(scene: Scene, now: datetime) -> None:
    posting = postings.draft(scene.employer, scene.hr, now=now)
    sent = {"by": scene.hr.person_id, "now": now}
    seen = seal_of(queries.latest_revision(posting.id))
    actions.revise(posting.id, postings.content(city="甲地", valid_until=campus_day(now)), **sent, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        actions.revise(posting.id, postings.content(city="乙地"), **sent, seen=seen)
    with pytest.raises(ChangedSinceShown):
        actions.submit_revision(posting.id, [scene.school.id], **sent, seen=seen)
    db.session.rollback()
    newest = queries.latest_revision(posting.id)
    assert (newest.city, newest.frozen_at) == ("甲地", None)
    (case,) = actions.submit_revision(posting.id, [scene.school.id], **sent, seen=seal_of(newest))
    assert case.text["city"] == "甲地"


def test_new_version_replaces_the_public_one_only_when_approved(scene: Scene, now: datetime) -> None:
    case = postings.published(scene.employer, scene.hr, scene.officer, scene.school, now=now)
    posting = db.session.get(Posting, case.subject_id)
    actions.revise(posting.id, postings.content(title="高级机械工程师"), by=scene.hr.person_id, now=now)
    again = actions.submit_revision(posting.id, [scene.school.id], by=scene.hr.person_id, now=now)[0]
    standing = queries.state_of(posting, scene.school, now)
    assert (standing.state, standing.change) == (PostingState.PUBLISHED, PostingState.IN_REVIEW)
    shown = db.session.scalars(queries.published(scene.school.id, now)).one()
    assert shown.revision.title == "机械设计工程师"

    postings.decide(again, scene.officer, VerdictKind.APPROVE, now=now)
    shown = db.session.scalars(queries.published(scene.school.id, now)).one()
    assert shown.revision.title == "高级机械工程师"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PostingPublication)) == 2


def test_submitted_revision_never_changes(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    with pytest.raises(RevisionFrozen):
        actions.revise(case.subject_id, postings.content(title="别的"), by=scene.hr.person_id, now=now)

    @transaction
    def tamper() -> None:
        queries.latest_revision(case.subject_id).title = "别的"

    with pytest.raises(RevisionFrozen):
        tamper()
    revision = queries.latest_revision(case.subject_id)
    assert revision.title == "机械设计工程师"
    assert revision.content_hash == queries.content_of(revision).fingerprint()


def test_draft_is_edited_in_place(scene: Scene, now: datetime) -> None:
    posting = postings.draft(scene.employer, scene.hr, now=now)
    changed = postings.content(headcount=8)
    actions.revise(posting.id, changed, by=scene.hr.person_id, now=now, kind=PostingKind.INTERNSHIP)
    revision = db.session.scalars(sa.select(PostingRevision)).one()
    assert queries.content_of(revision) == changed
    assert db.session.get(Posting, posting.id).kind is PostingKind.INTERNSHIP


def test_submission_needs_every_element(scene: Scene, now: datetime) -> None:
    with pytest.raises(PostingIncomplete, match="工作地点、基本薪酬"):
        scene.submit(now, city="", salary_min=None, salary_max=None)
    with pytest.raises(ValidityWrong):
        scene.submit(now, valid_until=date(2027, 12, 1))
    assert db.session.scalars(sa.select(VettingCase)).all() == []


def test_submission_needs_a_verified_employer(scene: Scene, now: datetime) -> None:
    elsewhere = factories.university("beihu")
    posting = postings.draft(scene.employer, scene.hr, now=now)
    with pytest.raises(NotVerified):
        actions.submit_revision(posting.id, [scene.school.id, elsewhere.id], by=scene.hr.person_id, now=now)
    assert queries.latest_revision(posting.id).frozen_at is None


def test_two_universities_decide_each_for_itself(scene: Scene, now: datetime) -> None:
    other = factories.university("beihu")
    postings.verified(scene.employer, other)
    here, there = postings.submitted(scene.employer, scene.hr, scene.school, other, now=now)
    postings.decide(here, scene.officer, VerdictKind.APPROVE, now=now)
    assert len(db.session.scalars(queries.published(scene.school.id, now)).all()) == 1
    assert db.session.scalars(queries.published(other.id, now)).all() == []
    with pytest.raises(AlreadySubmitted, match="beihu大学"):
        actions.submit_revision(there.subject_id, [other.id], by=scene.hr.person_id, now=now)


def test_daily_limit_counts_new_postings_of_a_kind(scene: Scene, now: datetime) -> None:
    @transaction
    def limit() -> None:
        scene.school.settings = {"postings_per_day": 1}

    limit()
    scene.submit(now)
    scene.submit(now, kind=PostingKind.INTERNSHIP)
    with pytest.raises(DailyLimit, match="1 条上限"):
        scene.submit(now)
    scene.submit(now + timedelta(days=1))


def test_suspended_employer_disappears_at_once(scene: Scene, now: datetime) -> None:
    postings.published(scene.employer, scene.hr, scene.officer, scene.school, now=now)
    case = scene.submit(now)

    @transaction
    def suspend() -> None:
        from fairs.employers import queries as employers

        employers.standing(scene.employer.id, scene.school.id).state = StandingState.SUSPENDED

    suspend()
    assert db.session.scalars(queries.published(scene.school.id, now)).all() == []
    with pytest.raises(NotVerified, match="先处理单位资质"):
        postings.decide(case, scene.officer, VerdictKind.APPROVE, now=now)
    assert db.session.get(VettingCase, case.id).state is CaseState.IN_REVIEW


def test_expired_text_is_not_published(scene: Scene, now: datetime) -> None:
    case = scene.submit(now, valid_until=date(2026, 11, 22))
    with pytest.raises(ValidityOver):
        postings.decide(case, scene.officer, VerdictKind.APPROVE, now=now + timedelta(days=3))


def test_withdrawal_takes_down_and_ends_reviews(scene: Scene, now: datetime) -> None:
    case = postings.published(scene.employer, scene.hr, scene.officer, scene.school, now=now)
    waiting = scene.submit(now)
    for one in (case, waiting):
        actions.withdraw_posting(one.subject_id, "已招满", by=scene.hr.person_id, now=now)
    assert db.session.scalars(queries.published(scene.school.id, now)).all() == []
    assert db.session.get(VettingCase, waiting.id).state is CaseState.WITHDRAWN
    assert scene.state(waiting, now) is PostingState.WITHDRAWN
    with pytest.raises(PostingEnded):
        actions.withdraw_posting(case.subject_id, "已招满", by=scene.hr.person_id, now=now)


def test_new_version_withdraws_the_one_that_still_waits(scene: Scene, now: datetime) -> None:
    other = factories.university("beihu")
    postings.verified(scene.employer, other)
    here, there = postings.submitted(scene.employer, scene.hr, scene.school, other, now=now)
    postings.decide(here, scene.officer, VerdictKind.RETURN, "请写清薪酬构成。", now=now)
    actions.revise(here.subject_id, postings.content(salary_text="13 薪"), by=scene.hr.person_id, now=now)
    actions.submit_revision(here.subject_id, [scene.school.id, other.id], by=scene.hr.person_id, now=now)
    assert db.session.get(VettingCase, there.id).state is CaseState.WITHDRAWN
    states = {case.revision_no: case.state for case in _cases(here, other.id)}
    assert states == {1: CaseState.WITHDRAWN, 2: CaseState.IN_REVIEW}


def _cases(case: VettingCase, university_id: int) -> list[VettingCase]:
    return list(
        db.session.scalars(
            sa.select(VettingCase).where(
                VettingCase.subject_kind == SubjectKind.POSTING,
                VettingCase.subject_id == case.subject_id,
                VettingCase.university_id == university_id,
            )
        )
    )


def test_appeal_goes_to_another_officer_and_only_once(scene: Scene, now: datetime) -> None:
    second = factories.officer(scene.school, "second@nanhu.example")
    case = scene.submit(now)
    postings.decide(case, scene.officer, VerdictKind.REJECT, "不适合校园发布。", now=now)
    contest = lambda: actions.appeal_posting(  # noqa: E731 (said twice below)
        case.subject_id, scene.school.id, "见招聘公告", by=scene.hr.person_id, now=now
    )
    contest()
    assert scene.state(case, now) is PostingState.IN_REVIEW
    with pytest.raises(SecondOfficerNeeded):
        postings.decide(case, scene.officer, VerdictKind.APPROVE, now=now)
    postings.decide(case, second, VerdictKind.REJECT, "依据不成立。", now=now)
    with pytest.raises(NotAppealable):
        contest()


def test_findings_are_kept_with_the_case(scene: Scene, now: datetime) -> None:
    scene.submit(now, requirements="😀限男性，35岁以下。", salary_text="入职缴纳培训费500元")
    found = db.session.scalars(sa.select(Finding).order_by(Finding.id)).all()
    quotes = [(one.field, one.quote) for one in found]
    assert ("requirements", "限男性") in quotes
    assert [field for field, quote in quotes if "培训费500元" in quote] == ["salary"]
    limit = next(one for one in found if one.quote == "限男性")
    assert (limit.start, limit.end) == (1, 4)


def test_board_by_major_includes_what_is_open_to_all(scene: Scene, now: datetime) -> None:
    made = postings.published(
        scene.employer, scene.hr, scene.officer, scene.school, now=now, majors=("080202", "080901")
    )
    postings.published(scene.employer, scene.hr, scene.officer, scene.school, now=now, majors=("030101",))
    open_to_all = postings.published(scene.employer, scene.hr, scene.officer, scene.school, now=now)
    shown = db.session.scalars(queries.board(scene.school.id, now, {"major": "080901"})).all()
    assert {one.posting_id for one in shown} == {made.subject_id, open_to_all.subject_id}


def test_a_submission_is_taken_back_to_mend_a_slip(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    number, by = case.subject_id, scene.hr.person_id
    draft = recall_posting(number, by=by, now=now)
    assert (case.state, draft.no, draft.frozen_at) == (CaseState.WITHDRAWN, 2, None)
    assert queries.content_of(draft) == queries.content_of(queries.revision(number, 1))
    assert not db.session.execute(vetting.work_queue(scene.school.id)).all()
    with pytest.raises(NothingToRecall):
        recall_posting(number, by=by, now=now)
    again = actions.submit_revision(number, [scene.school.id], by=by, now=now)[0]
    assert (again.revision_no, again.state) == (2, CaseState.IN_REVIEW)
    one = db.session.get_one(Posting, number)
    assert [step.what for step in queries.history(one)].count("收回修改") == 1
    postings.decide(again, scene.officer, VerdictKind.APPROVE, now=now)
    with pytest.raises(NothingToRecall):
        recall_posting(number, by=by, now=now)


def test_a_posting_taken_back_does_not_count_twice_a_day(scene: Scene, now: datetime) -> None:
    @transaction
    def limit() -> None:
        scene.school.settings = {"postings_per_day": 1}

    limit()
    case = scene.submit(now)
    recall_posting(case.subject_id, by=scene.hr.person_id, now=now)
    actions.submit_revision(case.subject_id, [scene.school.id], by=scene.hr.person_id, now=now)


def test_why_a_university_stopped_showing_it_stands_in_the_history(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    postings.decide(case, scene.officer, VerdictKind.APPROVE, now=now)
    later = now + timedelta(hours=1)
    remove_posting(case.subject_id, scene.school.id, "收取体检费。", by=scene.officer.person_id, now=later)
    first = queries.history(db.session.get_one(Posting, case.subject_id))[0]
    assert (first.what, first.note, first.school) == ("学校停止展示", "收取体检费。", scene.school)
