"""What changes a university's part in a joint event: invited, answered, withdrawn, given other quotas (S17).

Tickets and booths are above this feature: ``fairs.joint`` carries them along when a university leaves.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from fairs.accounts import queries as accounts
from fairs.accounts.rules import RoleKind
from fairs.audit import actions as audit
from fairs.clock import campus, campus_day
from fairs.database import db, found, lock, locked, transaction
from fairs.errors import Conflict
from fairs.institutions.models import University
from fairs.messages import actions as messages
from fairs.programmes import queries
from fairs.programmes.drafts import PartnerDraft
from fairs.programmes.models import Event, EventSchool
from fairs.programmes.participation import LeadStays, ParticipationState, check_changeable, move

_S = ParticipationState


@transaction
def invite_school(event_id: int, partner: PartnerDraft, *, by: int | None, now: datetime) -> EventSchool:
    """Ask a university to take part with these quotas; one that declined or left may be asked again.

    Its officers are told. Raises LeadStays, WrongParticipation, WrongEventState, NotFound.
    """
    event = lock(Event, event_id)
    check_changeable(event.state)
    found(db.session.get(University, partner.university_id))
    if partner.university_id == event.university_id:
        raise LeadStays
    row = _row(event_id, partner.university_id)
    if row is None:
        row = EventSchool(event_id=event_id, university_id=partner.university_id, state=_S.INVITED)
        db.session.add(row)
    else:
        row.state = move(row.state, _S.INVITED)
        row.answered_by = row.answered_at = None
    row.note, row.booth_quota, row.ticket_quota = "", partner.booth_quota, partner.ticket_quota
    db.session.flush()
    _record("invite_school", row, by, now)
    tell_school("programmes/invited", event, row, partner.university_id, now)
    return row


def invite_all(event: Event, asked: Sequence[PartnerDraft], *, by: int | None, now: datetime) -> None:
    """Invite these universities to a new event, but not its lead (inside an action)."""
    for partner in asked:
        if partner.university_id != event.university_id:
            invite_school(event.id, partner, by=by, now=now)


def _row(event_id: int, university_id: int) -> EventSchool | None:
    chosen = sa.select(EventSchool).where(
        EventSchool.event_id == event_id, EventSchool.university_id == university_id
    )
    fresh = chosen.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(fresh).one_or_none()


@transaction
def answer_invitation(
    event_id: int, university_id: int, *, accept: bool, note: str, version: int, by: int, now: datetime
) -> EventSchool:
    """The invited university says yes or no; the lead's officers are told.

    Raises WrongParticipation, WrongEventState, Conflict if the invitation changed since it was shown.
    """
    event = lock(Event, event_id)
    check_changeable(event.state)
    row = part_of(event_id, university_id, version)
    row.state = move(row.state, _S.ACCEPTED if accept else _S.DECLINED, is_lead=_leads(row, event))
    row.note, row.answered_by, row.answered_at = note.strip()[:300], by, now
    db.session.flush()
    _record("accept_invitation" if accept else "decline_invitation", row, by, now)
    tell_school("programmes/answered", event, row, event.university_id, now)
    return row


@transaction
def end_part(
    event_id: int, university_id: int, reason: str, *, version: int, by: int, now: datetime
) -> EventSchool:
    """Take a university out of an event, by the lead or by itself; the other side is told by the caller.

    Raises LeadStays, WrongParticipation, WrongEventState, Conflict if its part changed since it was shown.
    """
    event = lock(Event, event_id)
    check_changeable(event.state)
    row = part_of(event_id, university_id, version)
    row.state = move(row.state, _S.WITHDRAWN, is_lead=_leads(row, event))
    row.note, row.answered_by, row.answered_at = reason.strip()[:300], by, now
    db.session.flush()
    _record("withdraw_school", row, by, now, reason=row.note)
    return row


@transaction
def set_quotas(
    event_id: int,
    university_id: int,
    *,
    booths: int | None,
    tickets: int | None,
    version: int,
    by: int,
    now: datetime,
) -> EventSchool:
    """Give a university other quotas; None is without limit. The caller has looked at what is used.

    Raises WrongEventState, Conflict if its part changed since it was shown.
    """
    event = lock(Event, event_id)
    check_changeable(event.state)
    row = part_of(event_id, university_id, version)
    row.booth_quota, row.ticket_quota = booths, tickets
    db.session.flush()
    _record("set_school_quotas", row, by, now, booths=booths, tickets=tickets)
    return row


def part_of(event_id: int, university_id: int, version: int) -> EventSchool:
    """A university's part, locked, if it is still the ``version`` that was shown. Raises NotFound, Conflict."""
    row = locked(
        sa.select(EventSchool).where(
            EventSchool.event_id == event_id, EventSchool.university_id == university_id
        )
    )
    if row.version != version:
        raise Conflict
    return row


def _leads(row: EventSchool, event: Event) -> bool:
    return row.university_id == event.university_id


def _record(action: str, row: EventSchool, by: int | None, now: datetime, **detail: Any) -> None:
    """Both universities find it in their trail: it concerns the lead's event and the other's students."""
    event = found(db.session.get(Event, row.event_id))
    audit.record(action, row, by=by, university_id=event.university_id, now=now, event=event.no, **detail)
    if row.university_id != event.university_id:
        audit.record(
            action, row, by=by, university_id=row.university_id, now=now, event=event.fair_no, **detail
        )


def tell_school(kind: str, event: Event, row: EventSchool, university_id: int, now: datetime) -> None:
    """Queue a message about a university's part to the officers of one of the two (inside an action)."""
    people = {
        person.id
        for role in (RoleKind.CAREER_OFFICER, RoleKind.CAREER_DIRECTOR)
        for person in accounts.people_with(role, university_id, campus_day(now))
    }
    school = found(db.session.get(University, row.university_id))
    params = {
        "title": event.title,
        "event": event.public_id,
        "lead": event.university.name,
        "lead_slug": event.university.slug,
        "school_name": school.name,
        "slug": school.slug,
        "days": [
            f"{campus(day.starts_at):%Y-%m-%d %H:%M}–{campus(day.ends_at):%H:%M} {day.where}".strip()
            for day in queries.occurrences(event.id)
        ],
        "booths": row.booth_quota,
        "tickets": row.ticket_quota,
        "state": row.state.value,
        "note": row.note,
    }
    key = f"{kind}:{row.id}:{row.version}"
    messages.queue(
        kind, sorted(people), params, subject=event, university_id=university_id, dedupe=key, now=now
    )
