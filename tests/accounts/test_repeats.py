"""The back button and a second press: what a form adds is added once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts import repeats
from fairs.database import db
from fairs.errors import Refusal
from fairs.onsite.models import Incident
from fairs.programmes.rules import EventState
from tests import factories
from tests.factories import programmes as planned
from tests.factories import registrations as made
from tests.races import race

SAID = "同样的内容刚才已经提交成功，没有重复记录"


def noted() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Incident)) or 0


@pytest.mark.parametrize("database", ["sqlite"])
def test_sent_again_after_going_back(
    app: Flask, sign_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    now, school = clock.now(), factories.university()
    fair = made.open_event(school, now, state=EventState.RUNNING)
    guard, officer = sign_in(planned.security(school)), sign_in(factories.officer(school))
    page = f"/nanhu/office/events/{fair.public_id}/scene/incidents/new"
    form = {"kind": "crowding", "space": "", "text": "三号通道拥堵", "severity": "minor", "once": "first"}
    assert guard.post(page, data=form | {"text": ""}).status_code == 422, "refused: nothing is remembered"
    assert guard.post(page, data=form).status_code == 302
    again = guard.post(page, data=form | {"once": "second"})
    assert (again.status_code, SAID in again.text, noted()) == (422, True, 1)
    assert "三号通道拥堵" in again.text, "nothing typed is lost"
    assert officer.post(page, data=form | {"once": "third"}).status_code == 302, "somebody else saw it too"
    assert guard.post(page, data=form | {"once": "fourth", "text": "又堵了"}).status_code == 302
    later = now + repeats.WITHIN + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert guard.post(page, data=form | {"once": "fifth"}).status_code == 302, "a while later it is meant"
    assert noted() == 4


def test_two_presses_at_once_and_a_refused_one_is_free(app: Flask) -> None:
    done: list[int] = []

    def refuse() -> None:
        raise Refusal

    def press(action: Callable[[], object]) -> object:
        with app.test_request_context("/page", method="POST", data={"text": "一样"}):
            return repeats.unrepeated(action)()

    with pytest.raises(Refusal):
        press(refuse)
    results = race(app, *[lambda: press(lambda: done.append(1))] * 3)
    assert sorted(type(one).__name__ for one in results) == ["NoneType", "SentBefore", "SentBefore"]
    assert done == [1]
