"""A reader of English reads universities' English names, in mails and in refusals, where there is one."""

from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale

from fairs.database import db
from fairs.exhibitors.rules import NotAdmissible
from fairs.messages import actions
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.web.refusals import sentence_of
from tests import factories
from tests.factories.registrations import changed

MAILS = Path(__file__).resolve().parents[2] / "templates"


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.parametrize(
    ("language", "schools"), [("zh", "南湖大学、东岭理工大学"), ("en", "Nanhu University, 东岭理工大学")]
)
def test_a_mail_names_universities_in_its_readers_language(
    app: Flask, now: datetime, language: str, schools: str
) -> None:
    school = factories.university(name="南湖大学", name_en="Nanhu University")
    factories.university("dongling", name="东岭理工大学")
    reader = changed(factories.officer(school).person, language=language)
    told = {"employer": "江风科技", "employer_id": 7, "schools": "南湖大学、东岭理工大学"}
    actions.queue("employers/reopened", [reader.id], told, university_id=school.id, now=now)
    db.session.commit()
    number = db.session.scalars(sa.select(Message.id)).one()
    assert schools in render(app, number, now).body


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_refusal_names_the_university_in_its_readers_language(app: Flask) -> None:
    school = factories.university(name="南湖大学", name_en="Nanhu University")
    other = factories.university("dongling", name="东岭理工大学")
    with app.test_request_context(), force_locale("en"):
        assert "Nanhu University" in sentence_of(NotAdmissible(school=school.named))
        assert "东岭理工大学" in sentence_of(NotAdmissible(school=other.named))
    with app.test_request_context(), force_locale("zh_CN"):
        assert "南湖大学" in sentence_of(NotAdmissible(school=school.named))


def test_no_mail_says_the_chinese_name_to_everybody() -> None:
    mails = [mail for mail in MAILS.glob("*/mail/*.txt") if "school.name" in mail.read_text("utf-8")]
    assert mails == []
