"""What search engines and phones get: search, the page of a posting, an employer's page, the site map."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fairs.postings import actions
from fairs.postings.rules import PostingKind
from tests import factories
from tests.factories import exhibitors as fairs
from tests.factories import postings as made

NOW = fairs.NOW


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the noon of the factories."""
    monkeypatch.setattr("fairs.clock.now", lambda: NOW)


@pytest.fixture
def shown(app: Flask) -> dict[str, str]:
    """Three postings of an employer: title → public id."""
    school = factories.university()
    factories.major(factories.department(school))
    officer, firm = factories.officer(school), made.employer(school)
    hr = made.recruiter(firm)
    wanted = (
        {"title": "机械工程师", "city": "南京", "majors": ("080901",), "apply_how": "简历投到公司邮箱"},
        {
            "title": "测试实习生",
            "city": "苏州",
            "salary_min": 3000,
            "salary_max": 4000,
            "kind": PostingKind.INTERNSHIP,
        },
        {
            "title": "工艺工程师",
            "city": "南京",
            "degree": "master",
            "description": "负责 Titan 产线工艺改进。",
        },
    )
    cases = [made.published(firm, hr, officer, school, now=NOW, **values) for values in wanted]
    from fairs.database import db
    from fairs.postings.models import Posting

    return {case.title: db.session.get_one(Posting, case.subject_id).public_id for case in cases} | {
        "firm": firm.public_id
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("city=苏州", {"测试实习生"}),
        ("kind=internship", {"测试实习生"}),
        ("pay=8000", {"机械工程师", "工艺工程师"}),
        ("degree=bachelor", {"机械工程师", "测试实习生"}),
        ("major=080901", {"机械工程师", "测试实习生", "工艺工程师"}),
        ("major=999999", {"测试实习生", "工艺工程师"}),
        ("q=titan", {"工艺工程师"}),
        ("q=没有", set()),
        ("sort=-pay", {"机械工程师", "测试实习生", "工艺工程师"}),
    ],
)
def test_the_search_narrows(client: FlaskClient, shown: dict[str, str], query: str, titles: set[str]) -> None:
    page = client.get(f"/nanhu/postings?{query}").text
    assert {title for title in shown if title in page} - {"firm"} == titles


def test_a_posting_tells_search_engines_what_it_is(client: FlaskClient, shown: dict[str, str]) -> None:
    public_id = shown["机械工程师"]
    page = client.get(f"/nanhu/postings/{public_id}").text
    address = re.search(r'<link rel="canonical" href="([^"]+)"', page)
    assert address
    assert address[1].endswith(f"/nanhu/postings/{public_id}")
    data = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)
    assert data
    posting = json.loads(data[1])
    assert (posting["@type"], posting["title"], posting["url"]) == ("JobPosting", "机械工程师", address[1])
    assert '<meta property="og:title" content="机械工程师 · 江南精密制造有限公司">' in page
    assert "简历投到公司邮箱" in page
    assert "工艺工程师" in page  # a similar one: the same city and kind
    firm = client.get(f"/nanhu/postings/by/{shown['firm']}").text
    assert all(title in firm for title in ("机械工程师", "测试实习生", "工艺工程师"))


def test_the_site_map_lists_what_is_public(client: FlaskClient, shown: dict[str, str]) -> None:
    assert "/sitemap.xml" in client.get("/robots.txt").text
    assert "Disallow: /*/invitations/" in client.get("/robots.txt").text
    assert client.get("/sitemap.xml").text.count("<loc>") == 2
    assert "/nanhu/postings<" in client.get("/nanhu/sitemap-1.xml").text
    listed = client.get("/nanhu/sitemap-2.xml").text
    assert all(public_id in listed for title, public_id in shown.items() if title != "firm")
    assert "<lastmod>2026-11-21</lastmod>" in listed
    assert {client.get(f"/nanhu/sitemap-{n}.xml").status_code for n in ("0", "3", "x", "１")} == {404}


def test_withdrawn_postings_leave_every_list(client: FlaskClient, shown: dict[str, str]) -> None:
    from fairs.database import db
    from fairs.postings.models import Posting

    one = db.session.query(Posting).filter_by(public_id=shown["机械工程师"]).one()
    actions.withdraw_posting(one.id, "已招满", by=one.created_by, now=NOW)
    assert client.get(f"/nanhu/postings/{one.public_id}").status_code == 410
    pages = ("/nanhu/postings", f"/nanhu/postings/by/{shown['firm']}", "/nanhu/sitemap-2.xml")
    assert not any(one.public_id in client.get(path).text for path in pages)


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """The statements of the search run on both databases in the walks over every address."""
    return str(request.param)
