"""The words of an event are judged before it opens: its title, its introduction, its link."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.database import db, transaction
from fairs.messages.models import Message
from fairs.operations import actions, texts
from fairs.operations.rules import EventTextUnvetted, Verdict
from fairs.programmes.gates import Gate
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.vetting import actions as vetting
from fairs.vetting.judges import OwnSubmission
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import CaseState, VerdictKind
from tests import factories
from tests.factories import programmes as make


@transaction
def _say(event: Event, summary: str = "", online_url: str = "") -> None:
    row = db.session.get_one(Event, event.id)
    row.summary, row.online_url = summary, online_url


def test_words_are_judged_by_another_officer_before_the_event_opens(app: Flask, now: datetime) -> None:
    school = factories.university()
    officer, second = factories.officer(school), factories.officer(school, "second@nanhu.example")
    guard, by = make.security(school), officer.person_id
    event = make.prepared(make.event(school), by=by)
    _say(event, "本场限男生参加。")
    actions.send_to_review(event.id, by=by, now=now)
    case = db.session.scalars(sa.select(VettingCase)).one()
    assert (case.subject_id, case.text["description"]) == (event.id, "本场限男生参加。")
    for gate, who in ((Gate.SAFETY, guard), (Gate.PLAN, officer)):
        actions.sign_gate(event.id, gate, Verdict.ACCEPT, by=who.person_id, now=now)
    with pytest.raises(EventTextUnvetted, match="限男生"):
        actions.sign_gate(event.id, Gate.VETTING, Verdict.ACCEPT, by=by, now=now)
    with pytest.raises(OwnSubmission):
        vetting.decide_text(case.id, VerdictKind.RETURN, "请删去性别限制。", case.version, by, now)
    who = second.person_id
    vetting.decide_text(case.id, VerdictKind.RETURN, "请删去性别限制。", case.version, who, now)
    told = db.session.scalars(sa.select(Message).where(Message.kind == "vetting/decided")).one()
    assert (told.person_id, told.params["quotes"]) == (by, ["限男生"])
    _say(event, "欢迎全体毕业生参加。")
    actions.sign_gate(event.id, Gate.VETTING, Verdict.ACCEPT, by=by, now=now)
    assert event.state is EventState.APPROVED
    # what is changed after the signature is read again
    _say(event, online_url="https://live.example/%E5%8F%AA%E6%8B%9B%E7%94%B7%E7%94%9F")
    with pytest.raises(EventTextUnvetted, match="只招男生"):
        actions.open_event(event.id, by=by, now=now)
    waiting = texts.hand_in(event.id, by=by, now=now)
    assert waiting is not None
    assert texts.hand_in(event.id, by=by, now=now).id == waiting.id
    _say(event)
    assert texts.hand_in(event.id, by=by, now=now) is None
    assert db.session.get_one(VettingCase, waiting.id).state is CaseState.WITHDRAWN
    actions.open_event(event.id, by=by, now=now)
    assert event.state is EventState.OPEN


def test_clean_words_wait_for_nobody(app: Flask, now: datetime) -> None:
    school = factories.university()
    officer = factories.officer(school)
    make.security(school)
    event = make.prepared(make.event(school), by=officer.person_id)
    actions.send_to_review(event.id, by=officer.person_id, now=now)
    assert db.session.scalars(sa.select(VettingCase)).all() == []
