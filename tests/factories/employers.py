"""Employers for tests: with a valid code, a contact with an account, papers, and a standing where wanted."""

import random
from datetime import UTC, date, datetime
from typing import Any

from stdnum.cn import uscc

from fairs.accounts.models import Account
from fairs.accounts.rules import RoleKind
from fairs.employers import actions
from fairs.employers.actions.papers import Upload
from fairs.employers.models import Employer, EmployerContact, EmployerStanding
from fairs.employers.papers import CredentialKind, required_papers
from fairs.employers.registration import NewContact, Registration, Unit
from fairs.employers.rules import ContactState, EmployerKind, EmployerSize, Ownership, StandingState
from fairs.institutions.models import University
from tests import factories

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
_random = random.Random(20261121)


def code() -> str:
    """A valid unified social credit code that nobody has."""
    body = "91320100" + "".join(_random.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=9))
    return body + str(uscc.calc_check_digit(body))


def unit(**values: Any) -> Unit:
    """What a private company would fill in."""
    defaults: dict[str, Any] = {
        "uscc": code(),
        "exemption": None,
        "legal_name": "青禾智能科技有限公司",
        "kind": EmployerKind.ENTERPRISE,
        "ownership": Ownership.PRIVATE,
        "size": EmployerSize.MEDIUM,
        "industry": "软件和信息技术服务业",
        "region": "江苏",
    }
    return Unit(**(defaults | values))


def registration(
    *schools: University, mail: str = "wang@qinghe.example", name: str = "王经理", **values: Any
) -> Registration:
    """A whole registration by somebody new."""
    contact = NewContact(name=name, phone="13800001111", mail=mail, password="qinghe-hr-2026")
    return Registration(
        unit=unit(**values), contact=contact, universities=tuple(school.id for school in schools)
    )


def employer(legal_name: str = "青禾智能科技有限公司", **values: Any) -> Employer:
    """An employer without anybody."""
    defaults: dict[str, Any] = {
        "uscc": code(),
        "kind": EmployerKind.ENTERPRISE,
        "ownership": Ownership.PRIVATE,
        "size": EmployerSize.MEDIUM,
        "industry": "软件和信息技术服务业",
        "region": "江苏",
        "created_at": NOW,
    }
    return factories.saved(Employer(legal_name=legal_name, **(defaults | values)))


def contact(
    of: Employer, login: str = "wang@qinghe.example", name: str = "王经理", *, is_owner: bool = True
) -> Account:
    """An active contact with an account, the pledge accepted."""
    account = factories.account(login, name)
    factories.role(account, RoleKind.EMPLOYER_HR, employer_id=of.id)
    factories.saved(
        EmployerContact(
            employer_id=of.id, person_id=account.person_id, state=ContactState.ACTIVE, is_owner=is_owner
        )
    )
    return account


def standing(
    of: Employer, school: University, state: StandingState = StandingState.VERIFIED, **values: Any
) -> EmployerStanding:
    """A standing in any state; verified until the end of next year by default."""
    defaults: dict[str, Any] = {"submitted_at": NOW, "due_at": None}
    if state is StandingState.VERIFIED:
        defaults |= {"decided_at": NOW, "valid_until": date(2027, 12, 31)}
    if state is StandingState.DRAFT:
        defaults["submitted_at"] = None
    if state in {StandingState.SUBMITTED, StandingState.UNDER_REVIEW}:
        defaults["due_at"] = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    return factories.saved(
        EmployerStanding(employer_id=of.id, university_id=school.id, state=state, **(defaults | values))
    )


def verified(school: University, legal_name: str = "青禾智能科技有限公司", **values: Any) -> Employer:
    """An employer that is verified at a university."""
    made = employer(legal_name, **values)
    standing(made, school)
    return made


def papers(of: Employer, kinds: frozenset[CredentialKind] | None = None, *, now: datetime = NOW) -> None:
    """Hand in the given papers, by default all that are required."""
    wanted = required_papers(of.kind, exempt=of.uscc is None) if kinds is None else kinds
    number = of.id
    for kind in sorted(wanted):
        actions.add_credential(number, kind, Upload(PNG, f"{kind.value}.png"), by=None, now=now)
