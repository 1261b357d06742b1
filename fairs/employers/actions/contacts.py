"""The people of an employer: joining, inviting, handing over, ending."""

from datetime import datetime

from fairs.accounts import actions as accounts
from fairs.accounts.models import Account
from fairs.accounts.queries import account_by_login, account_of
from fairs.accounts.rules import Grant, RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus_day
from fairs.database import db, found, lock, transaction
from fairs.employers import queries, reach
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.standings import moment
from fairs.employers.models import Employer, EmployerContact
from fairs.employers.registration import (
    AlreadyAsked,
    ColleagueKnown,
    ContactChanged,
    MailTaken,
    NewContact,
    check_contact_move,
    check_explained,
    check_may_end,
    check_office_turn,
    check_owner,
)
from fairs.employers.rules import ContactState
from fairs.files import actions as files
from fairs.files.rules import FilePurpose
from fairs.messages import actions as messages


def account_for(contact: NewContact | None) -> Account:
    """A new person with an account; inside an action. Raises MailTaken or PasswordTooWeak."""
    new = found(contact)
    if account_by_login(new.mail) is not None:
        raise MailTaken
    person = accounts.create_person(new.name, email=new.mail.lower(), phone=new.phone, login=new.mail)
    account = found(account_of(person.id))
    return accounts.set_password(account.id, new.password) if new.password is not None else account


@transaction
def request_to_join(
    employer_id: int,
    *,
    by_person: int | None,
    contact: NewContact | None,
    letter: Upload | None = None,
    now: datetime,
) -> EmployerContact:
    """Ask to act for an employer that is already registered, as ``by_person`` or as a new person (E1).

    ``letter`` is the letter of authority, by which the office decides if no owner answers. Raises AlreadyAsked,
    MailTaken, PasswordTooWeak or FileRefused.
    """
    employer = lock(Employer, employer_id)
    person_id = by_person or account_for(contact).person_id
    if queries.contact_of(employer_id, person_id) is not None:
        raise AlreadyAsked
    asked = EmployerContact(
        employer_id=employer_id, person_id=person_id, state=ContactState.REQUESTED, requested_at=now
    )
    db.session.add(asked)
    if letter is not None:
        asked.file_id = _letter(letter, person_id, now)
    audit.record("join_requested", employer, by=person_id, university_id=None, now=now, person=person_id)
    _tell(employer, "employers/join_requested", queries.owners(employer_id), now, who=asked.person.name)
    return asked


def _letter(letter: Upload, by: int, now: datetime) -> int:
    kept = files.keep(letter.content, letter.name, FilePurpose.CREDENTIAL, by=by, university_id=None, now=now)
    return kept.id


@transaction
def hand_in_letter(contact_id: int, letter: Upload, *, by: int, now: datetime) -> EmployerContact:
    """Whoever asked to join hands in (another) letter of authority. Raises ContactChanged or FileRefused."""
    asked, employer = _locked(contact_id)
    if asked.state is not ContactState.REQUESTED:
        raise ContactChanged
    asked.file_id = _letter(letter, by, now)
    audit.record("letter_handed_in", employer, by=by, university_id=None, now=now, person=asked.person_id)
    return asked


@transaction
def answer_join(
    contact_id: int, accept: bool, *, by: int, now: datetime, office: int | None = None
) -> EmployerContact:
    """Accept or decline a request to join, as the owner or for the university ``office``.

    The office accepts only after the owner's working days have passed or where the owner cannot be reached, and
    with the letter of authority. Raises ContactChanged if it was answered already, NotOwner, OwnerFirst,
    LetterMissing, or NotFound at a university that the employer never asked.
    """
    asked, employer = _locked(contact_id)
    _check_manages(employer.id, by, office)
    if asked.state is not ContactState.REQUESTED:
        raise ContactChanged
    check_contact_move(asked.state, ContactState.ACTIVE if accept else ContactState.ENDED)
    if accept and office is not None:
        until = reach.owner_until(asked, office)
        spoken = moment(until)
        check_office_turn(until=until, now=now, spoken=spoken, has_letter=asked.file_id is not None)
    if accept:
        _activate(asked, by, now)
    else:
        asked.state, asked.ended_at = ContactState.ENDED, now
    if accept and not reach.owner_ids(employer.id):
        asked.is_owner = True
    verb = "join_accepted" if accept else "join_declined"
    audit.record(verb, employer, by=by, university_id=office, now=now, person=asked.person_id)
    kind = "employers/join_accepted" if accept else "employers/join_declined"
    _tell(employer, kind, [asked.person_id], now)
    return asked


