"""Sign-in pages as people use them."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts import actions
from fairs.accounts.rules import RoleKind
from fairs.database import db
from tests import factories

PASSWORD = "correct horse battery"


def test_sign_in_goes_on_to_where_one_wanted(client: FlaskClient) -> None:
    account = factories.account("wang@example.com", "王女士")
    actions.set_password(account.id, PASSWORD)
    answer = client.post("/sign-in?next=/me", data={"login": "wang@example.com", "password": PASSWORD})
    assert answer.headers["Location"] == "/me"
    assert "王女士" in client.get("/me").text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_sign_in_never_leads_to_another_site(client: FlaskClient, target: str) -> None:
    account = factories.account("wang@example.com")
    actions.set_password(account.id, PASSWORD)
    answer = client.post("/sign-in", data={"login": "wang@example.com", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


def test_wrong_password_keeps_the_login_and_says_so_at_the_field(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"login": "wang@example.com", "password": "wrong wrong"})
    assert answer.status_code == 422
    assert 'value="wang@example.com"' in answer.text
    assert "登录名或密码不正确" in answer.text


def test_a_student_signs_in_with_the_bare_number_at_the_schools_address(client: FlaskClient) -> None:
    school = factories.university("nanhu")
    account = factories.account("2023010142@nanhu", "李同学")
    factories.role(account, RoleKind.STUDENT, university_id=school.id)
    actions.set_password(account.id, PASSWORD)
    answer = client.post("/nanhu/sign-in", data={"login": "2023010142", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_translated_sentence_stands_at_its_field(client: FlaskClient) -> None:
    page = client.post("/sign-in", data={"login": "", "password": "x"}).text
    assert "请填写登录名。" in page.split('id="login-error"')[1].split("</div>")[0]


def test_a_bare_number_is_enough_at_the_common_page_while_only_one_school_has_it(client: FlaskClient) -> None:
    for slug in ("nanhu", "dongling"):
        school = factories.university(slug)
        account = factories.account(f"A2023@{slug}".lower(), "李同学")
        factories.role(account, RoleKind.STUDENT, university_id=school.id)
        actions.set_password(account.id, f"{PASSWORD} {slug}")
        data = {"login": " A2023 ", "password": f"{PASSWORD} {slug}"}
        assert client.post("/sign-in", data=data).status_code == (302 if slug == "nanhu" else 422)
        client.post("/sign-out")
    page = client.get("/sign-in").text
    assert "/nanhu/sign-in" in page
    assert "/dongling/sign-in" in page


def test_english_pages(client: FlaskClient) -> None:
    client.get("/language/en")
    page = client.get("/sign-in").text
    assert "Sign in" in page
    assert 'lang="en"' in page


def test_the_notice_comes_before_anything_else(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    school = factories.university()
    account = factories.account("2023010142@nanhu", "李同学")
    factories.role(account, RoleKind.STUDENT, university_id=school.id)
    from fairs.accounts.models import Acceptance
    from fairs.database import transaction

    transaction(lambda: db.session.query(Acceptance).delete())()
    browser = sign_in(account)
    assert browser.get("/").location == "/documents"
    asked = browser.post("/me/calendar", headers={"Referer": "http://localhost/me/calendar"})
    assert asked.location == "/documents?next=/me/calendar", "after a button one comes back to its page"
    stranger = browser.post("/me/calendar", headers={"Referer": "http://elsewhere.example/me"})
    assert stranger.location == "/documents"
    assert "个人信息处理说明" in browser.get("/documents").text
    refused = browser.post("/documents", data={})
    assert "请勾选" in refused.text
    browser.post("/documents", data={"agree": "y"})
    assert browser.get("/documents").status_code == 302


def test_a_form_without_token_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"login": "a", "password": "b"}, plain=True)
    assert answer.status_code == 400
    assert "已过期" in answer.text


def test_sign_out_needs_no_get(client: FlaskClient) -> None:
    account = factories.account("wang@example.com", "王女士")
    actions.set_password(account.id, PASSWORD)
    client.post("/sign-in", data={"login": "wang@example.com", "password": PASSWORD})
    assert client.get(client.get("/sign-out").location or "/sign-out").status_code in {404, 405}
    assert "王女士" in client.get("/me").text


def test_health_is_red_without_hotline(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    factories.university("nanhu", hotline_phone="")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["problems"] == ["no hotline: nanhu"]


def test_footer_shows_the_hotline(client: FlaskClient) -> None:
    factories.university("nanhu")
    page = client.get("/sign-in").text
    assert "025-5550 0100" in page
    assert "jubao@nanhu.example" in page
