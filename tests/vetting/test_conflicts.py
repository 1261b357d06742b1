"""Two officers at once: who comes second reads what happened, keeps their words, and decides with the next press."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.database import db
from fairs.postings.removing import recall_posting
from fairs.vetting.models import Decision, VettingCase
from fairs.vetting.rules import CaseState, VerdictKind
from tests.factories import postings
from tests.vetting.test_actions import UNLAWFUL, Scene

WORDS = "性别限制没有依据，请删去。"


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A university with two officers and a verified employer."""
    return Scene()


def path(case: VettingCase) -> str:
    return f"/nanhu/office/vetting/{case.public_id}"


def version_in(page: str) -> str:
    """What the page's form would send."""
    field = re.search(r"<input[^>]*name=\"version\"[^>]*>", page)
    assert field is not None
    value = re.search(r'value="(\d+)"', field[0])
    assert value is not None
    return value[1]


def decisions() -> int:
    return db.session.scalar(sa.select(sa.func.count(Decision.id))) or 0


def test_who_comes_second_reads_what_happened_and_decides_with_the_next_press(
    scene: Scene, sign_in: Callable[..., FlaskClient]
) -> None:
    case = scene.submit(clock.now(), requirements=UNLAWFUL)
    office = sign_in(scene.second)
    sent: dict[str, Any] = {"version": version_in(office.get(path(case)).text), "reason": WORDS}
    postings.decide(case, scene.first, VerdictKind.LIFT, "有依据", now=clock.now())
    for verdict in ("return", "lift"):  # one that would be possible now, and one that is not
        late = office.post(path(case), data=sent | {"verdict": verdict})
        assert late.status_code == 409
        assert "陈老师刚刚提请放行" in late.text
        assert WORDS in late.text
        assert "data-late" in late.text
    assert decisions() == 1
    again = sent | {"version": version_in(late.text), "verdict": "return"}
    assert office.post(path(case), data=again).status_code == 302
    assert db.session.get_one(VettingCase, case.id).state is CaseState.RETURNED


def test_the_same_press_twice_decides_once(scene: Scene, sign_in: Callable[..., FlaskClient]) -> None:
    case = scene.submit(clock.now(), requirements=UNLAWFUL)
    office = sign_in(scene.first)
    sent = {"version": version_in(office.get(path(case)).text), "reason": "有依据", "verdict": "lift"}
    assert office.post(path(case), data=sent).status_code == 302
    twice = office.post(path(case), data=sent)
    assert twice.status_code == 409
    assert "您刚刚提请放行" in twice.text
    assert decisions() == 1
    assert 'name="verdict"' not in twice.text  # the next step is a colleague's


def test_what_was_taken_back_says_so(scene: Scene, sign_in: Callable[..., FlaskClient]) -> None:
    case = scene.submit(clock.now())
    office = sign_in(scene.first)
    sent = {"version": version_in(office.get(path(case)).text), "verdict": "approve"}
    recall_posting(case.subject_id, by=scene.hr.person_id, now=clock.now())
    late = office.post(path(case), data=sent)
    assert late.status_code == 409
    assert "对方刚刚收回了这条信息" in late.text
