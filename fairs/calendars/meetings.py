"""Meetings at the tables of a docking event in both sides' feeds: the firm's contacts, the coordinators (S94)."""

from datetime import datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from fairs.accounts.rules import Grant, RoleKind
from fairs.calendars.entries import event_url
from fairs.calendars.feed import Entry, EntryStatus
from fairs.calendars.rules import ALARMS, CANCELLED_KEPT, MOST, PAST, day_status, weaker
from fairs.config import settings
from fairs.database import db
from fairs.docking.models import DockingPlan, TableMeeting
from fairs.docking.rules import MeetingState, sitting_at
from fairs.employers.models import EmployerContact
from fairs.employers.rules import ContactState
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.queries import WITH_PLACES

_STATUS = {
    MeetingState.ASKED: EntryStatus.TENTATIVE,
    MeetingState.DECLINED: EntryStatus.CANCELLED,
    MeetingState.CANCELLED: EntryStatus.CANCELLED,
}


def entries_of(person_id: int, grants: tuple[Grant, ...], now: datetime) -> list[Entry]:
    """The meetings of the employers for which a person acts, and of the departments that they coordinate."""
    employers = sa.select(EmployerContact.employer_id).where(
        EmployerContact.person_id == person_id, EmployerContact.state == ContactState.ACTIVE
    )
    departments = {g.department_id for g in grants if g.kind is RoleKind.DEPT_COORDINATOR and g.department_id}
    chosen = (
        sa.select(TableMeeting, DockingPlan.minutes)
        .join(DockingPlan, DockingPlan.event_id == TableMeeting.event_id)
        .join(Occurrence, Occurrence.id == TableMeeting.occurrence_id)
        .where(
            sa.or_(TableMeeting.employer_id.in_(employers), TableMeeting.department_id.in_(departments)),
            sa.or_(TableMeeting.ended_at.is_(None), TableMeeting.ended_at > now - CANCELLED_KEPT),
            Occurrence.ends_at > now - PAST,
        )
        .options(
            joinedload(TableMeeting.occurrence).options(
                joinedload(Occurrence.event).joinedload(Event.university), WITH_PLACES
            ),
            joinedload(TableMeeting.employer),
            joinedload(TableMeeting.department),
        )
        .order_by(Occurrence.starts_at, TableMeeting.sitting_no, TableMeeting.id)
        .limit(MOST)
    )
    rows = db.session.execute(chosen)
    return [_entry(row, minutes) for row, minutes in rows]


def _entry(row: TableMeeting, minutes: int) -> Entry:
    day, event = row.occurrence, row.occurrence.event
    time = sitting_at(day.starts_at, minutes, row.sitting_no)
    own = _STATUS.get(row.state, EntryStatus.CONFIRMED)
    title = _(
        "对接：%(employer)s · %(department)s",
        employer=row.employer.legal_name,
        department=row.department.name,
    )
    changes = (row.asked_at, row.answered_at, row.ended_at, day.calendar_changed_at)
    return Entry(
        uid=f"meeting-{row.public_id}@{urlsplit(settings().public_url).hostname or 'localhost'}",
        sequence=row.version + day.sequence,
        starts_at=time.starts_at,
        ends_at=time.ends_at,
        summary=_("【待确认】%(title)s", title=title) if own is EntryStatus.TENTATIVE else title,
        changed_at=max(at for at in changes if at is not None),
        location="，".join(filter(None, (day.where, _("%(number)s 号桌", number=row.table_no)))),
        description="\n".join(filter(None, (event.title, row.topic, event_url(event, event.university)))),
        url=event_url(event, event.university),
        status=weaker(own, day_status(event.state, day.state)),
        alarms=ALARMS,
    )
