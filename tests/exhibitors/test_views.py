"""Asking for a place and naming the staff, as the employer sees it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.accounts.models import Account
from fairs.employers.models import Employer
from fairs.exhibitors import queries
from fairs.exhibitors.rules import ExhibitorState, Needs
from fairs.institutions.models import University
from fairs.programmes.models import Event
from fairs.venues.rules import BoothSize
from tests import factories
from tests.factories import exhibitors as made

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def school(app: Flask) -> University:
    return factories.university()


@pytest.fixture
def event(school: University) -> Event:
    return made.fair(school, now=clock.now())


@pytest.fixture
def employer(school: University) -> Employer:
    return made.employer(verified_at=[school])


@pytest.fixture
def contact(employer: Employer) -> Account:
    return made.contact(employer)


def page(employer: Employer, event: Event, path: str = "") -> str:
    return f"/employer/{employer.public_id}/fairs/nanhu/{event.public_id}{path}"


def test_open_fairs_are_listed_with_what_is_needed_first(
    employer: Employer, contact: Account, event: Event, sign_in: SignIn
) -> None:
    made.fair(factories.university("beihu"), "北湖双选会", now=clock.now())
    listed = sign_in(contact).get(f"/employer/{employer.public_id}/fairs").text
    assert "还没有申请过展位" in listed
    assert page(employer, event, "/apply") in listed
    assert "北湖双选会" in listed
    assert listed.count("资质通过该校审核后可申请") == 1


def test_a_place_without_a_request_leads_to_the_form_that_says_what_is_missing(
    employer: Employer, contact: Account, event: Event, sign_in: SignIn
) -> None:
    browser, form = sign_in(contact), page(employer, event, "/apply")
    assert browser.get(page(employer, event)).location == form
    assert "还没有可以带来的岗位" in browser.get(form).text


def test_the_form_comes_back_filled_and_then_makes_a_request(
    school: University, employer: Employer, contact: Account, event: Event, sign_in: SignIn
) -> None:
    factories.major(factories.department(school))
    posting = made.posting(employer, school, contact, now=clock.now())
    browser, form = sign_in(contact), {"size": "large", "power": "y", "note": "两张桌子", "majors": "080901"}
    refused = browser.post(page(employer, event, "/apply"), data=form)
    assert refused.status_code == 422
    assert "请至少选择一个岗位" in refused.text
    assert "两张桌子" in refused.text
    done = browser.post(page(employer, event, "/apply"), data=form | {"postings": posting.public_id})
    assert done.location == page(employer, event)
    place = queries.place_of(employer.id, event.id)
    assert Needs.read(place.needs) == Needs(size=BoothSize.LARGE, power=True, note="两张桌子")
    assert place.majors == ["080901"]
    assert "我的招聘会" in browser.get(f"/employer/{employer.public_id}/fairs").text


def test_a_request_is_edited_until_it_changed_elsewhere(
    employer: Employer, contact: Account, event: Event, sign_in: SignIn
) -> None:
    place = made.request(event, employer, contact, now=clock.now(), note="靠近入口")
    browser, url = sign_in(contact), page(employer, event, "/apply")
    assert "靠近入口" in browser.get(url).text
    [posting] = queries.offered_postings(employer.id, event.university_id, clock.now())
    form = {"size": "small", "postings": posting.posting.public_id, "version": place.version}
    assert browser.post(url, data=form).status_code == 302
    assert Needs.read(place.needs).size is BoothSize.SMALL
    stale = browser.post(url, data=form)
    assert stale.status_code == 422
    assert "内容刚刚被其他人更新" in stale.text


def test_a_refusal_of_the_rules_stands_in_the_form(
    school: University, contact: Account, sign_in: SignIn
) -> None:
    now = clock.now()
    employer = made.employer("未认证单位")
    stranger = made.contact(employer, "zhou@example.com", "周先生")
    event = made.fair(school, "另一场", now=now)
    posting = made.posting(employer, school, contact, now=now)
    form = {"size": "small", "postings": posting.public_id}
    refused = sign_in(stranger).post(page(employer, event, "/apply"), data=form)
    assert refused.status_code == 422
    assert "尚未通过nanhu大学的资质审核" in refused.text
    assert queries.place_of(employer.id, event.id) is None


def test_staff_are_named_with_codes_up_to_the_limit(
    employer: Employer, contact: Account, event: Event, sign_in: SignIn
) -> None:
    place = made.request(event, employer, contact, now=clock.now())
    browser, url = sign_in(contact), page(employer, event, "/staff")
    wrong = browser.post(url, data={"name": "赵先生", "phone": "不告诉"})
    assert wrong.status_code == 422
    assert "请填写正确的电话号码" in wrong.text
    for name in ("赵先生", "钱女士"):
        assert browser.post(url, data={"name": name, "phone": "13800138000"}).status_code == 302
    full = browser.post(url, data={"name": "孙先生"})
    assert full.status_code == 422
    assert "本场每个展位最多 2 名参会人员" in full.text
    shown = browser.get(url).text
    first = queries.reps(place.id)[0]
    assert first.checkin_code in shown
    assert "138****8000" in shown
    assert "13800138000" not in shown
    browser.post(f"{url}/{first.public_id}/end")
    assert [rep.name for rep in queries.reps(place.id)] == ["钱女士"]


def test_after_the_end_the_place_is_shown_as_it_ended(
    employer: Employer, contact: Account, event: Event, sign_in: SignIn
) -> None:
    from fairs.exhibitors.actions import move_place

    place = made.request(event, employer, contact, now=clock.now())
    move_place(
        place.id, ExhibitorState.REVOKED, by=None, now=clock.now(), action="revoke_place", reason="虚假信息"
    )
    shown = sign_in(contact).get(page(employer, event)).text
    assert "已撤销" in shown
    assert "虚假信息" in shown
