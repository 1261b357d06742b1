"""Headers, error pages and refusals at the web edge."""

from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts import access
from fairs.errors import Conflict, Invalid
from fairs.web.headers import policy
from fairs.web.language import masked_mail, masked_name, masked_number, masked_phone
from tests import factories


def test_every_answer_bears_the_strict_policy(client: FlaskClient) -> None:
    for path in ("/sign-in", "/nowhere", "/healthz"):
        headers = client.get(path).headers
        assert headers["Content-Security-Policy"] == policy("page")
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_unknown_pages_and_schools_answer_404_with_the_way_out(client: FlaskClient) -> None:
    for path in ("/nowhere/at/all", "/nowhere/sign-in"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "这个页面不存在" in answer.text or "没有找到" in answer.text


def test_a_refusal_is_a_sentence_with_its_status_in_both_forms(app: Flask, client: FlaskClient) -> None:
    failing = app.view_functions["health.ready"]

    @access.public
    def refuse() -> None:
        raise Conflict(
            "该时段已满（%(taken)s/%(capacity)s）。可加入候补，或选择其他时段。", taken=3, capacity=3
        )

    app.view_functions["health.ready"] = refuse
    try:
        page = client.get("/readyz", headers={"Accept": "text/html"})
        data = client.get("/readyz", headers={"Accept": "application/json"})
    finally:
        app.view_functions["health.ready"] = failing
    assert page.status_code == data.status_code == 409
    assert "该时段已满（3/3）" in page.text
    assert data.json["error"]["sentence"].startswith("该时段已满（3/3）")


def test_a_refused_button_leads_back_to_its_page(client: FlaskClient) -> None:
    for origin, leads_back in (
        ("http://localhost/nanhu?x=1", True),
        ("https://elsewhere.example/nanhu?x=1", False),
    ):
        answer = client.post("/nowhere", headers={"Referer": origin})
        assert answer.status_code == 404
        assert ('href="/nanhu?x=1"' in answer.text) == leads_back
    assert "返回刚才的页面" not in client.get("/nowhere", headers={"Referer": "http://localhost/nanhu"}).text


def test_an_unmarked_view_fails_instead_of_opening(app: Flask, client: FlaskClient) -> None:
    view = app.view_functions["health.ready"]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.view_functions["health.ready"] = lambda: "open to all"
    try:
        assert client.get("/readyz").status_code == 500
    finally:
        app.view_functions["health.ready"] = view
        app.config["PROPAGATE_EXCEPTIONS"] = None


def test_masks() -> None:
    assert masked_phone("13812345678") == "138****5678"
    assert masked_name("李晓明") == "李**"
    assert masked_number("202301010142") == "2023****0142"
    assert masked_mail("wang@example.com") == "w***@example.com"
    assert [mask(None) for mask in (masked_phone, masked_name, masked_number, masked_mail)] == [""] * 4


def test_a_school_is_called_by_its_english_name_on_english_pages(app: Flask, client: FlaskClient) -> None:
    factories.university(name_en="Nanhu University")
    shown = client.get("/nanhu/events", headers={"Accept-Language": "en"}).text
    assert ("Nanhu University" in shown, "nanhu大学" in shown) == (True, False)
    assert "nanhu大学" in client.get("/nanhu/events").text


def test_refusal_values_fill_the_sentence() -> None:
    assert str(Invalid("缺少：%(what)s", what="名称")) == "缺少：名称"
