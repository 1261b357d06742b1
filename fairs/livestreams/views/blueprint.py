"""The blueprint of live streams, and what the pages of events and tickets need of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, g

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.livestreams import guests, queries
from fairs.livestreams.badges import badge_of, public_badge
from fairs.livestreams.models import LiveSession
from fairs.livestreams.queries import Line
from fairs.livestreams.rules import DOORS, OPEN, is_on_air
from fairs.livestreams.shelf import LiveShelf
from fairs.postings import shelves
from fairs.programmes.models import Event
from fairs.programmes.rules import WITH_BOOTHS, EventMode
from fairs.registrations import queries as registrations

bp = Blueprint("livestreams", __name__)
shelves.register(LiveShelf())
STAFF = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
bp.add_app_template_global(badge_of, "live_badge")
bp.add_app_template_global(public_badge, "public_live_badge")


@dataclass(frozen=True)
class Channels:
    """The three ways to take part in an event: on site, online, live; what there is of each."""

    on_site: bool
    online: bool
    postings: int
    live: list[Line]
    now: datetime

    @property
    def several(self) -> bool:
        """Whether there is more than one way to tell apart."""
        return sum([self.on_site, self.online or bool(self.postings), bool(self.live)]) > 1


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/livestreams/_channels.html, _ticket.html and _mine.html need wherever they are included."""
    return {
        "live_channels": live_channels,
        "live_of": lambda event: [one for one in queries.programme(event) if is_coming(one)],
        "may_watch": may_watch,
        "is_live_open": is_live_open,
        "live_doors": DOORS,
    }


def live_channels(event: Event) -> Channels:
    """The three channels of an event as its page shows them."""
    now, here = clock.now(), access.school().id
    return Channels(
        on_site=event.mode is not EventMode.ONLINE,
        online=bool(event.online_url),
        postings=queries.online_postings(event, here, now) if event.kind in WITH_BOOTHS else 0,
        live=queries.programme(event),
        now=now,
    )


def is_coming(line: Line) -> bool:
    """Whether a stream is on or to come."""
    return line.session.state in OPEN and line.session.ends_at > clock.now()


def is_live_open(session: LiveSession) -> bool:
    """Whether one may enter now."""
    on = is_on_air(session.state, session.event.state, session.period, clock.now())
    return on and bool(session.url)


def works_on(session: LiveSession) -> bool:
    """Whether the viewer is of the event's staff or holds the stream: they are shown the link, never counted."""
    who, event = access.viewer(), session.event
    if who is None:
        return False
    if who.has({*OFFICE, RoleKind.CAMPUS_SECURITY}, event.university_id):
        return True
    if event.department_id in who.departments(event.university_id):
        return True
    return session.employer_id in who.employers()


def may_watch(session: LiveSession) -> bool:
    """Whether the viewer may enter when it is time: booked, an event without booking, or part of it."""
    return works_on(session) or _is_guest(session.event_id)


def _is_guest(event_id: int) -> bool:
    """Whether the viewer's booking, or that nothing is booked, opens the event's streams; asked once a request."""
    asked: dict[int, bool] = g.setdefault("live_guest", {})
    if event_id not in asked:
        who = access.viewer()
        booked = who is not None and guests.booked_at(event_id, who.person_id) is not None
        asked[event_id] = booked or not registrations.has_slots(event_id)
    return asked[event_id]
