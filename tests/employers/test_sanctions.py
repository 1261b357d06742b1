"""Strikes, suspension, blacklist and the way out, with what the database itself keeps apart."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.audit.models import Audit
from fairs.database import db, transaction
from fairs.employers import actions, queries, records, rules, sanctions
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.sanctions import Bar
from fairs.employers.models import SanctionAppeal
from fairs.employers.rules import StandingState
from fairs.employers.sanctions import AppealState, SanctionKind
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.rules import ExhibitorState, Needs
from fairs.messages.models import Message
from fairs.operations.standings import bar_employer
from fairs.postings import queries as postings
from tests import factories
from tests.factories import employers
from tests.factories import exhibitors as fairs
from tests.races import race

PROOF = Upload(employers.PDF, "证据.pdf")
STOP = Bar(SanctionKind.SUSPENSION, "招聘信息与实际不符")


def told(kind: str) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Message.kind == kind)) or 0


@pytest.fixture
def scene(app: Flask) -> dict[str, Any]:
    """A fair, an employer with a place and a posting there, two officers."""
    school = factories.university()
    firm = employers.verified(school)
    hr = employers.contact(firm)
    event = fairs.fair(school)
    place = fairs.request(event, firm, hr)
    officers = factories.officer(school), factories.officer(school, "second@nanhu.example")
    ids = {"first": officers[0].person_id, "second": officers[1].person_id, "hr": hr.person_id}
    standing = queries.standing(firm.id, school.id)
    assert standing is not None
    return ids | {
        "account": hr,
        "school": school,
        "firm": firm,
        "event": event,
        "place": place,
        "standing": standing,
    }


def test_suspended_explained_and_reinstated_by_another_officer(
    app: Flask, scene: dict[str, Any], now: datetime
) -> None:
    standing, firm, school = scene["standing"], scene["firm"], scene["school"]
    sanction = bar_employer(standing.id, STOP, version=standing.version, by=scene["first"], now=now)
    assert standing.state is StandingState.SUSPENDED
    assert scene["place"].state is ExhibitorState.REVOKED
    assert postings.published_of_employer(firm.id, school.id, now) == []
    assert told("employers/suspended") == told("allocation/cancelled") == 1
    with pytest.raises(sanctions.ExplanationMissing):
        actions.ask_relief(sanction.id, " ", None, by=scene["hr"], now=now)
    asked = actions.ask_relief(sanction.id, "已更正", PROOF, by=scene["hr"], now=now)
    assert standing.state is StandingState.REINSTATEMENT_REQUESTED
    assert [row.id for row in records.open_appeals(school.id)] == [asked.id]
    with pytest.raises(sanctions.AppealWaits):
        actions.lift(sanction.id, "没事了", by=scene["first"], now=now)
    with pytest.raises(sanctions.SecondOfficer):
        actions.answer_relief(asked.id, True, "同意", by=scene["first"], now=now)
    actions.answer_relief(asked.id, True, "材料属实", by=scene["second"], now=now)
    assert standing.state is StandingState.VERIFIED
    assert len(postings.published_of_employer(firm.id, school.id, now)) == 1
    done = set(db.session.scalars(sa.select(Audit.action).where(Audit.subject_kind == "employer_standing")))
    assert {"standing_suspended", "relief_asked", "standing_lifted"} <= done


@pytest.mark.parametrize("database", ["sqlite"])
def test_who_has_explained_itself_reads_that_it_is_looked_at(
    scene: dict[str, Any], sign_in: Callable[..., FlaskClient], now: datetime
) -> None:
    standing = scene["standing"]
    sanction = actions.impose(standing.id, STOP, version=standing.version, by=scene["first"], now=now)
    home = f"/employer/{scene['firm'].public_id}"
    own, explain = f"{home}/standing/{standing.public_id}", f"{home}/sanctions/{sanction.public_id}"
    firm = sign_in(scene["account"])
    assert ">提交书面说明</a>" in firm.get(own).text
    asked = actions.ask_relief(sanction.id, "已更正", None, by=scene["hr"], now=now)
    page = firm.get(own).text
    assert "书面说明复核中，" in page
    assert ">提交书面说明</a>" not in page
    page = firm.get(explain).text
    assert "复核中" in page
    assert "提交说明" not in page
    actions.answer_relief(asked.id, False, "证据充分", by=scene["second"], now=now)
    assert ">提交书面说明</a>" in firm.get(own).text


def test_the_database_keeps_the_two_officers_apart(app: Flask, scene: dict[str, Any], now: datetime) -> None:
    standing = scene["standing"]
    sanction = actions.impose(standing.id, STOP, version=standing.version, by=scene["first"], now=now)
    asked = actions.ask_relief(sanction.id, "说明", None, by=scene["hr"], now=now)

    @transaction
    def smuggle() -> None:
        db.session.execute(
            sa.update(SanctionAppeal).where(SanctionAppeal.id == asked.id).values(decided_by=scene["first"])
        )

    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)second_officer|check"):
        smuggle()


def test_two_officers_answer_one_request_at_once(app: Flask, scene: dict[str, Any], now: datetime) -> None:
    standing, second = scene["standing"], scene["second"]
    sanction = actions.impose(standing.id, STOP, version=standing.version, by=scene["first"], now=now)
    asked = actions.ask_relief(sanction.id, "说明", None, by=scene["hr"], now=now).id
    third = factories.officer(scene["school"], "third@nanhu.example").person_id
    results = race(
        app,
        lambda: actions.answer_relief(asked, True, "同意", by=second, now=now),
        lambda: actions.answer_relief(asked, False, "不同意", by=third, now=now),
    )
    assert sum(isinstance(one, SanctionAppeal) for one in results) == 1
    assert sum(isinstance(one, sanctions.SanctionOver) for one in results) == 1


def test_the_blacklist_needs_evidence_and_ends_with_its_period(
    app: Flask, scene: dict[str, Any], now: datetime
) -> None:
    standing, until = scene["standing"], date(2026, 12, 1)
    bare = Bar(SanctionKind.BLACKLIST, "收取培训费", until)
    with pytest.raises(sanctions.EvidenceMissing):
        actions.impose(standing.id, bare, version=standing.version, by=scene["first"], now=now)
    whole = Bar(SanctionKind.BLACKLIST, "收取培训费", until, PROOF)
    with pytest.raises(rules.AlreadyDecided):
        actions.impose(standing.id, whole, version=99, by=scene["first"], now=now)
    sanction = actions.impose(standing.id, whole, version=standing.version, by=scene["first"], now=now)
    with pytest.raises(rules.WrongStanding):
        actions.lift(sanction.id, "误会", by=scene["second"], now=now)
    asked = actions.ask_relief(sanction.id, "说明", None, by=scene["hr"], now=now)
    actions.answer_relief(asked.id, False, "证据充分", by=scene["second"], now=now)
    assert (standing.state, asked.state) == (StandingState.BLACKLISTED, AppealState.REFUSED)
    with pytest.raises(sanctions.AskedTooSoon):
        actions.ask_relief(sanction.id, "再说明", None, by=scene["hr"], now=now + timedelta(days=5))
    assert actions.recheck(now + timedelta(days=10)) == 0
    assert actions.recheck(now + timedelta(days=11)) == 1
    assert standing.state is StandingState.EXPIRED
    assert told("employers/lifted") == 1


def test_two_breaches_bar_until_one_is_voided(app: Flask, scene: dict[str, Any], now: datetime) -> None:
    school, firm, hr = scene["school"], scene["firm"], scene["hr"]
    late, gone = ExhibitorState.CANCELLED_LATE, ExhibitorState.NO_SHOW
    exhibitors.move_place(scene["place"].id, late, by=hr, now=now, action="cancel_request")
    brought = [row.posting_id for row in postings.published_of_employer(firm.id, school.id, now)]
    again = fairs.fair(school, "春季双选会")
    place = exhibitors.request_place(again.id, firm.id, Needs(), [], brought, hr, now)
    exhibitors.move_place(place.id, ExhibitorState.ALLOCATED, by=None, now=now, action="offer_booth")
    exhibitors.move_place(place.id, ExhibitorState.CONFIRMED, by=hr, now=now, action="confirm_booth")
    exhibitors.move_place(place.id, gone, by=scene["first"], now=now, action="release_booth")
    noted = records.sanctions(scene["standing"].id)
    assert [row.occasion for row in noted] == ["春季双选会", "冬季双选会"]
    assert told("employers/strike") == 2
    third = fairs.fair(school, "秋季双选会")
    with pytest.raises(sanctions.Barred):
        exhibitors.request_place(third.id, firm.id, Needs(), [], brought, hr, now)
    asked = actions.ask_relief(noted[0].id, "列车停运", PROOF, by=hr, now=now)
    with pytest.raises(sanctions.SecondOfficer):
        actions.answer_relief(asked.id, True, "属实", by=scene["first"], now=now)
    actions.answer_relief(asked.id, True, "属实", by=scene["second"], now=now)
    assert scene["standing"].state is StandingState.VERIFIED
    exhibitors.request_place(third.id, firm.id, Needs(), [], brought, hr, now)
