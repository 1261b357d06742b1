"""Whether an employer's owner can be reached, and until when a request waits for them (E1, O4)."""

from datetime import datetime

import sqlalchemy as sa

from fairs.clock import campus_day
from fairs.database import db
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.institutions import duties
from fairs.institutions import queries as institutions
from fairs.messages.models import Message
from fairs.messages.rules import Channel, MessageState
from fairs.workdays.queries import calendar

_LAST = 3
"""So many of the latest letters to an owner are looked at."""


def owner_ids(employer_id: int) -> list[int]:
    """The person ids of those who own the employer's account."""
    return list(
        db.session.scalars(
            sa.select(EmployerContact.person_id).where(
                EmployerContact.employer_id == employer_id,
                EmployerContact.is_owner,
                EmployerContact.state == ContactState.ACTIVE,
            )
        )
    )


def is_dead(person_id: int) -> bool:
    """Whether letters to this mailbox come back: the newest that was tried could not be delivered."""
    chosen = sa.select(Message.state).where(
        Message.person_id == person_id,
        Message.channel == Channel.MAIL,
        Message.state.in_([MessageState.SENT, MessageState.DEAD]),
    )
    last = list(db.session.scalars(chosen.order_by(Message.id.desc()).limit(_LAST)))
    return bool(last) and last[0] is MessageState.DEAD


def owner_until(asked: EmployerContact, university_id: int) -> datetime | None:
    """Until when the owner answers a request before a university's office may; None: nobody is there to wait for."""
    owners = owner_ids(asked.employer_id)
    if asked.requested_at is None or all(is_dead(number) for number in owners):
        return None
    settings = institutions.university(university_id).settings
    days = duties.whole(settings, "owner_workdays")
    return calendar(university_id, around=campus_day(asked.requested_at)).deadline(asked.requested_at, days)
