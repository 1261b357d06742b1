"""What changes people and their access: sign-in attempts, passwords, roles, acceptances."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher, profiles
from argon2.exceptions import VerificationError

from fairs.accounts import links, queries
from fairs.accounts.models import Acceptance, Account, Person, Role
from fairs.accounts.rules import (
    CURRENT_VERSION,
    DocumentKind,
    Grant,
    LinkExpired,
    RoleKind,
    SignInRefused,
    check_attempt,
    check_password,
    locked_until,
)
from fairs.clock import campus_day
from fairs.config import settings
from fairs.database import db, found, lock, locked, transaction


@cache
def _hasher(testing: bool) -> PasswordHasher:
    """The library's own parameters; the cheapest ones where there is nothing to protect."""
    return PasswordHasher.from_parameters(profiles.CHEAPEST) if testing else PasswordHasher()


@cache
def _nobody(testing: bool) -> str:
    """A hash verified for unknown logins, so that the answer takes as long as for known ones."""
    return _hasher(testing).hash("nobody has this password")


@dataclass(frozen=True)
class SignedIn:
    """An account that has proved its password, in its present session epoch."""

    account_id: int
    session_epoch: int


def sign_in(login: str, password: str, now: datetime) -> SignedIn:
    """Prove a password. Raises AccountLocked or SignInRefused.

    Each attempt is counted before the password is looked at, so that parallel guesses cannot pass together.
    """
    nobody = _nobody(settings().testing)
    account = queries.account_by_login(login)
    if account is None:
        _verify(nobody, password)
        raise SignInRefused
    account_id, stored = account.id, account.password_hash
    _count_attempt(account_id, now)
    if not _verify(stored or nobody, password) or stored is None:
        raise SignInRefused
    return _signed_in(account_id, now)


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher(settings().testing).verify(stored, password)
    except VerificationError:
        return False


@transaction
def _count_attempt(account_id: int, now: datetime) -> None:
    account = lock(Account, account_id)
    check_attempt(account.locked_until, now)
    account.failed_attempts += 1
    account.locked_until = locked_until(account.failed_attempts, now)


@transaction
def _signed_in(account_id: int, now: datetime) -> SignedIn:
    account = lock(Account, account_id)
    account.failed_attempts, account.locked_until, account.signed_in_at = 0, None, now
    return SignedIn(account.id, account.session_epoch)


@transaction
def create_person(
    name: str, *, email: str | None = None, phone: str | None = None, login: str | None = None
) -> Person:
    """A new person, with an account to be activated by link if ``login`` is given."""
    person = Person(name=name, email=email, phone=phone)
    db.session.add(person)
    db.session.flush()
    if login:
        db.session.add(Account(person_id=person.id, login=login.strip().lower()))
        db.session.flush()
    return person


@transaction
def set_password(account_id: int, password: str) -> Account:
    """Set an account's password and end its sessions. Raises PasswordTooWeak."""
    account = lock(Account, account_id)
    check_password(password, account.login)
    account.password_hash = _hasher(settings().testing).hash(password)
    account.session_epoch += 1
    account.failed_attempts, account.locked_until = 0, None
    return account


def activation_token(account: Account) -> str:
    """The token of the link with which this account sets its (next) password."""
    stamp = links.stamp_of(account.session_epoch, account.password_hash)
    return links.write(settings().secret_key, links.Activation(account.id, stamp))


@transaction
def activate(token: str, password: str) -> Account:
    """Set a password through an activation link. Raises LinkExpired or PasswordTooWeak."""
    activation = links.read(settings().secret_key, token)
    account = found(db.session.get(Account, activation.account_id))
    if links.stamp_of(account.session_epoch, account.password_hash) != activation.stamp:
        raise LinkExpired
    return set_password(account.id, password)


@transaction
def grant_role(person_id: int, grant: Grant, *, by: int | None, now: datetime) -> Role:
    """Give a person a role for a scope, from today on; the same role twice is one."""
    today = campus_day(now)
    same = db.session.scalars(_same_role(person_id, grant, today)).first()
    if same is not None:
        return same
    role = Role(
        person_id=person_id,
        kind=grant.kind,
        university_id=grant.university_id,
        department_id=grant.department_id,
        employer_id=grant.employer_id,
        event_id=grant.event_id,
        from_on=today,
        granted_by=by,
    )
    db.session.add(role)
    db.session.flush()
    return role


def _same_role(person_id: int, grant: Grant, today: date) -> sa.Select[Role]:
    return sa.select(Role).where(
        Role.person_id == person_id,
        Role.kind == grant.kind,
        Role.university_id.is_not_distinct_from(grant.university_id),
        Role.department_id.is_not_distinct_from(grant.department_id),
        Role.employer_id.is_not_distinct_from(grant.employer_id),
        Role.event_id.is_not_distinct_from(grant.event_id),
        sa.or_(Role.until_on.is_(None), Role.until_on >= today),
    )


@transaction
def end_roles(person_id: int, kind: RoleKind, *, employer_id: int | None = None, today: date) -> None:
    """End a person's roles of a kind (for one employer) as of yesterday."""
    chosen = sa.select(Role).where(Role.person_id == person_id, Role.kind == kind, Role.until_on.is_(None))
    if employer_id is not None:
        chosen = chosen.where(Role.employer_id == employer_id)
    for role in db.session.scalars(chosen):
        # a role given today ends today at once: it then never was in force
        role.until_on = date.fromordinal(today.toordinal() - 1)
        role.from_on = min(role.from_on, role.until_on)


@transaction
def accept(person_id: int, kind: DocumentKind, *, university_id: int | None, now: datetime) -> None:
    """Record that a person accepts a document in its current version; twice is once."""
    locked(sa.select(Person).where(Person.id == person_id))
    version = CURRENT_VERSION[kind]
    already = sa.select(Acceptance.id).where(
        Acceptance.person_id == person_id,
        Acceptance.document_kind == kind,
        Acceptance.document_version == version,
        Acceptance.university_id.is_not_distinct_from(university_id),
        Acceptance.withdrawn_at.is_(None),
    )
    if db.session.scalar(already) is None:
        db.session.add(
            Acceptance(
                person_id=person_id,
                document_kind=kind,
                document_version=version,
                university_id=university_id,
                at=now,
            )
        )


@transaction
def withdraw_acceptance(person_id: int, kind: DocumentKind, now: datetime) -> int:
    """A person takes back what they accepted of a kind, in every version; how many rows. The rows stay as proof."""
    locked(sa.select(Person).where(Person.id == person_id))
    mine = sa.select(Acceptance).where(
        Acceptance.person_id == person_id,
        Acceptance.document_kind == kind,
        Acceptance.withdrawn_at.is_(None),
    )
    rows = db.session.scalars(mine).all()
    for row in rows:
        row.withdrawn_at = now
    return len(rows)


@transaction
def close_account(person_id: int, name: str) -> None:
    """Nobody signs in as this person again, and nothing of theirs says who they were; ``name`` stands instead."""
    person = locked(sa.select(Person).where(Person.id == person_id))
    person.name, person.email, person.phone = name, None, None
    account = queries.account_of(person_id)
    if account is not None:
        account.login, account.password_hash = f"closed-{person.public_id}", None
        account.session_epoch += 1


@transaction
def choose_language(person_id: int, language: str) -> None:
    """Remember the language in which a person wants messages."""
    lock(Person, person_id).language = "en" if language == "en" else "zh"
