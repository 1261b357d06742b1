"""The door's interface: passes, batches, what is answered and what is not."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.rules import RoleKind
from fairs.checkin import actions
from fairs.checkin.models import DevicePass, Gate, Scan
from fairs.database import db
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event
from fairs.registrations import actions as booking
from fairs.registrations import queries as registrations
from fairs.registrations.models import Registration
from tests import factories
from tests.factories import checkin as door
from tests.factories import registrations as made


@pytest.fixture
def fair(app: Flask) -> Event:
    school = factories.university()
    return made.open_event(school, clock.now() - timedelta(minutes=10))


@pytest.fixture
def mine(fair: Event) -> Registration:
    school = db.session.get(factories.University, fair.university_id)
    student = made.student(factories.department(school))
    slot = made.slot(programmes.occurrences(fair.id)[0], 5)
    return booking.book(slot.id, student.person_id, clock.now())


@pytest.fixture
def token(fair: Event) -> str:
    school = db.session.get(factories.University, fair.university_id)
    return door.device(door.gate(fair, door.hall(school), clock.now()), clock.now()).token


def scan(code: str, **values: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "code": code,
        "direction": "in",
        "scanned_at": clock.now().isoformat(),
        "mode": "online",
    } | values


def send(client: FlaskClient, token: str, scans: Any) -> Any:
    body = {"sent_at": clock.now().isoformat(), "scans": scans}
    return client.post("/api/v1/scans", json=body, headers={"Authorization": f"Bearer {token}"})


def test_a_batch_is_answered_item_by_item_with_masked_names(
    client: FlaskClient, mine: Registration, token: str
) -> None:
    good, bad = scan(door.shown(mine, clock.now())), {"client_id": "?"}
    answer = send(client, token, [bad, good, scan("nonsense")])
    assert answer.status_code == 200
    first, second, third = answer.json["results"]
    assert (first["verdict"], first["tone"]) == ("invalid", "red")
    assert (second["verdict"], second["tone"], second["sentence"]) == ("in", "green", "请入场")
    assert second["holder"] == {"name": "李**", "number": "2023****0001"}
    assert second["slot"]["starts_at"] == mine.entry_slot.starts_at.isoformat()
    assert (second["inside"], second["capacity"]) == (1, 500)
    assert second["client_id"] == good["client_id"]
    assert (third["verdict"], third["holder"]) == ("unknown", None)
    assert "李小雨" not in answer.text
    again = send(client, token, [good])
    assert again.json["results"][0]["verdict"] == "in"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Scan)) == 2


def test_who_is_inside_already_is_told_where_and_when(
    client: FlaskClient, fair: Event, mine: Registration, token: str
) -> None:
    send(client, token, [scan(door.shown(mine, clock.now()))])
    gate = db.session.get(Gate, 1)
    south = door.device(gate, clock.now()).token
    (result,) = send(client, south, [scan(door.shown(mine, clock.now()))]).json["results"]
    assert (result["verdict"], result["tone"]) == ("already_in", "amber")
    assert result["earlier"]["gate"] == "北门"


def test_without_a_pass_there_is_no_answer(client: FlaskClient, fair: Event, token: str) -> None:
    for wrong in ("", "x" * 32):
        answer = send(client, wrong, [])
        assert (answer.status_code, answer.json["error"]["code"]) == (401, "pass_refused")
        assert client.get("/api/v1/door").status_code == 401
        assert client.get("/door").status_code == 401
    number = db.session.scalars(sa.select(DevicePass.id)).one()
    actions.revoke_pass(number, by=None, now=clock.now())
    assert send(client, token, []).status_code == 401
    assert client.get(f"/door/{token}").status_code == 401


@pytest.mark.parametrize("body", [None, [], {}, {"scans": 1}, {"scans": [{}] * 201}, "text"])
def test_what_is_no_batch_is_refused_whole(client: FlaskClient, token: str, body: Any) -> None:
    answer = client.post("/api/v1/scans", json=body, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json["error"]["code"]) == (422, "bad_batch")


def test_the_link_leaves_no_token_in_address_or_page(
    client: FlaskClient, mine: Registration, token: str
) -> None:
    answer = client.get(f"/door/{token}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/door")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    page = client.get("/door")
    assert token not in page.text
    assert "wasm-unsafe-eval" in page.headers["Content-Security-Policy"]
    assert "camera=(self)" in page.headers["Permissions-Policy"]
    by_cookie = client.post("/api/v1/scans", json={"scans": [scan(door.shown(mine, clock.now()))]})
    assert by_cookie.json["results"][0]["verdict"] == "in"


def test_what_a_phone_keeps_has_no_names(client: FlaskClient, mine: Registration, token: str) -> None:
    answer = client.get("/api/v1/door", headers={"Authorization": f"Bearer {token}"})
    code = registrations.ticket_of(mine.id).code
    ((kept, standing, _starts, _ends, inside),) = answer.json["tickets"]
    assert (kept, standing, inside) == (code, "valid", False)
    assert set(answer.json["keys"]) == {"1"}
    assert "李" not in answer.text
    assert abs(client.get("/api/v1/clock").json["now"] - answer.json["now"]) < 5000


def test_the_office_sets_up_the_door_and_watches_it(
    client: FlaskClient, fair: Event, mine: Registration, sign_in: Callable[..., FlaskClient]
) -> None:
    school = db.session.get(factories.University, fair.university_id)
    hall = door.hall(school)
    browser = sign_in(factories.officer(school))
    page = f"/nanhu/office/events/{fair.public_id}/door"
    assert "先设置入口" in browser.get(page).text
    made_gate = {"name": "南门", "space": hall.public_id, "direction": "in"}
    assert browser.post(f"{page}/gates", data=made_gate).headers["Location"] == page
    assert browser.post(f"{page}/gates", data=made_gate).status_code == 422
    gate = db.session.scalars(sa.select(Gate)).one()
    passes = f"{page}/gates/{gate.public_id}/passes"
    assert browser.post(passes, data={"label": "小林", "hours": "99"}).status_code == 422
    issued = browser.post(passes, data={"label": "小林", "hours": "8"})
    link = issued.text.split('id="pass-link">')[1].split("<")[0]
    assert client.get(link).headers["Location"] == "/door"
    client.post("/api/v1/scans", json={"scans": [scan(door.shown(mine, clock.now())), scan("?")]})
    live = browser.get(f"{page}/live").text
    assert "李**" in live
    assert "2023****0001" in live
    assert "李小雨" not in live
    assert "无此票" in live
    assert "1 / 500" in live
    number = db.session.scalars(sa.select(Scan.client_id).order_by(Scan.id)).first()
    assert browser.post(f"{page}/scans/{number}/undo").status_code == 302
    assert "0 / 500" in browser.get(page).text
    pass_id = db.session.scalars(sa.select(DevicePass.public_id)).one()
    assert browser.post(f"{page}/passes/{pass_id}/revoke").status_code == 302
    assert client.get("/door").status_code == 401


def test_the_door_page_is_for_those_who_run_it(
    client: FlaskClient, fair: Event, mine: Registration, sign_in: Callable[..., FlaskClient]
) -> None:
    school = db.session.get(factories.University, fair.university_id)
    page = f"/nanhu/office/events/{fair.public_id}/door"
    assert client.get(page).headers["Location"].startswith("/sign-in")
    elsewhere = factories.university("beihe")
    stranger = factories.officer(elsewhere, "zhou@beihe.example")
    assert sign_in(stranger).get(page).status_code == 404
    assert sign_in(stranger).get(page.replace("nanhu", "beihe")).status_code == 404
    department = factories.department(school, "BIO", "生命学院")
    coordinator = factories.account("zhao@nanhu.example")
    scope = {"university_id": school.id, "department_id": department.id}
    factories.role(coordinator, RoleKind.DEPT_COORDINATOR, **scope)
    assert sign_in(coordinator).get(page).status_code == 404
    made.changed(fair, department_id=department.id)
    assert sign_in(coordinator).get(page).status_code == 200
    security = factories.account("liu@nanhu.example")
    factories.role(security, RoleKind.CAMPUS_SECURITY, university_id=school.id)
    assert sign_in(security).get(page).status_code == 200
    assert sign_in(security).get(f"{page}/gates").status_code == 403
