"""Invitations for tests: a fair that invites, and employers with a mailbox."""

from datetime import datetime, timedelta

from fairs.accounts.models import Account
from fairs.database import db, found
from fairs.employers.models import Employer
from fairs.institutions.models import University
from fairs.invitations import actions, queries
from fairs.invitations.models import Invitation
from fairs.invitations.rules import LetterDraft
from fairs.programmes.models import Event
from tests.factories import exhibitors as made


def letter(now: datetime = made.NOW, **values: object) -> LetterDraft:
    """A letter open for five days."""
    return LetterDraft(**({"expires_at": now + timedelta(days=5)} | values))


def reachable(school: University, number: int = 1, **values: object) -> tuple[Employer, Account]:
    """A verified employer with a contact who has a mailbox."""
    employer = made.employer(f"第{number}电子有限公司", verified_at=[school], **values)
    return employer, made.contact(employer, f"hr{number}@firm.example", f"王{number}")


def invited(
    event: Event, employer: Employer, by: Account, now: datetime = made.NOW, **values: object
) -> Invitation:
    """An invitation that was just sent."""
    sent = actions.invite(event.id, [employer.id], letter(now, **values), by=by.person_id, now=now)
    assert sent.count == 1
    return again(found(queries.live_of(event.id, employer.id)))


def again(one: Invitation) -> Invitation:
    """The row as it is now."""
    db.session.rollback()
    return db.session.get_one(Invitation, one.id)
