"""What changes a joint fair together with its tickets and booths: leaving, quotas, co-signing."""

from datetime import datetime

import sqlalchemy as sa

from fairs.audit import actions as audit
from fairs.database import db, found, lock, transaction
from fairs.exhibitors.actions import lock_fair
from fairs.exhibitors.models import Exhibitor, ExhibitorPosting, ExhibitorSchool
from fairs.joint import queries
from fairs.joint.models import PostingCosign
from fairs.joint.rules import check_cosign, check_withdrawal
from fairs.programmes import partners
from fairs.programmes import queries as programmes
from fairs.programmes.models import EntrySlot, Event, EventSchool, Occurrence
from fairs.programmes.participation import ParticipationState, check_quota
from fairs.registrations import actions as registrations


@transaction
def withdraw_school(
    event_id: int, university_id: int, reason: str, *, version: int, by: int, now: datetime
) -> int:
    """Take a university out of a joint event, by the lead or by itself; how many tickets and waits ended (S17).

    Its students' places are cancelled, told, and go to those who wait; the employers it brought count as the
    lead's from now on and keep what they hold. Raises WithdrawalReasonMissing, LeadStays, WrongParticipation,
    WrongEventState, Conflict if its part changed since it was shown.
    """
    told = check_withdrawal(reason)
    event = lock(Event, event_id)
    was = partners.part_of(event_id, university_id, version).state
    row = partners.end_part(event_id, university_id, told, version=version, by=by, now=now)
    gone = []
    if was is ParticipationState.ACCEPTED:
        gone = registrations.cancel_university(event_id, university_id, told, by=by, now=now)
        _hand_over(event_id, university_id, now)
    for other in {event.university_id, university_id}:
        partners.tell_school("joint/withdrawn", event, row, other, now)
    return len(gone)


def _hand_over(event_id: int, university_id: int, now: datetime) -> None:
    """The employers that a university brought are the lead's now."""
    brought = sa.select(Exhibitor.id).where(Exhibitor.event_id == event_id)
    theirs = sa.delete(ExhibitorSchool).where(
        ExhibitorSchool.exhibitor_id.in_(brought), ExhibitorSchool.university_id == university_id
    )
    db.session.execute(theirs.execution_options(synchronize_session=False))
    signed = sa.select(PostingCosign).where(
        PostingCosign.event_id == event_id,
        PostingCosign.university_id == university_id,
        PostingCosign.ended_at.is_(None),
    )
    for cosign in db.session.scalars(signed):
        cosign.ended_at = now


@transaction
def change_quotas(
    event_id: int,
    university_id: int,
    *,
    booths: int | None,
    tickets: int | None,
    version: int,
    by: int,
    now: datetime,
) -> EventSchool:
    """Give a university other quotas; None is without limit. Places that become free go to those who wait.

    Raises QuotaBelowUse for less than is used, WrongEventState, Conflict if its part changed since it was shown.
    """
    lock(Event, event_id)
    used = queries.use_of(event_id).get(university_id, queries.Use())
    check_quota(tickets, used.registered, "tickets")
    check_quota(booths, used.booths, "booths")
    row = partners.set_quotas(
        event_id, university_id, booths=booths, tickets=tickets, version=version, by=by, now=now
    )
    of_event = sa.select(EntrySlot.id).join(Occurrence).where(Occurrence.event_id == event_id)
    for slot_id in db.session.scalars(of_event.order_by(EntrySlot.id)).all():
        registrations.fill(slot_id, now)
    return row


@transaction
def set_co_signing(event_id: int, wanted: bool, *, by: int, now: datetime) -> None:
    """Let the other universities of a joint fair sign its postings too, or no longer (S17)."""
    fair = lock_fair(event_id)
    fair.co_signing = wanted
    audit.record(
        "set_co_signing", fair.event, by=by, university_id=fair.event.university_id, now=now, wanted=wanted
    )


@transaction
def cosign(event_id: int, university_id: int, revision_id: int, *, by: int, now: datetime) -> PostingCosign:
    """A taking-part university signs a posting brought to the fair; signing twice is once (S17).

    The lead has vetted it: this adds a name and replaces nothing. Raises CosignOff, NotBrought, NotFound.
    """
    fair = lock_fair(event_id)
    programmes.part(event_id, university_id)
    brought = sa.select(ExhibitorPosting.id).join(Exhibitor)
    there = brought.where(
        Exhibitor.event_id == event_id,
        Exhibitor.ended_at.is_(None),
        ExhibitorPosting.posting_revision_id == revision_id,
    )
    check_cosign(co_signing=fair.co_signing, brought=db.session.scalar(there.limit(1)) is not None)
    present = queries.cosign_of(event_id, university_id, revision_id)
    if present is not None:
        return present
    row = PostingCosign(
        event_id=event_id,
        university_id=university_id,
        posting_revision_id=revision_id,
        signed_by=by,
        signed_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("cosign_posting", row, by=by, university_id=university_id, now=now, event=event_id)
    return row


@transaction
def take_back_cosign(event_id: int, university_id: int, revision_id: int, *, by: int, now: datetime) -> None:
    """Take a signature back. Raises NotFound where there is none."""
    lock_fair(event_id)
    row = found(queries.cosign_of(event_id, university_id, revision_id))
    row.ended_at = now
    audit.record("take_back_cosign", row, by=by, university_id=university_id, now=now, event=event_id)
