"""What changes live streams: planned or proposed, announced, held, called off; and following one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fairs.audit import actions as audit
from fairs.config import settings
from fairs.database import db, found, lock, new_public_id, transaction
from fairs.employers.models import Employer
from fairs.errors import Conflict
from fairs.livestreams import guests, queries, words
from fairs.livestreams.checks import check_way, check_when
from fairs.livestreams.hosts import check_free, hold_still
from fairs.livestreams.letters import speakers, tell, tell_organisers, ticketed
from fairs.livestreams.models import LiveAttendance, LivePosting, LivePresenter, LiveSession
from fairs.livestreams.rules import (
    AskOrganiser,
    HostNotThere,
    HostPresentsItself,
    HostUnconfirmed,
    LinkToCome,
    LiveDraft,
    LiveState,
    NotRegistered,
    PostingNotBrought,
    Side,
    WordsWaiting,
    check_event,
    check_held,
    check_move,
    check_on_air,
    check_open,
    check_reason,
)
from fairs.postings.statutes import NOTHING, Stated
from fairs.programmes.models import Event
from fairs.registrations import queries as registrations
from fairs.vetting import actions as vetting
from fairs.vetting.models import Decision


@transaction
def plan_session(
    event_id: int, draft: LiveDraft, side: Side, *, by: int, now: datetime, stated: Stated = NOTHING
) -> LiveSession:
    """Add a stream to an event, as a draft; its words are vetted, an employer's wish is told to the organiser.

    Raises EventIsOff, PeriodInvalid, LiveLength, FarFromEvent, LiveLink, LinkUnvetted, HostNotThere,
    PostingNotBrought, HostBusy; of an employer's words StatuteMissing, StatuteUnproved or FileRefused.
    """
    event = lock(Event, event_id)
    _check(event, draft)
    public_id = new_public_id()
    row = LiveSession(
        public_id=public_id,
        event=event,
        uid=f"live-{public_id}@{event.university.slug}.fairs",
        calendar_changed_at=now,
        created_by=by,
        created_at=now,
        **_plain(draft),
    )
    db.session.add(row)
    _settle(row, draft, side, by, now, stated)
    _record("plan_live", row, by, now, side=side.value)
    if side is Side.EMPLOYER:
        tell_organisers("livestreams/proposed", row, now)
    return row


@transaction
def change_session(
    session_id: int,
    draft: LiveDraft,
    side: Side,
    *,
    version: int,
    by: int,
    now: datetime,
    stated: Stated = NOTHING,
) -> LiveSession:
    """Change a stream to come; new words are vetted anew, a new time of an announced one is told to its guests.

    Raises what ``plan_session`` raises, WrongLiveState, AskOrganiser, Conflict.
    """
    row = _still(session_id, side, version)
    _check(row.event, draft)
    before = row.period
    for name, value in _plain(draft).items():
        setattr(row, name, value)
    moved = row.period != before
    _settle(row, draft, side, by, now, stated)
    row.calendar_changed_at, row.sequence = now, row.sequence + 1
    _record("change_live", row, by, now)
    if moved and row.state is LiveState.ANNOUNCED:
        tell("livestreams/changed", row, [*ticketed(row.event_id), *speakers(row)], now)
    return row


@transaction
def appeal_words(session_id: int, ground: str, *, by: int, now: datetime) -> Decision:
    """The host contests that the newest words were returned or rejected (E5).

    Raises NotFound, WrongLiveState, NotAppealable, GroundMissing.
    """
    row = found(db.session.get(LiveSession, session_id))
    lock(Event, row.event_id)
    row = lock(LiveSession, session_id)
    check_open(row.state)
    return vetting.appeal(found(words.standing(row).case).id, ground, by=by, now=now)


@transaction
def announce(session_id: int, *, version: int, by: int, now: datetime) -> LiveSession:
    """Let everybody see the stream; who speaks in it is told.

    Raises WrongLiveState, EventIsOff, HostUnconfirmed, WordsWaiting, Conflict.
    """
    row = _seen(session_id, version)
    check_move(row.state, LiveState.ANNOUNCED)
    check_event(row.event.state)
    if row.employer_id is not None and not queries.takes_part(row.employer_id, row.event_id, firmly=True):
        raise HostUnconfirmed(name=row.host_name)
    if not words.standing(row).passed:
        raise WordsWaiting
    row.state, row.announced_at, row.calendar_changed_at = LiveState.ANNOUNCED, now, now
    _record("announce_live", row, by, now)
    tell("livestreams/announced", row, speakers(row), now)
    return row


@transaction
def cancel(session_id: int, reason: str, side: Side, *, version: int, by: int, now: datetime) -> LiveSession:
    """Call a stream off; who speaks is told, and if it was announced, who booked.

    Raises LiveReasonMissing, WrongLiveState, AskOrganiser, Conflict.
    """
    row = _still(session_id, side, version)
    check_move(row.state, LiveState.CANCELLED)
    was_announced = row.announced_at is not None
    row.state, row.reason, row.ended_at = LiveState.CANCELLED, check_reason(reason), now
    row.calendar_changed_at, row.sequence = now, row.sequence + 1
    words.withdraw(row, by=by, now=now)
    _record("cancel_live", row, by, now, reason=row.reason)
    told = [*speakers(row), *(ticketed(row.event_id) if was_announced else [])]
    tell("livestreams/cancelled", row, set(told) - {by}, now)
    if side is Side.EMPLOYER:
        tell_organisers("livestreams/cancelled", row, now)
    return row


@transaction
def hold(session_id: int, viewers: int | None, *, version: int, by: int, now: datetime) -> LiveSession:
    """Note that a stream was held, and what the platform says of its viewers (None: it says nothing).

    The platform's number may be added later. Raises WrongLiveState, EventIsOff, NotYetBegun, ViewersUnlikely,
    Conflict.
    """
    row = _seen(session_id, version)
    check_held(row.starts_at, viewers, now)
    if row.state is not LiveState.HELD:
        check_move(row.state, LiveState.HELD)
        check_event(row.event.state)
        row.state, row.ended_at = LiveState.HELD, now
    row.viewers_stated = viewers
    _record("hold_live", row, by, now, viewers=viewers)
    return row


@transaction
def enter(session_id: int, person_id: int | None, *, works: bool, now: datetime) -> str:
    """The link of a stream for whoever may follow it; a student counts once, however often they press.

    The one registration for the event opens it; ``works``: the event's staff and the hosts, who are not counted.
    An event without registration is open to everybody. Raises NotRegistered, NotOnAir, LinkToCome.
    """
    row = found(db.session.get(LiveSession, session_id))
    university_id = _as_guest(row.event_id, person_id)
    if not (works or university_id or not registrations.has_slots(row.event_id)):
        raise NotRegistered
    check_on_air(row.state, row.event.state, row.period, now)
    if not row.url:
        raise LinkToCome
    if university_id and not works:
        insert = sqlite_insert if settings().sqlite else postgresql_insert
        seen = {"session_id": row.id, "person_id": person_id, "university_id": university_id, "at": now}
        db.session.execute(insert(LiveAttendance).values(seen).on_conflict_do_nothing())
    return row.url


def _as_guest(event_id: int, person_id: int | None) -> int | None:
    """For which university a person counts: that of the booking, or where nothing is booked, their own."""
    if person_id is None:
        return None
    booked = guests.booked_at(event_id, person_id)
    if booked is None and not registrations.has_slots(event_id):
        student = registrations.student_for(event_id, person_id)
        return student.university_id if student else None
    return booked


def _seen(session_id: int, version: int) -> LiveSession:
    """The stream, locked, if it is as it was shown; its event first, as every action locks them."""
    number = db.session.scalar(sa.select(LiveSession.event_id).where(LiveSession.id == session_id))
    lock(Event, found(number))
    row = lock(LiveSession, session_id)
    if row.version != version:
        raise Conflict
    return row


def _still(session_id: int, side: Side, version: int) -> LiveSession:
    """A stream that may still change, by this side."""
    row = _seen(session_id, version)
    check_open(row.state)
    if side is Side.EMPLOYER and row.state is not LiveState.DRAFT:
        raise AskOrganiser
    return row


def _plain(draft: LiveDraft) -> dict[str, object]:
    return {
        "platform": draft.platform.strip(),
        "url": draft.url.strip(),
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "employer_id": draft.employer_id,
    }


def _check(event: Event, draft: LiveDraft) -> None:
    check_event(event.state)
    check_when(event, (draft.starts_at, draft.ends_at))
    check_way(event, draft.url.strip())
    if draft.employer_id is not None:
        _check_there(event.id, draft.employer_id, "employer")
        brought = {revision.posting_id for revision in queries.brought(event.id, draft.employer_id)}
        if not set(draft.postings) <= brought:
            raise PostingNotBrought
        if draft.presents:
            raise HostPresentsItself
    for number in draft.presents:
        _check_there(event.id, number, "presents")


def _check_there(event_id: int, employer_id: int, field: str) -> None:
    if not queries.takes_part(employer_id, event_id):
        raise HostNotThere(name=found(db.session.get(Employer, employer_id)).legal_name, field=field)


def _settle(row: LiveSession, draft: LiveDraft, side: Side, by: int, now: datetime, stated: Stated) -> None:
    """The host's time, the words and the lists of a stream whose plain values are set."""
    hold_still(row.event, row.employer_id)
    db.session.flush()
    db.session.expire(row, ["employer"])
    check_free(row)
    words.write(row, draft, side, by=by, now=now, stated=stated)
    postings = draft.postings if draft.employer_id is not None else ()
    db.session.execute(sa.delete(LivePresenter).where(LivePresenter.session_id == row.id))
    db.session.execute(sa.delete(LivePosting).where(LivePosting.session_id == row.id))
    db.session.add_all(
        LivePresenter(session_id=row.id, employer_id=one) for one in sorted(set(draft.presents))
    )
    db.session.add_all(LivePosting(session_id=row.id, posting_id=one) for one in sorted(set(postings)))
    db.session.flush()
    db.session.expire(row, ["words", "presenters"])


def _record(action: str, row: LiveSession, by: int, now: datetime, **detail: object) -> None:
    audit.record(action, row, by=by, university_id=row.event.university_id, now=now, **detail)
