"""An appeal against a block: two agree, each in turn; small offices have a way on, the page says whose turn it is."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts.models import Account, Role
from fairs.database import db, transaction
from fairs.messages.models import Message
from fairs.postings import actions as posting_actions
from fairs.postings.models import PostingPublication
from fairs.vetting import turns
from fairs.vetting.judges import DecidedBefore, LiftNeedsSecond, SecondOfficerNeeded
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import BlockedClause, CaseState, VerdictKind
from tests import factories
from tests.factories import postings
from tests.vetting.test_actions import UNLAWFUL, Scene

LIFT, BACK, APPROVE = VerdictKind.LIFT, VerdictKind.RETURN, VerdictKind.APPROVE


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A university with two officers and a verified employer."""
    return Scene()


def contested(scene: Scene, now: datetime, *, proposed: Account | None = None, back: Account) -> VettingCase:
    """A text with a blocking clause, returned (after a colleague's proposal, if any) and appealed."""
    case = scene.submit(now, requirements=UNLAWFUL)
    if proposed is not None:
        postings.decide(case, proposed, LIFT, "有依据", now=now)
    postings.decide(case, back, BACK, "请删去。", now=now)
    here = scene.school.id
    posting_actions.appeal_posting(case.subject_id, here, "见公告", by=scene.hr.person_id, now=now)
    return case


def published() -> int:
    return db.session.scalar(sa.select(sa.func.count(PostingPublication.id))) or 0


def told(kind: str) -> list[int]:
    chosen = sa.select(Message.person_id).where(Message.kind == kind).order_by(Message.id)
    return list(db.session.scalars(chosen))


@transaction
def leaves(officer: Account) -> None:
    db.session.execute(
        sa.update(Role).where(Role.person_id == officer.person_id).values(until_on=date(2020, 2, 1))
    )


def test_an_appeal_is_not_granted_by_one_alone(scene: Scene, now: datetime) -> None:
    third = factories.officer(scene.school, "third@nanhu.example")
    case = contested(scene, now, back=scene.second)
    assert sorted(told("vetting/appealed")) == sorted([scene.first.person_id, third.person_id])
    with pytest.raises(BlockedClause):
        postings.decide(case, scene.first, APPROVE, "同意", now=now)
    postings.decide(case, scene.first, LIFT, "附录第三条", now=now)
    assert told("vetting/second_needed") == [third.person_id]
    for officer, why in ((scene.first, LiftNeedsSecond), (scene.second, SecondOfficerNeeded)):
        with pytest.raises(why):
            postings.decide(case, officer, APPROVE, "同意", now=now)
    assert published() == 0
    postings.decide(case, third, APPROVE, "同意", now=now)
    assert (case.state, published()) == (CaseState.APPROVED, 1)


def test_who_proposed_the_lift_does_not_judge_the_appeal(scene: Scene, now: datetime) -> None:
    third = factories.officer(scene.school, "third@nanhu.example")
    case = contested(scene, now, proposed=scene.first, back=scene.second)
    assert told("vetting/appealed") == [third.person_id]
    with pytest.raises(DecidedBefore):
        postings.decide(case, scene.first, LIFT, "有依据", now=now)
    postings.decide(case, third, LIFT, "附录第三条", now=now)
    postings.decide(case, scene.first, APPROVE, "同意", now=now)
    assert published() == 1


def test_two_officers_are_not_stuck_and_one_is_told_so(
    scene: Scene, now: datetime, sign_in: Callable[..., FlaskClient]
) -> None:
    case = contested(scene, now, back=scene.second)
    first, second = scene.first.person_id, scene.second.person_id
    postings.decide(case, scene.first, LIFT, "附录第三条", now=now)
    following = turns.next_case(scene.school.id, second, now=now)
    assert following is not None
    assert following.id == case.id
    assert turns.next_case(scene.school.id, first, now=now) is None
    page = sign_in(scene.second).get(f"/nanhu/office/vetting/{case.public_id}").text
    assert "因此也可以由您处理" in page
    assert "另一位老师已经提请放行" in page
    waits = sign_in(scene.first).get(f"/nanhu/office/vetting/{case.public_id}").text
    assert "放行是您提出的" in waits
    assert "可以处理的老师：" in waits
    leaves(scene.second)
    alone = sign_in(scene.first).get(f"/nanhu/office/vetting/{case.public_id}").text
    assert "本校目前没有其他老师可以处理" in alone


def test_the_page_of_an_appeal_does_not_say_that_anybody_agreed(
    scene: Scene, now: datetime, sign_in: Callable[..., FlaskClient]
) -> None:
    case = contested(scene, now, back=scene.second)
    page = sign_in(scene.first).get(f"/nanhu/office/vetting/{case.public_id}").text
    assert "另一位老师已经提请放行" not in page
    assert "不同意申诉，请退回并说明理由" in page
    assert 'value="lift"' in page
    assert 'value="approve"' not in page
