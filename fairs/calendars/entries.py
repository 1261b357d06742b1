"""Rows in the words of a calendar. No entry names a person: feeds are shared, forwarded and leaked.

An entry's SEQUENCE is the sum of the stored ones it depends on (a booking's and its day's): each only rises,
so any change of either raises it, and nobody has to touch a thousand bookings to move a fair.
"""

from datetime import datetime

from flask_babel import gettext as _

from fairs.calendars.feed import Entry, EntryStatus
from fairs.calendars.queries import Appearance, Day
from fairs.calendars.rules import (
    ALARMS,
    appearance_status,
    booking_status,
    day_status,
    stream_status,
    weaker,
)
from fairs.calendars.streams import Stream
from fairs.config import settings
from fairs.institutions.models import University
from fairs.programmes.campaigns import ActivityState
from fairs.programmes.duties import duty_words
from fairs.programmes.models import Event, Occurrence, Programme, StaffShift
from fairs.programmes.rules import EVENT_KIND_LABELS, EventMode
from fairs.programmes.season_models import ExternalActivity
from fairs.registrations.models import Registration
from fairs.web.language import called, hour, in_words, when


def event_url(event: Event, school: University) -> str:
    """The public page of an event at a university; the same from every host, so that the ETag holds."""
    return f"{settings().public_url}/{school.slug}/events/{event.public_id}"


def day_entry(day: Day, school: University, programmes: list[Programme]) -> Entry:
    """A day of an event for everybody, or for its staff."""
    occurrence, event = day.occurrence, day.occurrence.event
    status = day_status(event.state, occurrence.state)
    return Entry(
        uid=occurrence.uid,
        sequence=occurrence.sequence,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        summary=_title(occurrence, day.days, status),
        changed_at=_changed(occurrence),
        # the online address is for whom it concerns: it stands in a booking's own entry
        location=occurrence.where,
        description=_lines(
            _("%(kind)s（第%(no)s号）", kind=_(EVENT_KIND_LABELS[event.kind]), no=event.no),
            *(_programme(programme) for programme in programmes),
            event.introduction[:600],
            *_about(event, school),
        ),
        url=event_url(event, school),
        status=status,
    )


def activity_url(activity: ExternalActivity) -> str:
    """The public page of an activity that others run."""
    return f"{settings().public_url}/{activity.university.slug}/activities/{activity.public_id}"


def activity_entry(activity: ExternalActivity) -> Entry:
    """An activity that others run, with its link and deadline (S10, S18)."""
    cancelled = activity.state is ActivityState.CANCELLED
    deadline = activity.deadline_at
    return Entry(
        uid=activity.uid,
        sequence=activity.sequence,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        summary=activity.title,
        changed_at=activity.calendar_changed_at,
        location=activity.url,
        description=_lines(
            _("主办方：%(name)s", name=activity.organiser) if activity.organiser else "",
            _("面向：%(audience)s", audience=activity.audience) if activity.audience else "",
            _("报名截止：%(at)s", at=when(deadline)) if deadline else "",
            _("线上地址：%(url)s", url=activity.url),
            _("详情：%(url)s", url=activity_url(activity)),
        ),
        url=activity_url(activity),
        status=EntryStatus.CANCELLED if cancelled else EntryStatus.CONFIRMED,
    )


def booking_entry(booking: Registration) -> Entry:
    """A student's booking: the hour of entry, not the whole day."""
    occurrence, slot, event = booking.occurrence, booking.entry_slot, booking.occurrence.event
    status = weaker(booking_status(booking.state), day_status(event.state, occurrence.state))
    starts_at, ends_at = (
        (slot.starts_at, slot.ends_at) if slot else (occurrence.starts_at, occurrence.ends_at)
    )
    waiting = booking_status(booking.state) is EntryStatus.TENTATIVE
    summary = _("【候补】%(title)s", title=event.title) if waiting else _title(occurrence, 1, status)
    return Entry(
        uid=booking.uid,
        sequence=booking.sequence + occurrence.sequence,
        starts_at=starts_at,
        ends_at=ends_at,
        summary=summary,
        changed_at=max(booking.calendar_changed_at, _changed(occurrence)),
        location=_place(occurrence, link=not waiting),
        description=_lines(
            _("入场时段 %(start)s–%(end)s", start=hour(starts_at), end=hour(ends_at)),
            _("活动时间 %(start)s–%(end)s", start=when(occurrence.starts_at), end=hour(occurrence.ends_at)),
            "" if waiting else _("请带上入场码，可在“我的票”中打开。"),
            *_about(event, event.university, link=not waiting),
        ),
        url=event_url(event, event.university),
        status=status,
        alarms=ALARMS,
    )


