"""What a reminder says, read at the moment it leaves: whoever is not expected any more gets none."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.allocation.models import BoothAssignment
from fairs.calendars.entries import event_url
from fairs.clock import campus_day
from fairs.config import settings
from fairs.database import db
from fairs.docking import queries as docking
from fairs.docking.models import TableMeeting
from fairs.docking.rules import MeetingState
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.exhibitors.models import Exhibitor
from fairs.guidance import booths
from fairs.guidance.rules import Reason
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.messages.registry import Fresh, Look, Withdrawn, fresh
from fairs.programmes.duties import duty_words
from fairs.programmes.models import Fair, Occurrence, StaffShift
from fairs.registrations.models import Registration
from fairs.reminders.rules import EXPECTED_BOOTH, EXPECTED_TICKET, ReminderKind, stands
from fairs.venues.models import PlanBooth

MOST_TIPS = 5


@fresh("reminders/ticket")
def ticket(message: Message, now: datetime) -> Fresh:
    """To a student with a ticket. Raises Withdrawn."""
    registration = db.session.get_one(Registration, message.subject_id)
    if registration.state is not EXPECTED_TICKET:
        raise Withdrawn("预约已取消或已经入场。")
    slot = registration.entry_slot
    starts_at = slot.starts_at if slot else registration.occurrence.starts_at
    params = _day(registration.occurrence, starts_at, message, now)
    school = db.session.get_one(University, registration.university_id)
    params["entry_until"] = slot.ends_at if slot else None
    params["tips"] = _tips(message.person_id, registration)
    params["ticket_url"] = f"{settings().public_url}/{school.slug}/tickets/{registration.public_id}"
    return Fresh(params)


def _tips(person_id: int, registration: Registration) -> list[tuple[str, str | None, tuple[Reason, ...]]]:
    """(employer, booth, why) of the stands to see first, by what the student studies, wants and keeps (T4)."""
    here = registration.occurrence.event_id
    found = booths.tips_for(person_id, registration.university_id, here, MOST_TIPS)
    numbers = _booth_numbers([tip.stand.exhibitor_id for tip in found])
    return [(tip.stand.name, numbers.get(tip.stand.exhibitor_id), tip.reasons[:2]) for tip in found]


@fresh("reminders/booth")
def booth(message: Message, now: datetime) -> Fresh:
    """To a contact of an exhibitor that confirmed. Raises Withdrawn."""
    exhibitor = db.session.get_one(Exhibitor, message.subject_id)
    if exhibitor.state is not EXPECTED_BOOTH:
        raise Withdrawn("参会申请已取消、变更或已经报到。")
    if not _is_contact(exhibitor, message.person_id):
        raise Withdrawn("收件人不再是该单位的联系人。")
    occurrence = _day_of(exhibitor.event_id, message)
    event = occurrence.event
    fair = db.session.get(Fair, event.id)
    params = _day(occurrence, occurrence.starts_at, message, now)
    params["employer"] = exhibitor.employer.legal_name
    params["booth"] = _booth_numbers([exhibitor.id]).get(exhibitor.id)
    params["report_until"] = fair.hold_until if fair else None
    params["fair_url"] = (
        f"{settings().public_url}/employer/{exhibitor.employer.public_id}"
        f"/fairs/{event.university.slug}/{event.public_id}"
    )
    return Fresh(params)


@fresh("reminders/shift")
def shift(message: Message, now: datetime) -> Fresh:
    """To somebody on duty. Raises Withdrawn."""
    row = db.session.get_one(StaffShift, message.subject_id)
    if row.person_id != message.person_id:
        raise Withdrawn("值班已改由他人担任。")
    if row.ended_at is not None:
        raise Withdrawn("值班已取消。")
    occurrence = db.session.get_one(Occurrence, row.occurrence_id)
    params = _day(occurrence, row.starts_at, message, now)
    return Fresh(params | {"duty": duty_words(row.duty), "duty_until": row.ends_at})


@fresh("reminders/meeting")
def meeting(message: Message, now: datetime) -> Fresh:
    """To both sides of a meeting at a table (S94). Raises Withdrawn."""
    row = db.session.get_one(TableMeeting, message.subject_id)
    if row.state is not MeetingState.AGREED:
        raise Withdrawn("对接已取消或已经进行。")
    time = docking.time_of(row)
    params = _day(row.occurrence, time.starts_at, message, now)
    return Fresh(
        params
        | {
            "employer": row.employer.legal_name,
            "department": row.department.name,
            "meeting_until": time.ends_at,
            "table": row.table_no,
            "topic": row.topic,
        }
    )


def _day(occurrence: Occurrence, starts_at: datetime, message: Message, now: datetime) -> dict[str, Any]:
    """What every reminder says of the day. Raises Withdrawn."""
    event = occurrence.event
    if not stands(event.state, occurrence.state):
        raise Withdrawn("活动已取消、延期或结束。")
    if campus_day(occurrence.starts_at) != message.anchor_on:
        raise Withdrawn("活动已改期，届时会按新的日期提醒。")
    if now >= starts_at:
        raise Withdrawn("活动已经开始。")
    return {
        "event": event,
        "occurrence": occurrence,
        "starts_at": starts_at,
        "days_left": (campus_day(starts_at) - campus_day(now)).days,
        "event_url": event_url(event, event.university),
    }


def _day_of(event_id: int, message: Message) -> Occurrence:
    """The day of an event that a reminder is about. Raises Withdrawn if it moved away."""
    days = db.session.scalars(sa.select(Occurrence).where(Occurrence.event_id == event_id))
    for day in days:
        if campus_day(day.starts_at) == message.anchor_on:
            return day
    raise Withdrawn("活动已改期，届时会按新的日期提醒。")


def _is_contact(exhibitor: Exhibitor, person_id: int) -> bool:
    chosen = sa.select(EmployerContact.id).where(
        EmployerContact.employer_id == exhibitor.employer_id,
        EmployerContact.person_id == person_id,
        EmployerContact.state == ContactState.ACTIVE,
    )
    return db.session.scalar(chosen) is not None


def _booth_numbers(exhibitor_ids: Collection[int]) -> dict[int, str]:
    chosen = (
        sa.select(BoothAssignment.exhibitor_id, PlanBooth.number)
        .join(BoothAssignment, BoothAssignment.plan_id == PlanBooth.plan_id)
        .where(
            PlanBooth.booth_key == BoothAssignment.booth_key,
            BoothAssignment.exhibitor_id.in_(exhibitor_ids),
            BoothAssignment.ended_at.is_(None),
        )
    )
    rows = db.session.execute(chosen) if exhibitor_ids else ()
    return dict(row for row in rows)


LOOKS: dict[ReminderKind, Look] = {
    ReminderKind.TICKET: ticket,
    ReminderKind.BOOTH: booth,
    ReminderKind.SHIFT: shift,
    ReminderKind.MEETING: meeting,
}
"""How each kind of reminder looks up what is true."""
