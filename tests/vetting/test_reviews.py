"""The weekly sample, reminders, reasons in editions: once, by the right people, on the record."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.clock import campus_day
from fairs.database import db
from fairs.errors import Conflict
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.vetting import actions as vetting
from fairs.vetting import reasons, reminding, reviews
from fairs.vetting.models import ReasonTemplate, Sample, SampleItem
from fairs.vetting.rules import REASON_LABELS, VerdictKind
from fairs.vetting.sampling import OwnDecision, SampleVerdict, drawn, week_before
from tests import factories
from tests.factories import postings
from tests.vetting.test_actions import Scene


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A university with two officers and a verified employer."""
    return Scene()


def test_a_sample_is_drawn_once_a_week_with_its_seed_and_reviewed_by_another(
    scene: Scene, now: datetime
) -> None:
    by = scene.first.person_id
    factories.duties(scene.school, vetting_sample_share=50, by=by, now=now)
    for _ in range(4):
        postings.decide(scene.submit(now), scene.first, VerdictKind.APPROVE, now=now)
    later = now + timedelta(days=7)
    assert reviews.draw_due(later) == 2
    assert reviews.draw_due(later) == 0
    sample = db.session.scalars(sa.select(Sample)).one()
    assert (sample.week, sample.share, sample.pool) == (week_before(campus_day(later)), 50, 4)
    items = db.session.scalars(sa.select(SampleItem).order_by(SampleItem.id)).all()
    pool = reviews.decided_in(scene.school.id, sample.week)
    assert [one.decision_id for one in items] == drawn(pool, 50, sample.seed)
    first, second = (one.id for one in items)
    who = scene.second.person_id
    assert (reviews.open_for(scene.school.id, by), reviews.open_for(scene.school.id, who)) == (0, 2)
    with pytest.raises(OwnDecision):
        reviews.review(first, SampleVerdict.AGREED, "", by=by, now=later)
    reviews.review(first, SampleVerdict.AGREED, "", by=who, now=later)
    reviews.review(second, SampleVerdict.DISAGREED, "薪酬写得不清楚。", by=who, now=later)
    told = db.session.scalars(sa.select(Message).where(Message.kind == "vetting/disagreed")).one()
    assert told.person_id == by
    assert reviews.figures(scene.school.id).rate == 50


def test_officers_hear_once_a_day_what_is_nearly_due_and_what_is_late(scene: Scene, now: datetime) -> None:
    case = scene.submit(now)
    assert reminding.remind_due(case.due_at - timedelta(hours=7)) == 0
    soon = case.due_at - timedelta(hours=3)
    assert [reminding.remind_due(soon), reminding.remind_due(soon + timedelta(hours=1))] == [2, 0]
    late = case.due_at + timedelta(hours=1)
    assert reminding.remind_due(late) == 2
    assert reminding.remind_due(late + timedelta(days=1)) == 2
    kinds = db.session.scalars(sa.select(Message.kind).order_by(Message.id)).all()
    assert kinds == ["vetting/due_soon"] * 2 + ["vetting/overdue"] * 4


def test_an_author_hears_once_that_the_answer_is_late(app: Flask, scene: Scene, now: datetime) -> None:
    waits, decided, taken = (scene.submit(now) for _ in range(3))
    postings.decide(decided, scene.first, VerdictKind.RETURN, "请写明薪酬。", now=now)
    vetting.withdraw_case(taken.id, by=scene.hr.person_id, now=now)
    late = waits.due_at + timedelta(hours=1)
    assert reminding.tell_late(waits.due_at - timedelta(minutes=1)) == 0
    version = waits.version
    assert [reminding.tell_late(late), reminding.tell_late(late + timedelta(days=3))] == [1, 0]
    told = db.session.scalars(sa.select(Message).where(Message.kind == "vetting/late")).one()
    assert (told.person_id, told.subject_id) == (scene.hr.person_id, waits.id)
    letter = render(app, told.id, late)
    assert "审核结果会晚一些" in letter.subject
    for said in ("11月24日", "不用重新提交", scene.school.hotline_phone, scene.school.hotline_mail):
        assert said in letter.body
    # whoever has the page open may still decide, and after that nobody hears that it is late
    verdict = VerdictKind.RETURN, "请写明薪酬。", version, scene.first.person_id, late
    vetting.decide(waits.id, *verdict)
    db.session.rollback()
    again = vetting.open_again(waits.id, by=None, now=late)
    assert reminding.tell_late(late) == 0
    assert reminding.tell_late(again.due_at + timedelta(hours=1)) == 1, "a new round has its own time"


def test_the_time_to_decide_is_the_universitys_own(scene: Scene, now: datetime) -> None:
    by = scene.first.person_id
    factories.duties(scene.school, vetting_workdays=1, by=by, now=now)
    first = scene.submit(now)
    factories.duties(scene.school, vetting_workdays=3, by=by, now=now)
    assert scene.submit(now).due_at - first.due_at == timedelta(days=2)


def test_reasons_change_in_editions_and_the_first_brings_the_usual_ones(scene: Scene, now: datetime) -> None:
    here, by = scene.school.id, scene.first.person_id
    assert reasons.offered(here) == REASON_LABELS
    made = reasons.add_reason(here, "请写清工作地点。", by=by, now=now)
    assert list(reasons.offered(here).values()) == [*REASON_LABELS.values(), "请写清工作地点。"]
    after = reasons.change_reason(made.id, "请写清工作地点和班次。", by=by, now=now)
    assert (after.edition, after.replaces_id) == (2, made.id)
    with pytest.raises(Conflict):
        reasons.change_reason(made.id, "另一位老师的写法", by=scene.second.person_id, now=now)
    reasons.end_reason(after.id, by=by, now=now)
    assert list(reasons.offered(here).values()) == list(REASON_LABELS.values())
    assert db.session.get_one(ReasonTemplate, made.id).text == "请写清工作地点。"
