"""Registering, joining, papers, and the decision of a university, with who is told of what."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from fairs.accounts import queries as accounts
from fairs.accounts.actions import choose_language
from fairs.accounts.rules import RoleKind
from fairs.audit.models import AccessLog, Audit
from fairs.database import db
from fairs.employers import actions, queries, rules
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer, EmployerStanding
from fairs.employers.papers import CredentialKind, PaperExpired, PapersMissing
from fairs.employers.registration import (
    AlreadyAsked,
    ColleagueKnown,
    ContactChanged,
    MailTaken,
    NewContact,
    NotOwner,
    OwnerStays,
    SchoolMissing,
)
from fairs.employers.rules import ContactState, StandingState
from fairs.errors import Conflict, NotFound, Refusal
from fairs.files.rules import FileRefused
from fairs.messages.models import Message
from fairs.messages.render import render
from tests import factories
from tests.factories import employers
from tests.races import race

COLLEAGUE = NewContact(
    name="Zhao Xiao", phone="13900002222", mail="zhao@qinghe.example", password="zhao-xiao-2026"
)


def told(kind: str) -> list[int]:
    return list(db.session.scalars(sa.select(Message.person_id).where(Message.kind == kind)))


def ready(state: StandingState = StandingState.SUBMITTED) -> tuple[Any, Any, Any, Any]:
    """A school with an officer, an employer with a contact and all papers, its standing."""
    school = factories.university()
    made = employers.employer()
    contact = employers.contact(made)
    employers.papers(made)
    return school, factories.officer(school), contact, employers.standing(made, school, state)


def test_registering_gives_an_account_a_role_and_a_draft_at_each_school(app: Flask, now: datetime) -> None:
    one, two = factories.university("nanhu"), factories.university("dongshan")
    made = actions.register_employer(employers.registration(one, two), by_person=None, now=now)
    assert [row.state for row in queries.standings(made.employer.id)] == [StandingState.DRAFT] * 2
    owner = queries.contact_of(made.employer.id, made.account.person_id)
    assert owner.is_owner
    assert owner.state is ContactState.ACTIVE
    grants = accounts.grants(made.account.person_id, now.date())
    assert [(grant.kind, grant.employer_id) for grant in grants] == [(RoleKind.EMPLOYER_HR, made.employer.id)]
    assert told("employers/registered") == [made.account.person_id]


def test_registering_needs_a_school_a_free_code_and_a_free_address(app: Flask, now: datetime) -> None:
    school = factories.university()
    draft = employers.registration(school)
    with pytest.raises(SchoolMissing):
        actions.register_employer(replace(draft, universities=()), by_person=None, now=now)
    actions.register_employer(draft, by_person=None, now=now)
    with pytest.raises(rules.AlreadyRegistered, match="青禾智能科技有限公司"):
        actions.register_employer(draft, by_person=None, now=now)
    with pytest.raises(MailTaken):
        actions.register_employer(employers.registration(school), by_person=None, now=now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Employer)) == 1


def test_two_register_the_same_code_at_once(app: Flask, now: datetime) -> None:
    school = factories.university()
    code = employers.code()
    drafts = [employers.registration(school, uscc=code, mail=f"{name}@a.example") for name in "ab"]
    results = race(
        app,
        *(lambda draft=draft: actions.register_employer(draft, by_person=None, now=now) for draft in drafts),
    )
    refused = [result for result in results if isinstance(result, Refusal)]
    assert len(refused) == 1
    assert "注册" in str(refused[0])
    assert refused[0].status == 409
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Employer)) == 1
    assert (
        accounts.account_by_login("a@a.example") is None or accounts.account_by_login("b@a.example") is None
    )


def test_a_colleague_asks_and_the_owner_accepts(app: Flask, now: datetime) -> None:
    made = employers.employer()
    owner = employers.contact(made)
    asked = actions.request_to_join(made.id, by_person=None, contact=COLLEAGUE, now=now)
    person = asked.person_id
    assert told("employers/join_requested") == [owner.person_id]
    assert accounts.grants(person, now.date()) == ()
    with pytest.raises(AlreadyAsked):
        actions.request_to_join(made.id, by_person=person, contact=None, now=now)
    with pytest.raises(NotOwner):
        actions.answer_join(asked.id, True, by=person, now=now)
    actions.answer_join(asked.id, True, by=owner.person_id, now=now)
    assert [grant.employer_id for grant in accounts.grants(person, now.date())] == [made.id]
    assert told("employers/join_accepted") == [person]
    with pytest.raises(ContactChanged):
        actions.answer_join(asked.id, False, by=owner.person_id, now=now)


def test_an_officer_answers_where_the_employer_applied_and_nowhere_else(app: Flask, now: datetime) -> None:
    school, officer, _owner, standing = ready()
    elsewhere = factories.university("dongshan")
    asked = actions.request_to_join(standing.employer_id, by_person=None, contact=COLLEAGUE, now=now)
    with pytest.raises(NotFound):
        actions.answer_join(asked.id, True, by=officer.person_id, now=now, office=elsewhere.id)
    actions.answer_join(asked.id, False, by=officer.person_id, now=now, office=school.id)
    assert asked.state is ContactState.ENDED
    assert told("employers/join_declined") == [asked.person_id]


def test_inviting_handing_over_and_ending(app: Flask, now: datetime) -> None:
    made = employers.employer()
    owner = employers.contact(made)
    boss = owner.person_id
    colleague = replace(COLLEAGUE, password=None)
    invited = actions.invite_contact(made.id, colleague, by=boss, now=now)
    person = invited.person_id
    letter = render(app, db.session.scalars(sa.select(Message.id)).one(), now)
    assert "登录名：zhao@qinghe.example" in letter.body
    assert "/activate/" in letter.body
    assert "/activate/" not in letter.kept
    with pytest.raises(ColleagueKnown):
        actions.invite_contact(made.id, colleague, by=boss, now=now)
    with pytest.raises(OwnerStays):
        actions.end_contact(queries.contact_of(made.id, boss).id, by=boss, now=now)
    actions.hand_over(invited.id, by=boss, now=now)
    assert queries.owners(made.id) == [person]
    actions.end_contact(queries.contact_of(made.id, boss).id, by=person, now=now)
    assert queries.contact_people(made.id) == [person]
    assert accounts.grants(boss, now.date()) == ()


def test_a_role_given_and_ended_on_one_day_is_over_at_once(app: Flask, now: datetime) -> None:
    made = employers.employer()
    boss = employers.contact(made).person_id
    invited = actions.invite_contact(made.id, replace(COLLEAGUE, password=None), by=boss, now=now)
    actions.end_contact(invited.id, by=boss, now=now)
    assert accounts.grants(invited.person_id, now.date()) == ()


def test_handing_in_needs_all_papers_and_sets_the_due_date(app: Flask, now: datetime) -> None:
    school = factories.university()
    made = employers.employer()
    contact = employers.contact(made)
    standing = employers.standing(made, school, StandingState.DRAFT)
    with pytest.raises(PapersMissing, match="营业执照"):
        actions.submit_standing(standing.id, by=contact.person_id, now=now)
    employers.papers(made)
    actions.submit_standing(standing.id, by=contact.person_id, now=now)
    assert standing.state is StandingState.SUBMITTED
    # Saturday noon: three working days end on Wednesday at half past five
    assert standing.due_at == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert told("employers/submitted") == [contact.person_id]
    with pytest.raises(rules.WrongStanding):
        actions.submit_standing(standing.id, by=contact.person_id, now=now)


def test_verifying_ends_the_review_and_lets_the_identity_paper_go(app: Flask, now: datetime) -> None:
    _school, officer, contact, standing = ready()
    decided = actions.decide_standing(
        standing.id,
        StandingState.VERIFIED,
        version=standing.version,
        valid_until=date(2027, 11, 21),
        register_checked=True,
        by=officer.person_id,
        now=now,
    )
    assert queries.is_verified(decided.employer_id, decided.university_id)
    assert (decided.decided_by, decided.due_at) == (officer.person_id, None)
    papers = queries.papers(decided.employer_id)
    assert not queries.is_readable(papers[CredentialKind.CONTACT_ID], now)
    assert queries.is_readable(papers[CredentialKind.BUSINESS_LICENCE], now)
    assert told("employers/verified") == [contact.person_id]
    row = db.session.scalars(sa.select(Audit).where(Audit.action == "standing_verified")).one()
    assert row.detail["register_checked"]
    assert row.university_id == decided.university_id


def test_the_identity_paper_stays_while_another_school_still_has_to_look(app: Flask, now: datetime) -> None:
    _school, officer, _contact, standing = ready()
    employers.standing(standing.employer, factories.university("dongshan"), StandingState.SUBMITTED)
    actions.decide_standing(
        standing.id,
        StandingState.REJECTED,
        version=standing.version,
        reason="登记状态为注销",
        by=officer.person_id,
        now=now,
    )
    paper = queries.papers(standing.employer_id)[CredentialKind.CONTACT_ID]
    assert queries.is_readable(paper, now)


def test_returned_with_a_reason_and_handed_in_again(app: Flask, now: datetime) -> None:
    _school, officer, contact, standing = ready()
    version, by = standing.version, officer.person_id
    with pytest.raises(rules.ReasonMissing):
        actions.decide_standing(standing.id, StandingState.RETURNED, version=version, by=by, now=now)
    actions.decide_standing(
        standing.id, StandingState.RETURNED, reason="名称差一个字", version=version, by=by, now=now
    )
    message = db.session.scalars(sa.select(Message).where(Message.kind == "employers/returned")).one()
    assert message.params["reason"] == "名称差一个字"
    actions.submit_standing(standing.id, by=contact.person_id, now=now)
    assert (standing.state, standing.reason) == (StandingState.SUBMITTED, "")


def test_two_officers_decide_at_once(app: Flask, now: datetime) -> None:
    _school, officer, _contact, standing = ready()
    number, version, by = standing.id, standing.version, officer.person_id

    def decide(to: StandingState) -> Any:
        return lambda: actions.decide_standing(
            number,
            to,
            version=version,
            reason="材料不清晰",
            valid_until=date(2027, 11, 21),
            by=by,
            now=now,
        )

    results = race(app, decide(StandingState.VERIFIED), decide(StandingState.RETURNED))
    refused = [result for result in results if isinstance(result, Conflict)]
    assert len(refused) == 1
    assert refused[0].status == 409
    assert len(told("employers/verified")) + len(told("employers/returned")) == 1


def test_a_decision_on_papers_that_changed_meanwhile_is_refused(app: Flask, now: datetime) -> None:
    _school, officer, contact, standing = ready()
    seen = standing.version
    kind = CredentialKind.BUSINESS_LICENCE
    upload = Upload(employers.PDF, "new.pdf")
    later = now + timedelta(hours=1)
    actions.add_credential(standing.employer_id, kind, upload, by=contact.person_id, now=later)
    with pytest.raises(rules.AlreadyDecided):
        actions.decide_standing(
            standing.id,
            StandingState.VERIFIED,
            version=seen,
            valid_until=date(2027, 11, 21),
            by=officer.person_id,
            now=now,
        )


def test_a_new_name_goes_back_to_review_other_data_does_not(app: Flask, now: datetime) -> None:
    _school, _officer, contact, standing = ready(StandingState.VERIFIED)
    made, by = standing.employer, contact.person_id
    same = employers.unit(uscc=made.uscc, region="上海")
    assert actions.update_employer(made.id, same, by=by, now=now) == []
    assert made.region == "上海"
    again = actions.update_employer(made.id, replace(same, legal_name="青禾科技有限公司"), by=by, now=now)
    assert again == [standing]
    assert standing.state is StandingState.SUBMITTED
    assert standing.due_at is not None
    assert told("employers/reopened") == [by]


def test_a_sanctioned_employer_keeps_name_and_code(app: Flask, now: datetime) -> None:
    _school, _officer, contact, standing = ready(StandingState.BLACKLISTED)
    changed = employers.unit(legal_name="换一个名字有限公司")
    with pytest.raises(rules.IdentityBarred):
        actions.update_employer(standing.employer_id, changed, by=contact.person_id, now=now)
    assert queries.employer(standing.employer_id).legal_name == "青禾智能科技有限公司"


def test_a_code_that_another_employer_has(app: Flask, now: datetime) -> None:
    other, made = employers.employer("云帆电子商务有限公司"), employers.employer()
    with pytest.raises(rules.AlreadyRegistered):
        actions.update_employer(made.id, employers.unit(uscc=other.uscc), by=None, now=now)


def test_papers_are_judged_by_content_and_date(app: Flask, now: datetime) -> None:
    made = employers.employer()
    kind = CredentialKind.BUSINESS_LICENCE
    with pytest.raises(FileRefused):
        actions.add_credential(made.id, kind, Upload(b"MZ\x90\x00" * 64, "licence.pdf"), by=None, now=now)
    with pytest.raises(PaperExpired):
        actions.add_credential(
            made.id,
            kind,
            Upload(employers.PDF, "licence.pdf"),
            valid_until=date(2026, 11, 20),
            by=None,
            now=now,
        )
    assert queries.papers(made.id) == {}


def test_a_replaced_identity_paper_goes_at_once(app: Flask, now: datetime) -> None:
    made = employers.employer()
    upload, kind = Upload(employers.PNG, "id.png"), CredentialKind.CONTACT_ID
    first = actions.add_credential(made.id, kind, upload, by=None, now=now)
    second = actions.add_credential(made.id, kind, upload, by=None, now=now)
    assert first.ended_at == now
    assert not queries.is_readable(first, now)
    assert queries.papers(made.id)[kind].id == second.id


def test_a_look_at_an_identity_paper_is_written_down(app: Flask, now: datetime) -> None:
    _school, officer, _contact, standing = ready()
    papers = queries.papers(standing.employer_id)
    for kind in (CredentialKind.BUSINESS_LICENCE, CredentialKind.CONTACT_ID):
        actions.look_at_paper(papers[kind], by=officer.person_id, now=now)
    looks = db.session.scalars(sa.select(AccessLog)).all()
    assert [(look.actor_id, look.purpose) for look in looks] == [(officer.person_id, "identity_paper")]


def test_asking_a_school_twice(app: Flask, now: datetime) -> None:
    school, made = factories.university(), employers.employer()
    actions.apply_to(made.id, school.id, by=None, now=now)
    with pytest.raises(rules.AlreadyApplied):
        actions.apply_to(made.id, school.id, by=None, now=now)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(EmployerStanding)) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_letter_reads_well(app: Flask, now: datetime, language: str) -> None:
    """A whole story, so that each kind is queued at least once with what its template needs."""
    school = factories.university(name="Nanhu University")
    made = actions.register_employer(
        employers.registration(school, legal_name="Qinghe Ltd", name="Wang Li"), by_person=None, now=now
    )
    employer, boss = made.employer, made.account.person_id
    number, standing = employer.id, queries.standings(employer.id)[0].id
    employers.papers(employer)
    officer = factories.officer(school).person_id

    def decide(to: StandingState) -> None:
        actions.submit_standing(standing, by=boss, now=now)
        version = queries.standings(number)[0].version
        until = date(2027, 11, 21)
        actions.decide_standing(
            standing, to, reason="Photo unclear", version=version, valid_until=until, by=officer, now=now
        )

    decide(StandingState.RETURNED)
    decide(StandingState.VERIFIED)
    other = employers.unit(uscc=employer.uscc, legal_name="Qinghe Smart Ltd")
    actions.update_employer(number, other, by=boss, now=now)
    version = queries.standings(number)[0].version
    no, reason = StandingState.REJECTED, "Deregistered"
    actions.decide_standing(standing, no, reason=reason, version=version, by=officer, now=now)
    for person, accepted in ((COLLEAGUE, True), (replace(COLLEAGUE, mail="sun@qinghe.example"), False)):
        asked = actions.request_to_join(number, by_person=None, contact=person, now=now)
        actions.answer_join(asked.id, accepted, by=boss, now=now)
    third = replace(COLLEAGUE, mail="wu@qinghe.example", password=None)
    invited = actions.invite_contact(number, third, by=boss, now=now)
    actions.hand_over(invited.id, by=boss, now=now)
    actions.end_contact(queries.contact_of(number, boss).id, by=invited.person_id, now=now)
    for person_id in set(db.session.scalars(sa.select(Message.person_id))):
        choose_language(person_id, language)
    kinds = set(db.session.scalars(sa.select(Message.kind)))
    assert len(kinds) == 12
    for message in db.session.scalars(sa.select(Message.id)).all():
        letter = render(app, message, now)
        assert "Qinghe" in letter.subject
        assert "http" in letter.body
        assert (re.search(r"[\u4e00-\u9fff]", letter.subject + letter.body) is None) == (language == "en")