def appearance_entry(appearance: Appearance) -> Entry:
    """An employer's day at a fair, with its booth."""
    exhibitor, occurrence = appearance.exhibitor, appearance.occurrence
    event = occurrence.event
    own = appearance_status(exhibitor.state)
    firm = own is EntryStatus.CONFIRMED
    status = weaker(own, day_status(event.state, occurrence.state))
    title = _title(occurrence, appearance.days, status)
    booth = _("展位 %(number)s", number=appearance.booth) if appearance.booth else ""
    # one UID belongs to the request; the further days of its fair each have one derived from it
    uid = exhibitor.uid if occurrence.ordinal == 1 else f"{occurrence.ordinal}-{exhibitor.uid}"
    return Entry(
        uid=uid,
        sequence=exhibitor.sequence + occurrence.sequence,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        summary=_("【待确认】%(title)s", title=title) if own is EntryStatus.TENTATIVE else title,
        changed_at=max(exhibitor.calendar_changed_at, _changed(occurrence)),
        location="，".join(filter(None, (_place(occurrence, link=firm), booth))),
        description=_lines(exhibitor.employer.legal_name, booth, *_about(event, event.university, link=firm)),
        url=event_url(event, event.university),
        status=status,
        alarms=ALARMS,
    )


def stream_entry(stream: Stream, *, private: bool = False) -> Entry:
    """A live stream: its page is the way in, so that whoever comes is counted and the link stays guarded.

    A title that lies before the officers again is left out, the hours stay.
    """
    row, line, occurrence = stream.line.session, stream.line, stream.first_day
    event = row.event
    own = EntryStatus.CANCELLED if line.host_left else stream_status(row.state)
    status = weaker(own, day_status(event.state, occurrence.state))
    shown = line.standing.shown
    page = f"{settings().public_url}/{event.university.slug}/live/{row.public_id}"
    return Entry(
        uid=row.uid,
        # whatever changes the stream or its event raises one of these
        sequence=row.sequence + occurrence.sequence,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        summary=_("直播：%(title)s", title=line.title or event.title),
        changed_at=max(
            row.calendar_changed_at, shown.created_at if shown else row.created_at, _changed(occurrence)
        ),
        location=_("线上（%(platform)s）", platform=row.platform),
        description=_lines(
            _("活动：%(title)s", title=event.title),
            _("主办：%(host)s", host=in_words(row.host_name)),
            line.description[:600],
            _("说明：%(reason)s", reason=row.reason) if row.reason else "",
            _("进入直播：%(url)s", url=page),
            *_about(event, event.university),
        ),
        url=page,
        status=status,
        alarms=ALARMS if private else (),
    )


def shift_entry(shift: StaffShift, occurrence: Occurrence) -> Entry:
    """A duty."""
    event = occurrence.event
    status = day_status(event.state, occurrence.state)
    return Entry(
        uid=shift.uid,
        sequence=shift.sequence + occurrence.sequence,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        summary=_("值班：%(duty)s · %(title)s", duty=_(duty_words(shift.duty)), title=event.title),
        changed_at=max(_changed(occurrence), shift.calendar_changed_at or _changed(occurrence)),
        location=_place(occurrence, link=True),
        description=_lines(*_about(event, event.university, link=True)),
        url=event_url(event, event.university),
        status=EntryStatus.CANCELLED if shift.ended_at else status,
        alarms=ALARMS,
    )


def _title(occurrence: Occurrence, days: int, status: EntryStatus) -> str:
    title = occurrence.event.title
    if days > 1:
        title = _("%(title)s（第 %(day)s 天）", title=title, day=occurrence.ordinal)
    return _("【时间待定】%(title)s", title=title) if status is EntryStatus.TENTATIVE else title


def _place(occurrence: Occurrence, *, link: bool = False) -> str:
    """Where it is; the online address only for those whom it concerns (``link``)."""
    if occurrence.where or occurrence.event.mode is EventMode.ONSITE:
        return occurrence.where
    return occurrence.event.online_url if link else _("线上")


def _programme(programme: Programme) -> str:
    return f"{programme.name}：{programme.theme}" if programme.theme else programme.name


def _about(event: Event, school: University, *, link: bool = False) -> tuple[str, ...]:
    """What every entry ends with: why it is off, the online address, the page, the hotline (S126)."""
    hotline = " ".join(filter(None, (school.hotline_phone, school.hotline_mail)))
    return (
        _("说明：%(reason)s", reason=event.state_reason) if event.state_reason else "",
        _("线上地址：%(url)s", url=event.online_url) if event.online_url and link else "",
        _("详情：%(url)s", url=event_url(event, school)),
        _("举报与咨询（%(school)s）：%(hotline)s", school=called(school), hotline=hotline) if hotline else "",
    )


def _lines(*lines: str) -> str:
    return "\n".join(line.strip() for line in lines if line.strip())


def _changed(occurrence: Occurrence) -> datetime:
    """When the day last changed for its readers: publishing counts too."""
    published = occurrence.event.published_at
    return max(occurrence.calendar_changed_at, published) if published else occurrence.calendar_changed_at
