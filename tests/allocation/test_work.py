"""The allocation task: everybody placed by need with a reason, once, around what is locked."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from fairs import clock
from fairs.accounts.models import Account
from fairs.allocation import actions, queries, runs, work
from fairs.allocation.precedence import precedence
from fairs.allocation.rules import NobodyWaits, NoPlan, ProblemChanged
from fairs.allocation.solver import solve
from fairs.database import db
from fairs.employers import queries as employers
from fairs.employers.actions import marks
from fairs.employers.marks import TagKind
from fairs.errors import Conflict
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState, Needs
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.tasks import actions as tasks
from fairs.tasks import registry
from fairs.tasks.models import Task
from fairs.tasks.rules import TaskState
from fairs.tasks.worker import do_next
from tests import factories
from tests.factories import exhibitors as made
from tests.factories.exhibitors import LARGE, NOW, STANDARD
from tests.factories.registrations import changed
from tests.stages import ROOT

X = ExhibitorState

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def by(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def event(school: University) -> Event:
    event = made.fair(school)
    made.plan(event, [dict(STANDARD), STANDARD | {"power": True}, dict(LARGE)])
    return event


def ask(event: Event, name: str, by: Account, **needs: object) -> Exhibitor:
    return made.request(event, made.employer(name, verified_at=[event.university]), by, **needs)


def run(app: Flask, event: Event, by: Account, **options: object) -> Task:
    number = runs.start_allocation(event.id, by=by.person_id, now=NOW, **options).id
    db.session.rollback()
    assert do_next(app, "test")
    db.session.rollback()
    return db.session.get(Task, number)


def figures(task: Task) -> dict[str, object]:
    """What a finished run counts; its page leads back to the board."""
    assert task.result["page"] == "allocation.board"
    return {name: number for name, number in task.result.items() if name not in ("page", "of")}


def held(event: Event) -> dict[str, str]:
    return {row.exhibitor.employer.legal_name: row.booth_key for row in queries.assignments(event.id)}


def test_a_small_fair_is_placed_by_size_and_power_with_reasons(app: Flask, by: Account, event: Event) -> None:
    plain, powered, large = (
        ask(event, "普通", by),
        ask(event, "用电", by, power=True),
        ask(event, "大展位", by, size="large"),
    )
    left = ask(event, "又一家用电", by, power=True)
    task = run(app, event, by, seed=7)
    assert (task.state, task.error) == (TaskState.DONE, "")
    assert figures(task) == {"offered": 3, "kept": 0, "waitlisted": 1}
    assert held(event) == {"普通": "A01", "用电": "A02", "大展位": "A03"}
    assert queries.assignment_of(powered.id).reason == "面积正好；带电源"
    assert all(row.expires_at for row in queries.assignments(event.id))
    assert {row.state for row in (plain, powered, large)} == {X.ALLOCATED}
    assert left.state is X.WAITLISTED
    assert queries.outlook(event.id, [left])[left.id].value == "no_free_booth"


def test_a_second_run_leaves_all_offers_and_serves_who_came_later(
    app: Flask, by: Account, event: Event
) -> None:
    ask(event, "普通", by)
    run(app, event, by, seed=1)
    before = held(event)
    late = ask(event, "后来", by, size="large")
    assert figures(run(app, event, by, seed=99)) == {"offered": 1, "kept": 1, "waitlisted": 0}
    assert held(event).items() >= before.items()
    assert queries.assignment_of(late.id).booth_key == "A03"


def test_a_rearranging_run_goes_round_the_locked_and_the_confirmed(
    app: Flask, by: Account, event: Event
) -> None:
    locked, confirmed, movable = (ask(event, name, by) for name in ("锁定", "已确认", "可动"))
    person = by.person_id
    actions.offer_by_hand(locked.id, "A03", locked.version, by=person, now=NOW)
    booth = actions.offer_by_hand(confirmed.id, "A02", confirmed.version, by=person, now=NOW)
    actions.confirm(booth.id, by=person, now=NOW)
    actions.lock_assignment(booth.id, False, booth.version, by=person, now=NOW)
    offer = actions.offer_by_hand(movable.id, "A01", movable.version, by=person, now=NOW)
    actions.lock_assignment(offer.id, False, offer.version, by=person, now=NOW)
    first = ask(event, "优先", by)
    exhibitors.set_priority(first.id, 1, first.version, person, NOW)
    task = run(app, event, by, rearrange=True, seed=3)
    assert figures(task) == {"offered": 1, "kept": 2, "waitlisted": 1}
    assert held(event) == {"锁定": "A03", "已确认": "A02", "优先": "A01"}
    assert movable.state is X.WAITLISTED


def test_a_small_private_firm_stands_in_the_small_firms_zone(
    app: Flask, school: University, by: Account
) -> None:
    event = made.fair(school, "中小企业专场")
    zones = [("S", "sme", "中小企业专区"), ("M", "booths", "综合区")]
    made.plan(event, [STANDARD | {"zone": "M"}, STANDARD | {"zone": "S"}], zones=zones)
    made.request(event, made.employer("小厂", verified_at=[school], size="small"), by)
    run(app, event, by, seed=0)
    assert held(event) == {"小厂": "A02"}


def test_a_firm_with_a_certificate_in_force_goes_before_others_of_its_rank(
    app: Flask, school: University, by: Account
) -> None:
    event = made.fair(school, "专精特新专场")
    made.plan(event, [STANDARD])
    first = ask(event, "先申请", by)
    certified = made.employer("专精特新", verified_at=[school])
    standing = employers.standing(certified.id, school.id)
    mark = marks.TagDraft(TagKind.SPECIALISED_SME, number="Z1", valid_until=NOW.date() + timedelta(days=90))
    marks.add_tag(standing.id, mark, by=by.person_id, now=NOW)
    second = made.request(event, certified, by)
    rank = precedence(event.id)
    assert (rank(first), rank(second)) == (0, 1)
    run(app, event, by, seed=0)
    assert held(event) == {"专精特新": "A01"}
    changed(school, settings={"specialised_first": "no"})
    assert precedence(event.id)(second) == 0
    exhibitors.set_priority(first.id, 1, first.version, by.person_id, NOW)
    assert precedence(event.id)(first) == 2


def test_a_change_during_the_run_writes_nothing(by: Account, event: Event) -> None:
    place = ask(event, "普通", by)
    problem = queries.problem(event.id, seed=1)
    plan = solve(problem)
    posting = made.posting(place.employer, event.university, by, "测试工程师")
    exhibitors.edit_request(place.id, Needs(power=True), [], [posting.id], place.version, by.person_id, NOW)
    with pytest.raises(ProblemChanged):
        runs.write_plan(event.id, problem, plan, rearrange=False, by=by.person_id, now=NOW)
    assert queries.assignments(event.id) == []


def test_a_stopped_run_leaves_nothing_and_resumes(app: Flask, by: Account, event: Event) -> None:
    ask(event, "普通", by)
    task = runs.start_allocation(event.id, by=by.person_id, now=NOW, seed=1)
    number = task.id
    tasks.stop(number, NOW)
    assert not do_next(app, "test")
    assert queries.assignments(event.id) == []
    tasks.resume(number, NOW)
    assert do_next(app, "test")
    db.session.rollback()
    assert db.session.get(Task, number).state is TaskState.DONE
    assert held(event) == {"普通": "A01"}


def test_a_worker_lost_after_writing_does_not_write_again(app: Flask, by: Account, event: Event) -> None:
    ask(event, "普通", by)
    number = runs.start_allocation(event.id, by=by.person_id, now=NOW, seed=1).id
    claimed = tasks.claim("lost", NOW)
    assert claimed == number
    params = dict(db.session.get(Task, number).params)
    first = work.allocate(registry.Progress(number, "lost", {}), params)
    # the work reported by the clock
    again = tasks.claim("other", clock.now() + timedelta(days=1))
    checkpoint = dict(db.session.get(Task, again).checkpoint)
    assert work.allocate(registry.Progress(number, "other", checkpoint), params) == first
    assert len(queries.assignments(event.id)) == 1


def test_what_stands_in_the_way_of_a_run_is_said(by: Account, school: University, event: Event) -> None:
    with pytest.raises(NobodyWaits):
        runs.start_allocation(event.id, by=by.person_id, now=NOW)
    bare = made.fair(school, "没有展位图")
    with pytest.raises(NoPlan):
        runs.start_allocation(bare.id, by=by.person_id, now=NOW)
    ask(event, "普通", by)
    runs.start_allocation(event.id, by=by.person_id, now=NOW)
    with pytest.raises(Conflict, match="同样的任务正在进行"):
        runs.start_allocation(event.id, by=by.person_id, now=NOW)


def test_the_web_never_loads_scipy(tmp_path: Path) -> None:
    code = "import sys, wsgi; print(any(name.split('.')[0] == 'scipy' for name in sys.modules))"
    env = os.environ | {"FAIRS_INSTANCE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True)
    assert done.stdout.decode().strip() == "False"
