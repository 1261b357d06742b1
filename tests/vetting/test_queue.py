"""What the queue and the rulebook's record say of clauses that officers would let pass, or have."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.clauses.rules import Severity
from fairs.database import db
from fairs.postings import actions as posting_actions
from fairs.vetting import actions, queries, rulebook
from fairs.vetting.models import Finding, VettingCase
from fairs.vetting.rules import CaseState, VerdictKind
from tests.factories import postings
from tests.vetting.test_actions import UNLAWFUL, Scene

AGES = "35岁以下。"


@pytest.fixture
def scene(app: Flask) -> Scene:
    """A university with two officers and a verified employer."""
    return Scene()


def overruling(case: VettingCase, verdict: VerdictKind, scene: Scene, now: datetime) -> None:
    """A decision by the first officer that shares no finding."""
    sent = (case.id, verdict, "依据见附件。", case.version, scene.first.person_id, now)
    chosen = {one.id: "有依据" for one in queries.findings(case.id)}
    posting_actions.decide_posting(*sent, overruled=chosen)


def counts(scene: Scene, **narrowed: str) -> list[tuple[int, int]]:
    rows = db.session.execute(queries.work_queue(scene.school.id, **narrowed)).all()
    return [(row[0].id, row[1]) for row in rows]


def test_what_waits_for_the_second_officer_is_the_riskiest(
    scene: Scene, now: datetime, sign_in: Callable[..., FlaskClient]
) -> None:
    plain = scene.submit(now)
    proposed = scene.submit(now, requirements=UNLAWFUL)
    contested = scene.submit(now, requirements=UNLAWFUL)
    overruling(proposed, VerdictKind.LIFT, scene, now)
    overruling(contested, VerdictKind.RETURN, scene, now)
    by, here = scene.hr.person_id, scene.school.id
    posting_actions.appeal_posting(contested.subject_id, here, "见公告", by=by, now=now)
    risky = [(proposed.id, 1), (contested.id, 1)]
    assert counts(scene) == [*risky, (plain.id, 0)]
    assert counts(scene, risk="block") == risky
    assert counts(scene, risk="clean") == [(plain.id, 0)]
    assert queries.queue_figures(here, now).blocked == 2
    office = sign_in(scene.second)
    page = office.get("/nanhu/office/vetting?risk=block").text
    assert page.count("建议退回 1 处（提请放行）") == 1
    assert page.count("建议退回 1 处") == 2
    postings.decide(proposed, scene.second, VerdictKind.APPROVE, "同意", now=now)
    decided = office.get("/nanhu/office/vetting?state=decided").text
    assert "建议退回 1 处（已放行）" in decided
    assert decided.count("未发现问题") == 1  # the filter's word


def test_a_lift_that_is_refused_leaves_its_clause_to_be_mended(
    scene: Scene, now: datetime, sign_in: Callable[..., FlaskClient]
) -> None:
    case = scene.submit(now, requirements=UNLAWFUL)
    overruling(case, VerdictKind.LIFT, scene, now)
    page = sign_in(scene.second).get(f"/nanhu/office/vetting/{case.public_id}").text
    assert "提请放行的老师认为可以保留" in page
    postings.decide(case, scene.second, VerdictKind.RETURN, "依据不成立。", now=now)
    assert queries.standing_quotes(case.id) == ["限男性"]


def test_a_rule_is_counted_once_a_text_and_overruled_once_decided(scene: Scene, now: datetime) -> None:
    repeated = scene.submit(now, requirements=AGES * 60)
    scene.submit(now, requirements=AGES)
    found = queries.findings(repeated.id)
    assert len(found) >= 60
    rule = found[0].rule

    def record() -> tuple[int, int]:
        one = rulebook.records(scene.school.id, now)[rule]
        return one.hits, one.overruled

    def rows() -> int:
        return len(db.session.execute(rulebook.overruled(scene.school.id, rule)).all())

    assert (record(), rows()) == ((2, 0), 0)
    overruling(repeated, VerdictKind.APPROVE, scene, now)
    assert (record(), rows()) == ((2, 1), 1)


def test_a_proposal_is_no_overrule_until_another_agrees(scene: Scene, now: datetime) -> None:
    agreed, refused = (scene.submit(now, requirements=UNLAWFUL) for _ in range(2))
    rule = next(one.rule for one in queries.findings(agreed.id) if one.severity is Severity.BLOCK)
    for case in (agreed, refused):
        overruling(case, VerdictKind.LIFT, scene, now)
    assert rulebook.records(scene.school.id, now)[rule] == rulebook.Record(2, 0)
    actions.decide(refused.id, VerdictKind.RETURN, "不同意", refused.version, scene.second.person_id, now)
    assert rulebook.records(scene.school.id, now)[rule] == rulebook.Record(2, 0)
    postings.decide(agreed, scene.second, VerdictKind.APPROVE, "同意", now=now)
    assert rulebook.records(scene.school.id, now)[rule] == rulebook.Record(2, 1)
    row = db.session.execute(rulebook.overruled(scene.school.id, rule)).one()
    assert (row[1].id, row[1].state) == (agreed.id, CaseState.APPROVED)
    assert isinstance(row[0], Finding)
