"""A posting's life on a database: versions, copies, templates, the end of its validity, fairs that show it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Conflict, Refusal
from fairs.exhibitors import bringing
from fairs.exhibitors import queries as exhibitors
from fairs.exhibitors.rules import PostingMissing
from fairs.messages.models import Message
from fairs.postings import actions, queries, templates, validity
from fairs.postings.models import Posting, PostingMajor, PostingPublication, PostingRevision
from fairs.postings.removing import recall_posting
from fairs.postings.rules import (
    EndReasonMissing,
    NothingToCopy,
    PostingEnded,
    PostingKind,
    PostingState,
    TemplateNameMissing,
    ValidityWrong,
)
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import exhibitors as fairs
from tests.factories import postings as made

NOW = fairs.NOW


class Scene:
    """A school with an officer, a verified employer with its recruiter."""

    def __init__(self) -> None:
        self.school = factories.university()
        self.officer = factories.officer(self.school)
        self.firm = made.employer(self.school)
        self.hr = made.recruiter(self.firm)
        self.by = self.hr.person_id

    def published(self, **values: object) -> Posting:
        """A posting that the school shows."""
        case = made.published(self.firm, self.hr, self.officer, self.school, now=NOW, **values)
        return db.session.get_one(Posting, case.subject_id)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene()


def test_copies_keep_the_words_and_get_new_dates(scene: Scene) -> None:
    old = scene.published(kind=PostingKind.INTERNSHIP, cohort=2026, majors=("080901",))
    with pytest.raises(EndReasonMissing):
        actions.withdraw_posting(old.id, " ", by=scene.by, now=NOW)
    actions.withdraw_posting(old.id, "已招满", by=scene.by, now=NOW)
    stranger = made.employer(scene.school, name="邻座公司")
    until = date(2027, 6, 30)
    wanted = {"cohort": 2027, "valid_until": until, "by": scene.by, "now": NOW}
    with pytest.raises(NothingToCopy):
        templates.copy_postings(stranger.id, [old.public_id], **wanted)
    with pytest.raises(ValidityWrong):
        templates.copy_postings(
            scene.firm.id, [old.public_id], **(wanted | {"valid_until": date(2029, 1, 1)})
        )
    copy = templates.copy_postings(scene.firm.id, [old.public_id], **wanted)[0]
    mine, theirs = (queries.latest_revision(one.id) for one in (copy, old))
    assert (copy.kind, copy.copied_from_id) == (PostingKind.INTERNSHIP, old.id)
    assert (mine.cohort, mine.valid_until, mine.frozen_at) == (2027, until, None)
    assert queries.content_of(mine).description == queries.content_of(theirs).description
    codes = sa.select(PostingMajor.code).where(PostingMajor.revision_id == mine.id)
    assert list(db.session.scalars(codes)) == ["080901"]


def test_a_template_is_the_employers_and_its_name_is_its_own(scene: Scene) -> None:
    one = scene.published()
    with pytest.raises(TemplateNameMissing):
        templates.keep_template(one.id, " ", by=scene.by, now=NOW)
    kept = templates.keep_template(one.id, "研发岗", by=scene.by, now=NOW)
    with pytest.raises(Conflict, match="已有同名的模板"):
        templates.keep_template(one.id, "研发岗", by=scene.by, now=NOW)
    content = templates.content_of(kept)
    assert (content.title, content.valid_until) == ("机械设计工程师", None)
    templates.end_template(kept.id, by=scene.by, now=NOW)
    assert templates.templates_of(scene.firm.id) == []
    assert templates.keep_template(one.id, "研发岗", by=scene.by, now=NOW).id != kept.id


def test_the_employer_hears_once_before_the_end_and_once_of_it(scene: Scene) -> None:
    scene.published(valid_until=campus_day(NOW) + timedelta(days=30))
    assert validity.tell_validity(NOW + timedelta(days=20)) == 0
    near = NOW + timedelta(days=25)
    assert (validity.tell_validity(near), validity.tell_validity(near)) == (1, 0)
    over = NOW + timedelta(days=32)
    assert (validity.tell_validity(over), validity.tell_validity(over)) == (1, 0)
    kinds = list(db.session.scalars(sa.select(Message.kind).order_by(Message.id)))
    assert kinds[-2:] == ["postings/ending", "postings/expired"]


def test_a_first_day_ahead_is_waited_for_but_never_hides_what_is_shown(scene: Scene) -> None:
    ahead = campus_day(NOW) + timedelta(days=10)
    one = scene.published(valid_from=ahead)
    assert queries.state_of(one, scene.school, NOW).state is PostingState.SCHEDULED
    assert queries.state_of(one, scene.school, NOW + timedelta(days=10)).state is PostingState.PUBLISHED
    shown = scene.published(title="测试工程师")
    actions.revise(shown.id, made.content(valid_from=ahead), by=scene.by, now=NOW)
    case = actions.submit_revision(shown.id, [scene.school.id], by=scene.by, now=NOW)[0]
    made.decide(case, scene.officer, VerdictKind.APPROVE, now=NOW)
    assert queries.state_of(shown, scene.school, NOW).state is PostingState.PUBLISHED


def test_one_posting_at_several_fairs(scene: Scene) -> None:
    one, other = scene.published(), scene.published(title="测试工程师", kind=PostingKind.INTERNSHIP)
    events = [fairs.fair(scene.school, title) for title in ("冬季双选会", "机械专场")]
    places = [
        fairs.actions.request_place(event.id, scene.firm.id, fairs.Needs(), [], [one.id], scene.by, NOW)
        for event in events
    ]
    keys = [place.public_id for place in places]

    def bring(posting: Posting, *chosen: str) -> None:
        bringing.bring_posting(posting.id, scene.firm.id, chosen, by=scene.by, now=NOW)

    bring(other, *keys)
    assert [row.brought for row in bringing.choices(other.id, scene.firm.id, NOW)] == [True, True]
    bring(one, keys[1])
    assert [row.title for row in exhibitors.postings_of(places[0].id)] == ["测试工程师"]
    with pytest.raises(PostingMissing):
        bring(other, keys[1])
    actions.withdraw_posting(other.id, "已招满", by=scene.by, now=NOW)
    assert exhibitors.posting_counts([places[0].id], scene.school.id, NOW) == {}


VERBS = st.lists(st.sampled_from(("revise", "submit", "recall", "approve", "return", "withdraw")), max_size=8)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VERBS)
def test_what_is_shown_was_approved_as_it_stands(machine: Scene, verbs: list[str]) -> None:
    """Whatever is done in whatever order: frozen words stay, only approved words are shown, the end is the end."""
    posting = made.draft(machine.firm, machine.hr, now=NOW, kind=next(KINDS))
    frozen: dict[int, str] = {}
    for step, verb in enumerate(verbs):
        before = _shown(posting.id)
        try:
            _do(machine, posting.id, verb, step)
        except Refusal:
            assert _shown(posting.id) == before
        ended = db.session.get_one(Posting, posting.id).ended_at is not None
        for row in queries.revisions(posting.id):
            if row.frozen_at is not None:
                assert frozen.setdefault(row.no, row.content_hash) == queries.content_of(row).fingerprint()
        shown = _shown(posting.id)
        if ended:
            assert shown is None
            with pytest.raises(PostingEnded):
                actions.revise(posting.id, made.content(), by=machine.by, now=NOW)
        elif before is not None and verb != "approve":
            assert shown == before  # the old words stay until the new ones are approved
        if shown is not None:
            state = sa.select(VettingCase.state).where(
                VettingCase.subject_id == posting.id, VettingCase.revision_no == shown
            )
            assert db.session.scalar(state) == "approved"


def _shown(posting_id: int) -> int | None:
    db.session.rollback()
    chosen = sa.select(PostingRevision.no).join(
        PostingPublication, PostingPublication.revision_id == PostingRevision.id
    )
    live = chosen.where(
        PostingPublication.posting_id == posting_id, PostingPublication.taken_down_at.is_(None)
    )
    return db.session.scalar(live)


def _do(machine: Scene, posting_id: int, verb: str, step: int) -> None:
    number, by = posting_id, machine.by
    if verb == "revise":
        actions.revise(number, made.content(title=f"第 {step} 版"), by=by, now=NOW)
    elif verb == "submit":
        actions.submit_revision(number, [machine.school.id], by=by, now=NOW)
    elif verb == "recall":
        recall_posting(number, by=by, now=NOW)
    elif verb == "withdraw":
        actions.withdraw_posting(number, "已招满", by=by, now=NOW)
    else:
        latest = (
            sa.select(VettingCase).where(VettingCase.subject_id == number).order_by(VettingCase.id.desc())
        )
        case = db.session.scalars(latest.limit(1)).first()
        if case is not None:
            verdict = VerdictKind.APPROVE if verb == "approve" else VerdictKind.RETURN
            made.decide(case, machine.officer, verdict, "请修改", now=NOW)


def _kinds() -> object:
    while True:
        yield from PostingKind


KINDS = _kinds()


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """The states are derived alike on every database; ``test_actions`` runs on both."""
    return str(request.param)


@pytest.fixture
def machine(scene: Scene) -> Scene:
    return scene
