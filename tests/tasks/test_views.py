"""The pages of background work: own work only, progress, stop, resume, result."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.database import db
from fairs.errors import Invalid
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.files.sheets import write_xlsx
from fairs.institutions.models import University
from fairs.tasks import actions, registry, worker
from fairs.tasks.models import Task
from fairs.tasks.rules import TaskState
from tests import factories


@registry.register("tests.count")
def count(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Counts to ``to`` from its checkpoint; refuses an odd number."""
    for n in range(progress.checkpoint.get("n", 0), params["to"]):
        progress.report(n, params["to"], "正在数数")
        progress.keep({"n": n + 1})
        if n + 1 == params.get("stop_at") and not progress.checkpoint.get("stopped"):
            actions.stop(progress.task_id, clock.now())
    if params["to"] % 2:
        raise Invalid
    return {"new": params["to"]}


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def officer(school: University) -> Account:
    return factories.officer(school)


@pytest.fixture
def office(officer: Account, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(officer)


def enqueue(school: University, by: Account | None, **params: Any) -> Task:
    return actions.enqueue(
        "tests.count",
        params,
        dedupe=f"tests:{params}:{school.id}",
        university_id=school.id,
        by=by.person_id if by else None,
        now=clock.now(),
    )


def test_a_task_is_followed_until_its_result(
    app: Flask, school: University, officer: Account, office: FlaskClient
) -> None:
    url = f"/nanhu/office/tasks/{enqueue(school, officer, to=4).public_id}"
    waiting = office.get(url).text
    assert 'hx-trigger="every 2s"' in waiting
    assert "排队中" in waiting
    assert worker.do_next(app, "test")
    done = office.get(url).text
    assert "已完成" in done
    assert "hx-get" not in done
    assert '<dt>新增</dt><dd class="num">4</dd>' in done
    assert "由陈老师" in done


def test_progress_is_shown(app: Flask, school: University, officer: Account, office: FlaskClient) -> None:
    task = enqueue(school, officer, to=40)
    number, url = task.id, f"/nanhu/office/tasks/{task.public_id}"
    assert actions.claim("test", clock.now()) == number
    assert actions.report(number, "test", 10, 40, "正在数数", clock.now())
    text = office.get(url).text
    assert '<progress class="meter-bar" value="10" max="40"' in text
    assert "进行中" in text


def test_stop_then_resume_goes_on_from_the_checkpoint(
    app: Flask, school: University, officer: Account, office: FlaskClient
) -> None:
    task = enqueue(school, officer, to=6, stop_at=3)
    number, url = task.id, f"/nanhu/office/tasks/{task.public_id}"
    assert worker.do_next(app, "test")
    db.session.rollback()
    stopped = db.session.get_one(Task, number)
    assert (stopped.state, stopped.checkpoint) == (TaskState.STOPPED, {"n": 3})
    assert "已停止" in office.get(url).text
    assert office.post(f"{url}/stop").status_code == 409
    assert office.post(f"{url}/resume").status_code == 302
    assert worker.do_next(app, "test")
    assert "已完成" in office.get(url).text
    assert office.post(f"{url}/resume").status_code == 409


def test_stop_button_ends_what_has_not_begun(
    app: Flask, school: University, officer: Account, office: FlaskClient
) -> None:
    url = f"/nanhu/office/tasks/{enqueue(school, officer, to=6).public_id}"
    office.post(f"{url}/stop")
    assert not worker.do_next(app, "test")
    assert "已停止" in office.get(url).text


def test_a_failure_is_told(app: Flask, school: University, officer: Account, office: FlaskClient) -> None:
    url = f"/nanhu/office/tasks/{enqueue(school, officer, to=3).public_id}"
    assert worker.do_next(app, "test")
    text = office.get(url).text
    assert "没有完成" in text
    assert Invalid.sentence in text


def test_whoever_lost_the_task_cannot_end_it(app: Flask, school: University, officer: Account) -> None:
    number = enqueue(school, officer, to=2).id
    assert actions.claim("second", clock.now()) == number
    actions.finish(number, "first", {"new": 9}, clock.now())
    actions.fail(number, "first", "x", clock.now())
    actions.stopped(number, "first", clock.now())
    task = db.session.get_one(Task, number)
    assert (task.state, task.result, task.owner) == (TaskState.RUNNING, {}, "second")


def test_the_list_shows_own_work_only(
    school: University, officer: Account, office: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    other = factories.university("beihu")
    foreign = enqueue(other, None, to=2).public_id
    enqueue(school, officer, to=2)
    text = office.get("/nanhu/office/tasks").text
    assert "共 1 项任务" in text
    assert foreign not in text
    assert office.get(f"/nanhu/office/tasks/{foreign}").status_code == 404
    assert office.post(f"/nanhu/office/tasks/{foreign}/stop").status_code == 404
    assert "没有后台任务" in office.get("/nanhu/office/tasks?state=failed").text
    student = factories.account("s@nanhu.example")
    factories.role(student, RoleKind.STUDENT, university_id=school.id)
    assert sign_in(student).get("/nanhu/office/tasks").status_code == 403


def test_a_result_file_can_be_downloaded_by_the_own_office_only(
    school: University, officer: Account, office: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    content = write_xlsx("结果", ["甲"], [["乙"]])
    file = files.keep(
        content, "结果.xlsx", FilePurpose.EXPORT, by=None, university_id=school.id, now=clock.now()
    )
    public_id, file_id = file.public_id, file.id
    task = enqueue(school, officer, to=2)
    url = f"/nanhu/office/tasks/{task.public_id}"
    actions.attach(task.id, file_id)
    link = f"/nanhu/office/files/{public_id}"
    assert link in office.get(url).text
    assert office.get(link).data == content
    stranger = factories.officer(factories.university("beihu"), "o@beihu.example")
    assert sign_in(stranger).get(link.replace("nanhu", "beihu")).status_code == 404