@transaction
def invite_contact(employer_id: int, colleague: NewContact, *, by: int, now: datetime) -> EmployerContact:
    """Give a colleague an account for the employer; a link lets them set the password.

    Raises NotOwner, or ColleagueKnown for the address of an account: nobody is entered without asking.
    """
    employer = lock(Employer, employer_id)
    _check_manages(employer_id, by, None)
    if account_by_login(colleague.mail) is not None:
        raise ColleagueKnown
    account = account_for(colleague)
    invited = EmployerContact(employer_id=employer_id, person_id=account.person_id, state=ContactState.ACTIVE)
    db.session.add(invited)
    _activate(invited, by, now)
    audit.record("contact_invited", employer, by=by, university_id=None, now=now, person=account.person_id)
    _tell(employer, "employers/invited", [account.person_id], now, login=account.login)
    return invited


@transaction
def end_contact(contact_id: int, *, by: int, now: datetime, office: int | None = None) -> None:
    """End somebody's acting for the employer: oneself, or by the owner or the university ``office``.

    Raises OwnerStays, ContactChanged, NotOwner or NotFound.
    """
    contact, employer = _locked(contact_id)
    if contact.person_id != by:
        _check_manages(employer.id, by, office)
    check_contact_move(contact.state, ContactState.ENDED)
    check_may_end(contact.is_owner)
    contact.state, contact.ended_at = ContactState.ENDED, now
    today = campus_day(now)
    accounts.end_roles(contact.person_id, RoleKind.EMPLOYER_HR, employer_id=employer.id, today=today)
    audit.record("contact_ended", employer, by=by, university_id=office, now=now, person=contact.person_id)
    _tell(employer, "employers/contact_ended", [contact.person_id], now)


@transaction
def hand_over(
    contact_id: int, *, by: int, now: datetime, office: int | None = None, reason: str = ""
) -> None:
    """Make an active contact the owner in place of the present one; an ``office`` says on what ground (O4).

    Raises ContactChanged, NotOwner, HandOverUnexplained or NotFound.
    """
    contact, employer = _locked(contact_id)
    _check_manages(employer.id, by, office)
    if office is not None:
        check_explained(reason)
    if contact.state is not ContactState.ACTIVE:
        raise ContactChanged
    before = queries.owners(employer.id)
    for row in queries.contacts(employer.id):
        row.is_owner = row.id == contact.id
    detail = {"person": contact.person_id, "reason": reason.strip()}
    audit.record("owner_changed", employer, by=by, university_id=office, now=now, **detail)
    people = list(dict.fromkeys([*before, contact.person_id]))
    _tell(employer, "employers/handed_over", people, now, owner=contact.person.name)


def _activate(contact: EmployerContact, by: int, now: datetime) -> None:
    contact.state = ContactState.ACTIVE
    grant = Grant(kind=RoleKind.EMPLOYER_HR, employer_id=contact.employer_id)
    accounts.grant_role(contact.person_id, grant, by=by, now=now)


def _locked(contact_id: int) -> tuple[EmployerContact, Employer]:
    # the employer is the lock of all its contacts: there is always exactly one owner
    contact = found(db.session.get(EmployerContact, contact_id))
    employer = lock(Employer, contact.employer_id)
    return lock(EmployerContact, contact_id), employer


def _check_manages(employer_id: int, by: int, office: int | None) -> None:
    if office is not None:
        found(queries.standing(employer_id, office))
        return
    own = queries.contact_of(employer_id, by)
    check_owner(own is not None and own.is_owner)


def _tell(employer: Employer, kind: str, people: list[int], now: datetime, **params: str) -> None:
    about = {"employer": employer.legal_name, "employer_id": employer.public_id, "uscc": employer.uscc or ""}
    messages.queue(kind, people, about | params, subject=employer, now=now)
