"""The yearly re-check, requests to join without an owner, agencies, exceptions, tags, the own page, and letters."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fairs.accounts import limits, rates
from fairs.accounts.actions import choose_language
from fairs.clock import campus_day
from fairs.database import db, transaction
from fairs.employers import actions, listed, queries, records, rules
from fairs.employers.actions.marks import TagDraft
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.principals import Authorisation
from fairs.employers.actions.sanctions import Bar, Occasion
from fairs.employers.marks import IntroducerKind, RegisterResult, TagKind
from fairs.employers.papers import CredentialKind, NotAuthorised, PrincipalIsSelf
from fairs.employers.registration import LetterMissing, NewContact, OwnerFirst
from fairs.employers.rules import ContactState, EmployerKind, StandingState
from fairs.employers.sanctions import SanctionKind, StrikeReason
from fairs.errors import NotFound
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.rules import AgencyForItself, Needs
from fairs.messages.models import Message
from fairs.messages.render import render
from fairs.messages.rules import MessageState
from fairs.postings.models import Posting
from fairs.profiles import actions as profiles
from fairs.profiles import queries as pages
from fairs.profiles.rules import IntroductionShort, NowhereVerified
from fairs.vetting.rules import VerdictKind
from tests import factories
from tests.factories import employers
from tests.factories import exhibitors as fairs

S = StandingState
PAPER = Upload(employers.PDF, "材料.pdf")
ZHAO = NewContact(name="赵晓", phone="13900002222", mail="zhao@qinghe.example", password="zhao-xiao-2026")
WORDS = "做工业传感器的民营企业，总部在南京，欢迎各专业同学加入。"


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """What differs between databases is tested in test_sanctions.py."""
    return str(request.param)


@pytest.fixture
def scene(app: Flask, now: datetime) -> dict[str, Any]:
    """A verified employer with all its papers, its owner, two officers."""
    school = factories.university()
    firm = employers.employer()
    hr = employers.contact(firm)
    employers.papers(firm, now=now)
    standing = employers.standing(firm, school, valid_until=campus_day(now) + timedelta(days=20))
    officers = factories.officer(school), factories.officer(school, "second@nanhu.example")
    ids = {"first": officers[0].person_id, "second": officers[1].person_id, "hr": hr.person_id}
    return ids | {"school": school, "firm": firm, "standing": standing}


def told(kind: str) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Message.kind == kind)) or 0


def test_reminded_once_renewed_in_time_and_good_for_a_year(scene: dict[str, Any], now: datetime) -> None:
    standing = scene["standing"]
    assert actions.recheck(now) == 1
    assert actions.recheck(now) == 0
    assert told("employers/expiring") == 1
    actions.renew_standing(standing.id, by=scene["hr"], now=now)
    assert standing.state is S.VERIFIED
    assert [row.id for row in db.session.scalars(queries.queue(scene["school"].id))] == [standing.id]
    actions.decide_renewal(
        standing.id, S.RETURNED, reason="委托书过期", version=standing.version, by=scene["first"], now=now
    )
    assert (standing.state, standing.renewal_at) == (S.VERIFIED, None)
    actions.renew_standing(standing.id, by=scene["hr"], now=now)
    actions.decide_renewal(
        standing.id,
        S.VERIFIED,
        version=standing.version,
        valid_until=date(2027, 11, 30),
        by=scene["first"],
        now=now,
    )
    assert standing.valid_until == date(2027, 11, 30)
    with pytest.raises(rules.TooEarlyToRenew):
        actions.renew_standing(standing.id, by=scene["hr"], now=now)


def test_what_runs_out_is_closed_and_can_be_handed_in_again(scene: dict[str, Any], now: datetime) -> None:
    standing, later = scene["standing"], now + timedelta(days=21)
    assert actions.recheck(later) == 1
    assert standing.state is S.EXPIRED
    assert told("employers/expired") == 1
    actions.submit_standing(standing.id, by=scene["hr"], now=later)
    assert standing.state is S.SUBMITTED


def test_a_licence_ends_the_verification_that_rests_on_it(scene: dict[str, Any], now: datetime) -> None:
    licence, until = CredentialKind.BUSINESS_LICENCE, campus_day(now) + timedelta(days=2)
    actions.add_credential(scene["firm"].id, licence, PAPER, valid_until=until, by=None, now=now)
    assert records.ends_on(scene["standing"]) == until
    actions.recheck(now + timedelta(days=3))
    assert scene["standing"].state is S.EXPIRED


def test_what_waits_for_an_answer_waits_on_when_the_verification_ends(
    scene: dict[str, Any], now: datetime
) -> None:
    actions.renew_standing(scene["standing"].id, by=scene["hr"], now=now)
    actions.recheck(now + timedelta(days=21))
    assert scene["standing"].state is S.SUBMITTED


def test_the_owner_first_then_the_office_with_the_letter(scene: dict[str, Any], now: datetime) -> None:
    firm, school, officer = scene["firm"], scene["school"], scene["first"]
    asked = actions.request_to_join(firm.id, by_person=None, contact=ZHAO, now=now).id
    office = {"by": officer, "office": school.id}
    with pytest.raises(OwnerFirst):
        actions.answer_join(asked, True, now=now + timedelta(days=2), **office)
    late = now + timedelta(days=9)
    with pytest.raises(LetterMissing):
        actions.answer_join(asked, True, now=late, **office)
    actions.hand_in_letter(asked, PAPER, by=scene["hr"], now=late)
    assert actions.answer_join(asked, True, now=late, **office).state is ContactState.ACTIVE
    assert records.joins_for_office(school.id) == 0


def test_a_dead_mailbox_is_not_waited_for(scene: dict[str, Any], now: datetime) -> None:
    actions.recheck(now)

    @transaction
    def bounce() -> None:
        db.session.execute(sa.update(Message).values(state=MessageState.DEAD))

    bounce()
    asked = actions.request_to_join(scene["firm"].id, by_person=None, contact=ZHAO, letter=PAPER, now=now)
    actions.answer_join(asked.id, True, by=scene["first"], office=scene["school"].id, now=now)
    number = queries.contact_of(scene["firm"].id, asked.person_id).id
    actions.hand_over(number, by=scene["first"], office=scene["school"].id, reason="已核对委托书", now=now)
    assert queries.owners(scene["firm"].id) == [asked.person_id]


def test_an_agency_acts_for_named_principals_only(app: Flask, now: datetime) -> None:
    school = factories.university()
    agency = employers.verified(school, "众才人力资源有限公司", kind=EmployerKind.HR_AGENCY)
    hr = employers.contact(agency)
    event = fairs.fair(school)
    own = fairs.posting(agency, school, hr)
    with pytest.raises(AgencyForItself):
        exhibitors.request_place(event.id, agency.id, Needs(), [], [own.id], hr.person_id, now)
    until = campus_day(now) + timedelta(days=30)
    itself = Authorisation(agency.uscc or "", "众才", PAPER, until)
    with pytest.raises(PrincipalIsSelf):
        actions.authorise(agency.id, itself, by=hr.person_id, now=now)
    given = Authorisation(employers.code(), "青禾智能科技有限公司", PAPER, until)
    principal = actions.authorise(agency.id, given, by=hr.person_id, now=now).principal
    assert principal is not None
    actions.authorise(agency.id, given, by=hr.person_id, now=now)
    assert [one.id for one in records.principals(agency.id, campus_day(now))] == [principal.id]
    _for(own.id, principal.id)
    late = now + timedelta(days=31)
    with pytest.raises(NotAuthorised):
        records.check_acts_for(agency.id, principal.id, late)
    exhibitors.request_place(event.id, agency.id, Needs(), [], [own.id], hr.person_id, now)
    actions.end_authorisation(agency.id, principal.public_id, by=hr.person_id, now=now)
    assert records.principals(agency.id, campus_day(now)) == []


@transaction
def _for(posting_id: int, principal_id: int) -> None:
    db.session.get_one(Posting, posting_id).hiring_employer_id = principal_id


def test_a_body_without_a_code_is_verified_by_two(app: Flask, now: datetime) -> None:
    school = factories.university()
    mission = employers.employer("驻华代表处", uscc=None, uscc_exemption="驻华机构")
    employers.papers(mission, now=now)
    first, second = (
        factories.officer(school, f"{name}@nanhu.example").person_id for name in ("first", "second")
    )
    standing = employers.standing(mission, school, S.SUBMITTED)
    until = date(2027, 6, 30)

    def verify(by: int) -> None:
        version = standing.version
        actions.decide_standing(standing.id, S.VERIFIED, version=version, valid_until=until, by=by, now=now)

    with pytest.raises(rules.ExemptionFirst):
        verify(first)
    actions.agree_exemption(standing.id, version=standing.version, by=first, now=now)
    with pytest.raises(rules.ExemptionFirst):
        verify(first)
    verify(second)
    assert standing.state is S.VERIFIED


def test_marks_are_filtered_by_and_counted(scene: dict[str, Any], now: datetime) -> None:
    standing, school, officer = scene["standing"], scene["school"], scene["first"]
    today = campus_day(now)
    draft = TagDraft(TagKind.SPECIALISED_SME, number="ZJTX-1", valid_until=today, evidence=PAPER)
    tag = actions.add_tag(standing.id, draft, by=officer, now=now)
    actions.set_introducer(standing.id, IntroducerKind.ALUMNI, "上海校友会", by=officer, now=now)
    actions.record_register(standing.id, RegisterResult.MATCH, "", by=officer, now=now)

    def found(today: date, **wanted: str) -> int:
        return len(list(db.session.scalars(listed.directory(school.id, wanted, today))))

    assert found(today, tag="specialised_sme", introducer="alumni", region="江苏", expiring="1") == 1
    assert found(today + timedelta(days=1), tag="specialised_sme") == 0
    assert found(today, tag="nonsense") == found(today, region="北京") == 0
    assert [(row.name, row.employers, row.verified) for row in listed.brought(school.id)] == [
        ("上海校友会", 1, 1)
    ]
    assert listed.tag_counts(school.id, today) == {TagKind.SPECIALISED_SME: 1}
    actions.end_tag(tag.id, by=officer, now=now)
    assert listed.tags_of([standing.id]) == {}


def test_the_own_page_is_public_once_approved_and_gone_under_a_sanction(
    scene: dict[str, Any], client: FlaskClient, now: datetime
) -> None:
    firm, school, hr = scene["firm"], scene["school"], scene["hr"]
    address = f"/nanhu/employers/{firm.public_id}"
    with pytest.raises(IntroductionShort):
        profiles.submit_profile(firm.id, "太短", None, by=hr, now=now)
    logo = Upload(employers.PNG, "标志.png")
    profiles.submit_profile(firm.id, WORDS, logo, by=hr, now=now)
    assert WORDS not in client.get(address).text
    case = pages.cases(firm.id)[0]
    yes = VerdictKind.APPROVE
    profiles.decide_case(case.id, yes, "", case.version, scene["first"], now)
    assert WORDS in client.get(address).text
    assert client.get(f"{address}/logo").mimetype == "image/png"
    profiles.submit_profile(firm.id, WORDS + "（改）", None, by=hr, now=now)
    assert "（改）" not in client.get(address).text
    newest = pages.latest(firm.id)
    assert newest is not None
    assert newest.logo_file_id is not None
    standing, why = scene["standing"], Bar(SanctionKind.SUSPENSION, "核实中")
    actions.impose(standing.id, why, version=standing.version, by=scene["first"], now=now)
    assert client.get(address).status_code == 404
    with pytest.raises(NotFound):
        pages.shown_employer(firm.public_id, school.id)
    with pytest.raises(NowhereVerified):
        profiles.submit_profile(firm.id, WORDS, None, by=hr, now=now)


def test_new_accounts_and_codes_are_counted(app: Flask, client: FlaskClient, now: datetime) -> None:
    kind, most = limits.NEW_ACCOUNT, limits.PER_MAILBOX[limits.NEW_ACCOUNT]

    def spend(at: datetime, mailbox: str = "a@b.example", address: str = "203.0.113.9") -> None:
        rates.spend(kind, at, address=address, mailbox=mailbox)

    for _ in range(most):
        spend(now)
    with pytest.raises(limits.TooOften):
        spend(now)
    spend(now, "c@b.example")
    spend(now + limits.WINDOW)
    assert rates.forget_rates(now + 4 * limits.WINDOW) == 3
    for number in range(limits.PER_NETWORK[kind]):
        spend(now, f"{number}@b.example")
    with pytest.raises(limits.TooOften):
        spend(now, "more@b.example", "203.0.113.77")
    spend(now, "more@b.example", "203.0.114.1")


KINDS = {
    "employers/blacklisted",
    "employers/expired",
    "employers/expiring",
    "employers/lifted",
    "employers/relief_asked",
    "employers/relief_refused",
    "employers/renewal_returned",
    "employers/strike",
    "employers/strike_voided",
    "employers/suspended",
    "profiles/returned",
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_letter_about_an_account_reads_well(
    app: Flask, scene: dict[str, Any], now: datetime, language: str
) -> None:
    standing, first, second, hr = (scene[key] for key in ("standing", "first", "second", "hr"))
    choose_language(hr, language)
    school, firm = scene["school"], scene["firm"]
    actions.recheck(now)
    actions.renew_standing(standing.id, by=hr, now=now)
    no = {"reason": "请更新委托书", "version": standing.version}
    actions.decide_renewal(standing.id, S.RETURNED, by=first, now=now, **no)
    occasion = Occasion("test", 1, "冬季双选会")
    strike = actions.strike(firm.id, school.id, StrikeReason.LATE, occasion, by=None, now=now)
    assert strike is not None
    actions.lift(strike.id, "列车停运", by=first, now=now)
    until = campus_day(now) + timedelta(days=9)
    for kind, granted in ((SanctionKind.SUSPENSION, False), (SanctionKind.BLACKLIST, True)):
        bar = Bar(kind, "核实中", until, PAPER)
        sanction = actions.impose(standing.id, bar, version=standing.version, by=first, now=now)
        asked = actions.ask_relief(sanction.id, "说明", None, by=hr, now=now)
        actions.answer_relief(asked.id, granted, "复核意见", by=second, now=now)
    profiles.submit_profile(firm.id, WORDS, None, by=hr, now=now)
    actions.recheck(now + timedelta(days=21))
    case = pages.cases(firm.id)[-1]
    profiles.decide_case(case.id, VerdictKind.RETURN, "请补充", case.version, second, now)
    kinds = set(db.session.scalars(sa.select(Message.kind)))
    assert kinds >= KINDS
    for message in db.session.scalars(sa.select(Message.id)).all():
        letter = render(app, message, now)
        assert firm.legal_name in letter.subject
        assert "http" in letter.body
