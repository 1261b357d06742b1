"""Four small machines walked through their actions: whatever is tried in whatever order, only guarded steps happen.

Programme, external activity, request for erasure, change of a rule. Each walk is drawn with a fixed seed; after each
step: the state that the rules promise, one row in the trail if it happened and none if not, and word to whoever is
concerned.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs import clock
from fairs.accounts.rules import RoleKind
from fairs.audit.models import Audit
from fairs.clock import campus_day
from fairs.database import Row, db
from fairs.errors import Refusal
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.postings import takedowns
from fairs.postings.changes import CHANGE_MOVES, ChangeKind, ChangeState
from fairs.postings.models import PostingPublication, RuleChange
from fairs.privacy import actions as privacy
from fairs.privacy import queries as erasures
from fairs.privacy import rules as requests
from fairs.privacy.models import ErasureRequest
from fairs.privacy.rules import RequestState
from fairs.programmes import actions as programmes
from fairs.programmes import campaigns, external, publishing, seasons
from fairs.programmes.campaigns import ActivityState
from fairs.programmes.drafts import ProgrammeDraft
from fairs.programmes.models import Programme, ProgrammeEvent
from fairs.programmes.rules import ProgrammeKind
from fairs.programmes.season_models import ExternalActivity, ExternalPart
from fairs.programmes.seasons import ProgrammeState
from fairs.students import queries as students
from fairs.vetting.models import VettingCase
from tests import factories
from tests.factories import programmes as planned
from tests.factories import registrations as made
from tests.postings.test_rechecking import Shown

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
P, A, R, C = ProgrammeState, ActivityState, RequestState, ChangeState
Step = Callable[[], object]


def happens(step: Step) -> bool:
    """Try one step; whether it happened."""
    try:
        step()
    except Refusal:
        db.session.rollback()
        return False
    return True


def trail(row: Row) -> list[str]:
    """What is written down of a row, oldest first."""
    chosen = sa.select(Audit.action).where(
        Audit.subject_kind == row.__tablename__, Audit.subject_id == row.id
    )
    return list(db.session.scalars(chosen.order_by(Audit.id)))


def told(person_id: int) -> list[str]:
    """The kinds of messages to a person, oldest first."""
    chosen = sa.select(Message.kind).where(Message.person_id == person_id)
    return list(db.session.scalars(chosen.order_by(Message.id)))


def count(model: type[Row]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_programme_is_shown_with_its_plan_and_closed_for_good(app: Flask) -> None:
    school, now, chance = factories.university(), clock.now(), random.Random(17)
    by = factories.officer(school).person_id
    for _walk in range(5):
        _walk_programme(school, by, chance, now)


def _walk_programme(school: University, by: int, chance: random.Random, now: datetime) -> None:
    day, has_plan = campus_day(now) + timedelta(days=9), False
    month = {"starts_on": day, "ends_on": day + timedelta(days=30)}
    texts = programmes.ProgrammeTexts(kind=ProgrammeKind.RECRUITMENT_MONTH, name="招聘月", **month)
    number = programmes.create_programme(texts, university_id=school.id, by=by, now=now).id
    link = [ProgrammeDraft(programme_id=number)]
    steps: dict[str, Step] = {
        "set_programme_plan": lambda: publishing.set_plan(number, planned.PLAN, by=by, now=now),
        "publish_programme": lambda: publishing.publish_programme(number, by=by, now=now),
        "take_back_programme": lambda: publishing.take_back_programme(number, by=by, now=now),
        "archive_programme": lambda: publishing.archive_programme(number, by=by, now=now),
        "edit_programme": lambda: programmes.edit_programme(number, texts, by=by, now=now),
        "create_event": lambda: planned.event(school, on=planned.days(day), programmes=link, now=now),
    }
    to = {"publish_programme": P.PUBLISHED, "take_back_programme": P.DRAFT, "archive_programme": P.ENDED}
    for name in chance.choices(list(steps), [3, 4, 2, 1, 1, 1], k=12):
        row = db.session.get_one(Programme, number)
        before, written, events = row.state, trail(row), count(ProgrammeEvent)
        expected = to[name] in seasons.TRANSITIONS[before] if name in to else before is not P.ENDED
        expected = expected and (has_plan or name != "publish_programme")
        assert happens(steps[name]) == expected, f"{before} {name}"
        has_plan = has_plan or (expected and name == "set_programme_plan")
        row = db.session.get_one(Programme, number)
        assert row.state is (to.get(name, before) if expected else before)
        joined = expected and name == "create_event"
        assert trail(row) == written + [name] * (expected and not joined)
        assert count(ProgrammeEvent) == events + joined


def test_an_activity_of_others_is_called_off_for_good_and_taken_part_in_once(app: Flask) -> None:
    school, now, chance = factories.university(), clock.now(), random.Random(18)
    by = factories.officer(school).person_id
    pupil = made.student(factories.department(school)).person_id
    for hours in (1, -1, -1, -1, -1):
        draft = external.ActivityDraft(
            title="空中双选会",
            url="https://www.ncss.cn/",
            starts_at=now + timedelta(hours=hours),
            ends_at=now + timedelta(hours=2),
        )
        number = external.create_activity(draft, university_id=school.id, by=by, now=now).id
        _walk_activity(number, draft, by, pupil, chance, now)


def _walk_activity(
    number: int, draft: external.ActivityDraft, by: int, pupil: int, chance: random.Random, now: datetime
) -> None:
    def seen() -> ExternalActivity:
        return db.session.get_one(ExternalActivity, number)

    steps: dict[str, Step] = {
        "publish_activity": lambda: external.publish_activity(number, by=by, now=now),
        "cancel_activity": lambda: external.cancel_activity(number, by=by, now=now),
        "edit_activity": lambda: external.edit_activity(
            number, draft, version=seen().version, by=by, now=now
        ),
        "took_part": lambda: external.took_part(number, pupil, now),
        "took_back_part": lambda: external.take_back_part(number, pupil, now),
    }
    to = {"publish_activity": A.PUBLISHED, "cancel_activity": A.CANCELLED}
    for name in chance.choices(list(steps), [3, 1, 2, 3, 2], k=12):
        before, written, sequence, part = seen().state, trail(seen()), seen().sequence, _part(number, pupil)
        expected = {
            "edit_activity": before is not A.CANCELLED,
            "took_part": before is A.PUBLISHED and draft.starts_at <= now,
            "took_back_part": part,
        }.get(name, to.get(name) in campaigns.TRANSITIONS[before])
        assert happens(steps[name]) == expected, f"{before} {name}"
        assert seen().state is (to.get(name, before) if expected else before)
        again = name == "took_part" and part  # saying it twice is once
        assert trail(seen()) == written + [name] * (expected and not again)
        followed = expected and name in {*to, "edit_activity"}
        assert seen().sequence == sequence + followed, "calendars follow"
        present = {"took_part": True, "took_back_part": False}.get(name, part) if expected else part
        assert _part(number, pupil) == present


def _part(activity_id: int, person_id: int) -> bool:
    chosen = sa.select(ExternalPart.id).where(
        ExternalPart.activity_id == activity_id,
        ExternalPart.person_id == person_id,
        ExternalPart.ended_at.is_(None),
    )
    return db.session.scalar(chosen) is not None


def test_a_request_for_erasure_is_answered_once(app: Flask) -> None:
    school, now, chance = factories.university(), clock.now(), random.Random(19)
    by, department = factories.officer(school).person_id, factories.department(school)
    for walk in range(8):
        pupil, works_here = made.student(department, walk + 1), walk % 4 == 3
        if works_here:
            factories.role(pupil, RoleKind.DOOR_STAFF, university_id=school.id)
        _walk_erasure(pupil.person_id, by, chance, now, works_here=works_here)


def _walk_erasure(person: int, by: int, chance: random.Random, now: datetime, *, works_here: bool) -> None:
    def last() -> ErasureRequest | None:
        return erasures.last_request(person)

    def number() -> int:
        request = last()
        return request.id if request else 0

    steps: dict[str, Step] = {
        "ask_erasure": lambda: privacy.ask_erasure(students.student_at(person), "毕业了", now=now),
        "erasure_declined": lambda: privacy.decline(number(), "有举报在查", by=by, now=now),
        "decline without a reason": lambda: privacy.decline(number(), " ", by=by, now=now),
        "erasure_withdrawn": lambda: privacy.withdraw_request(person, now=now),
        "erasure_done": lambda: privacy.erase(number(), by=by, now=now),
    }
    to = {"erasure_declined": R.DECLINED, "erasure_withdrawn": R.WITHDRAWN, "erasure_done": R.DONE}
    for name in chance.choices(list(steps), [3, 1, 1, 1, 1], k=9):
        request, heard = last(), told(person)
        before, written = (request.state, trail(request)) if request else (None, [])
        asks = name == "ask_erasure"
        expected = (
            before not in {R.OPEN, R.DONE}  # who was erased has no account to ask with
            if asks
            else before is not None and to.get(name) in requests.TRANSITIONS[before]
        ) and not (name == "erasure_done" and works_here)
        assert happens(steps[name]) == expected, f"{before} {name}"
        request = last()
        assert (request.state if request else None) is (to.get(name, R.OPEN) if expected else before)
        if request is not None:
            earlier = [] if asks and expected else written
            assert trail(request) == earlier + [name] * expected
            assert (request.ended_at is None) == (request.state is R.OPEN)
        says = {"ask_erasure": ["privacy/asked"], "erasure_declined": ["privacy/declined"]}
        assert told(person) == heard + says.get(name, []) * expected


def test_a_change_of_a_rule_is_answered_once_and_the_employer_hears_of_it(app: Flask) -> None:
    scene, chance = Shown(), random.Random(20)
    changes = [_listed(scene.publish("会使用三维设计软件。")) for _ in range(3)]
    for change in chance.choices(changes, k=12):
        _answer(change, chance.choice(list(ChangeState)), scene)


def _answer(change: RuleChange, to: ChangeState, scene: Shown) -> None:
    by, here, hr = scene.first.person_id, scene.school.id, scene.hr.person_id
    before, written, heard = change.state, _answers(), told(hr)
    expected = to in CHANGE_MOVES[before]
    answer = partial(takedowns.answer_changes, [change.public_id], here, to, by=by, now=clock.now())
    assert happens(answer) == expected, f"{before} {to}"
    assert change.state is (to if expected else before)
    down = change.state is C.TAKEN_DOWN
    shown = db.session.get_one(PostingPublication, change.publication_id)
    assert (shown.taken_down_at is not None) == (change.new_case_id is not None) == down
    assert _answers() == written + expected
    assert told(hr) == heard + ["postings/rules_changed"] * (expected and down)


def _listed(case: VettingCase) -> RuleChange:
    publication = db.session.scalars(
        sa.select(PostingPublication).where(PostingPublication.posting_id == case.subject_id)
    ).one()
    return factories.saved(
        RuleChange(
            university_id=case.university_id,
            publication_id=publication.id,
            case_id=case.id,
            rulebook_version="2026.12",
            kind=ChangeKind.REVIEW,
            findings={"marks": []},
            state=C.LISTED,
            found_at=clock.now(),
        )
    )


def _answers() -> int:
    chosen = sa.select(sa.func.count()).select_from(Audit).where(Audit.action == "answer_rule_change")
    return db.session.scalar(chosen) or 0
