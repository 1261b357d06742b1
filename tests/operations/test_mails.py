"""Notices about events name what, where, when and why, in the reader's language."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts import actions as accounts
from fairs.database import db
from fairs.messages import actions as messages
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.operations.notices import facts_of
from fairs.programmes.models import Event
from tests import factories
from tests.factories import programmes as make
from tests.factories.programmes import NOON


def _letter(app: Flask, event: Event, kind: str, person: int, now: datetime) -> tuple[str, str]:
    facts = facts_of(event, "场馆检修")
    messages.queue(kind, [person], facts, subject=event, university_id=event.university_id, now=now)
    number = max(db.session.scalars(sa.select(Message.id)))
    letter = render(app, number, now)
    return letter.subject, letter.body


WITH_REASON = {"cancelled", "postponed", "paused", "evacuated", "returned"}
FOR_STAFF = {"plan_to_sign", "returned", "approved"}
KINDS = sorted(WITH_REASON | FOR_STAFF | {"moved", "resumed", "restored", "entry_resumed"})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("database", ["sqlite"])
def test_a_notice_names_event_time_place_and_link(app: Flask, kind: str) -> None:
    school = factories.university()
    officer = factories.officer(school)
    event = make.prepared(make.event(school, "秋季双选会"), by=officer.person_id)
    subject, body = _letter(app, event, f"operations/{kind}", officer.person_id, NOON)
    assert "秋季双选会" in subject
    assert "2026-11-28 09:00–15:00 2026-0001 馆" in body
    assert f"/nanhu/{'office/' if kind in FOR_STAFF else ''}events/{event.public_id}" in body
    assert ("场馆检修" in body) is (kind in WITH_REASON)


def test_a_notice_speaks_english_to_who_chose_it(app: Flask) -> None:
    school = factories.university()
    officer = factories.officer(school)
    accounts.choose_language(officer.person_id, "en")
    event = make.prepared(make.event(school, "Autumn fair"), by=officer.person_id)
    subject, body = _letter(app, event, "operations/cancelled", officer.person_id, NOON)
    assert subject == "Cancelled: Autumn fair"
    assert "Reason: 场馆检修" in body
