"""A clause that should go is handed in with its ground and document, whatever the text: page, brochure, stream."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs import clock
from fairs.clock import campus_day
from fairs.database import db
from fairs.livestreams import actions as streams
from fairs.livestreams.rules import Side
from fairs.postings.statutes import Stated
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import StatuteMissing, StatuteUnproved
from tests import factories
from tests.factories import papers, postings
from tests.factories.livestreams import LINK, Stage

SignIn = Callable[..., FlaskClient]
GROUND = "《女职工劳动保护特别规定》附录第一条"
LAWFUL = "做矿山设备的民营企业，总部在南京，欢迎各专业同学来了解。"
UNLAWFUL = f"{LAWFUL}井下岗位限男性。"
KINDS = ("profile", "brochure", "live")


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """Pages are the same on every database."""
    return str(request.param)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """The people of these tests, today."""
    return Stage(clock.now())


class Sending:
    """One of an employer's forms whose words are vetted."""

    def __init__(self, stage: Stage, kind: str, client: FlaskClient) -> None:
        self.stage, self.kind, self.client = stage, kind, client
        home = f"/employer/{stage.employer.public_id}"
        live = f"live/nanhu/{stage.event.public_id}/new"
        self.address = f"{home}/{ {'profile': 'profile', 'brochure': 'brochure', 'live': live}[kind] }"

    def send(self, words: str, ground: str = "", document: bytes | None = None) -> Any:
        """Send the form."""
        typed: dict[str, Any] = {"ground": ground}
        if document is not None:
            typed["document"] = (io.BytesIO(document), "依据.pdf")
        if self.kind == "brochure":
            typed["file"] = (io.BytesIO(papers.docx(words)), "简章.docx")
        elif self.kind == "profile":
            typed["introduction"] = words
        else:
            on = str(campus_day(self.stage.day.starts_at))
            typed |= {"title": "矿山设备岗位", "on": on, "starts": "10:00", "ends": "11:00", "url": LINK}
            typed |= {"platform": "校园直播平台", "description": words}
        return self.client.post(self.address, data=typed)


def _cases() -> list[VettingCase]:
    return list(db.session.scalars(sa.select(VettingCase).order_by(VettingCase.id)))


def _at(page: str, field: str) -> str:
    """What the page says at a field."""
    return page.partition(f'id="{field}-error"')[2].partition("</div>")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_ground_and_document_are_asked_for_and_nothing_is_lost(
    stage: Stage, sign_in: SignIn, kind: str
) -> None:
    form = Sending(stage, kind, sign_in(stage.hr))
    bare = form.send(UNLAWFUL)
    assert bare.status_code == 422
    assert "“限男性”" in _at(bare.text, "ground")
    assert 'class="clause-card clause-card-block"' in bare.text
    assert kind == "brochure" or UNLAWFUL in bare.text
    unproved = form.send(UNLAWFUL, GROUND)
    assert unproved.status_code == 422
    assert "请上传证明材料" in _at(unproved.text, "document")
    assert GROUND in unproved.text
    no_paper = form.send(UNLAWFUL, GROUND, b"not a paper")
    assert no_paper.status_code == 422
    assert "不能接收这个文件" in _at(no_paper.text, "document")
    assert _cases() == []


def test_a_file_that_the_page_did_not_take_is_said_to_be_too_large(stage: Stage, sign_in: SignIn) -> None:
    firm, home = sign_in(stage.hr), f"/employer/{stage.employer.public_id}"
    typed = {"introduction": UNLAWFUL, "ground": GROUND, "too_large": "document"}
    said = _at(firm.post(f"{home}/profile", data=typed).text, "document")
    assert "超过 10 MB，没有上传" in said
    assert "请上传证明材料" not in said
    assert "超过 10 MB" in _at(firm.post(f"{home}/brochure", data={"too_large": "file"}).text, "file")
    strange = firm.post(
        f"{home}/profile", data={"introduction": "短", "too_large": ["ground", "csrf_token", "x"]}
    )
    assert (strange.status_code, "超过 10 MB，没有上传" in strange.text) == (422, False)


