from tests import factories
from tests.factories import employers
from fairs.employers import actions, queries
import pytest


def test_pages(app, client, sign_in, now):
    school = factories.university()
    assert client.get("/register").status_code == 200
    made = actions.register_employer(employers.registration(school), by_person=None, now=now)
    e = queries.employer(made.employer.id)
    account = made.account
    factories.accept_all(account)
    b = sign_in(account)
    for path in ("", "data", "papers", "papers/business_licence", "review", "apply", "contacts"):
        r = b.get(f"/employer/{e.public_id}/{path}")
        assert r.status_code == 200, path
    employers.papers(e)
    st = queries.standings(e.id)[0]
    assert b.get(f"/employer/{e.public_id}/standing/{st.public_id}").status_code == 200
    r = b.post(f"/employer/{e.public_id}/standing/{st.public_id}/submit")
    assert r.status_code in (200, 302)
    officer = factories.officer(school)
    o = sign_in(officer)
    for path in ("queue", "", st.public_id):
        r = o.get(f"/nanhu/office/employers/{path}".rstrip("/"))
        assert r.status_code == 200, path
    assert b.get("/register/mine").status_code == 200