def test_what_is_said_of_a_file_stands_at_its_own_place(stage: Stage, sign_in: SignIn) -> None:
    firm, home = sign_in(stage.hr), f"/employer/{stage.employer.public_id}"
    logo = {"introduction": LAWFUL, "logo": (io.BytesIO(b"no picture"), "标志.png")}
    page = firm.post(f"{home}/profile", data=logo)
    assert (page.status_code, "不能接收这个文件" in _at(page.text, "logo")) == (422, True)
    page = firm.post(f"{home}/brochure", data={"file": (io.BytesIO(b"no brochure"), "简章.pdf")})
    assert (page.status_code, "不能接收这个文件" in _at(page.text, "file")) == (422, True)
    assert "刚才选的文件没有提交" not in page.text
    long = firm.post(f"{home}/profile", data={"introduction": LAWFUL, "ground": "依" * 1001})
    assert (long.status_code, bool(_at(long.text, "ground"))) == (422, True)
    assert _cases() == []


@pytest.mark.parametrize("kind", KINDS)
def test_officers_of_the_university_see_ground_and_document_others_do_not(
    stage: Stage, client: FlaskClient, sign_in: SignIn, kind: str
) -> None:
    firm = sign_in(stage.hr)
    assert Sending(stage, kind, firm).send(UNLAWFUL, GROUND, postings.STATUTE.content).status_code == 302
    (case,) = _cases()
    assert (case.ground, case.employer_id) == (GROUND, stage.employer.id)
    office, base = sign_in(stage.officer), "/nanhu/office/vetting"
    queue = office.get(base).text
    page = office.get(queue.partition(f'{case.public_id}"')[0].rpartition('href="')[2] + case.public_id).text
    assert GROUND in page
    assert "看证明材料：依据.pdf" in page
    paper = f"{base}/{case.public_id}/ground"
    assert paper in page
    assert office.get(paper).data == postings.STATUTE.content
    elsewhere = factories.university("beihe")
    stranger = sign_in(factories.officer(elsewhere, "officer@beihe.example"))
    assert stranger.get(paper).status_code in {403, 404}
    assert stranger.get(paper.replace("nanhu", "beihe")).status_code == 404
    for who in (firm, sign_in(stage.student)):
        assert who.get(paper).status_code in {403, 404}
    assert client.get(paper).status_code in {302, 401}


@pytest.mark.parametrize("kind", KINDS)
def test_the_employer_reads_its_own_ground_and_document_again(
    stage: Stage, sign_in: SignIn, kind: str
) -> None:
    firm = sign_in(stage.hr)
    form = Sending(stage, kind, firm)
    assert form.send(UNLAWFUL, GROUND, postings.STATUTE.content).status_code == 302
    (case,) = _cases()
    paper = f"/employer/{stage.employer.public_id}/grounds/{case.public_id}"
    assert firm.get(paper).data == postings.STATUTE.content
    if kind != "live":
        page = firm.get(form.address).text
        assert GROUND in page
        assert paper in page


@pytest.mark.parametrize("kind", KINDS)
def test_who_mends_the_words_is_not_asked(stage: Stage, sign_in: SignIn, kind: str) -> None:
    form = Sending(stage, kind, sign_in(stage.hr))
    assert form.send(UNLAWFUL, GROUND).status_code == 422
    assert (
        form.send(LAWFUL, GROUND).status_code == 302
    )  # what was typed before says nothing about these words
    (case,) = _cases()
    assert (case.ground, case.ground_file_id) == ("", None)


def test_changed_words_of_a_stream_are_asked_about_the_organisers_own_are_not(stage: Stage) -> None:
    row = stage.propose()
    draft = stage.draft(employer_id=stage.employer.id, description=UNLAWFUL)
    sent = {"by": stage.hr.person_id, "now": stage.now}
    for stated, refusal in ((Stated(), StatuteMissing), (Stated(GROUND), StatuteUnproved)):
        with pytest.raises(refusal, match="限男性"):
            streams.change_session(row.id, draft, Side.EMPLOYER, version=row.version, stated=stated, **sent)
        db.session.rollback()
    streams.change_session(row.id, draft, Side.EMPLOYER, version=row.version, stated=postings.STATED, **sent)
    assert stage.case(row).ground == postings.STATED.ground
    by = {"by": stage.by, "now": stage.now}
    again = stage.draft(employer_id=stage.employer.id, description=f"{UNLAWFUL}欢迎。")
    streams.change_session(row.id, again, Side.ORGANISER, version=row.version, **by)
    assert stage.case(row).ground == ""
