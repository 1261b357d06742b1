"""Feeds for calendar applications, and the pages where people find their links."""

from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts import queries as people
from fairs.calendars import actions, entries, own, queries, streams, versions
from fairs.calendars.answers import answer, kept_answer
from fairs.calendars.feed import Entry, Feed
from fairs.calendars.qr import data_url
from fairs.calendars.queries import Choice, Day, Filter
from fairs.calendars.rules import PAST
from fairs.database import found
from fairs.errors import NotFound
from fairs.institutions import queries as institutions
from fairs.programmes import filtering
from fairs.programmes import queries as programmes
from fairs.programmes import season_queries as seasons
from fairs.programmes.models import Event
from fairs.programmes.rules import EVENT_KIND_LABELS, EventKind, TargetDimension
from fairs.web.language import LANGUAGES, called, current
from fairs.web.refusals import back_to

bp = Blueprint("calendars", __name__)


def _language() -> Any:
    """Public feeds speak Chinese unless ``?lang=en``: what a calendar program says it prefers means nothing."""
    return force_locale(LANGUAGES["en" if request.args.get("lang") == "en" else "zh"])


def _entries(days: list[Day]) -> tuple[Entry, ...]:
    known, school = queries.programmes_of(days), access.school()
    return tuple(entries.day_entry(day, school, known.get(day.occurrence.event_id, [])) for day in days)


def _of_event(event: Event) -> tuple[Entry, ...]:
    """The days of an event and its live streams."""
    live = map(entries.stream_entry, streams.event_streams(event))
    return (*_entries(queries.event_days(event)), *live)


@bp.get("/<school>/calendar/events/<event>.ics")
@access.public
def event_feed(event: str) -> Response:
    """One event to subscribe to: an entry for each of its days."""
    row = programmes.public_event(event, access.school().id)
    with _language():
        return answer(Feed(row.title, _of_event(row)))


@bp.get("/<school>/calendar/events/<event>/add.ics")
@access.public
def event_file(event: str) -> Response:
    """One event as a file to be added once; later changes do not reach it."""
    row = programmes.public_event(event, access.school().id)
    with _language():
        return answer(Feed(row.title, _of_event(row)), download=f"{row.title}.ics")


@bp.get("/<school>/calendar/programmes/<programme>.ics")
@access.public
def programme_feed(programme: str) -> Response:
    """A programme's events."""
    row = seasons.public_programme(programme, access.school().id)
    name = f"{row.name} · {row.theme}" if row.theme else row.name
    return _public_feed(name, queries.programme_days(row, access.school().id), row.id)


@bp.get("/<school>/calendar/school.ics")
@access.public
def school_feed() -> Response:
    """The school's events; ``?kind=``, ``?department=``, ``?major=`` and tags choose among them."""
    wanted, school = _filter(), access.school()
    with _language():
        name = _("%(school)s校园招聘", school=called(school))
    return _public_feed(name, queries.public_days(school.id, wanted), others=wanted == Filter())


def _public_feed(
    name: str, choice: Choice, programme_id: int | None = None, *, others: bool = True
) -> Response:
    """A feed that many read: as long as what it tells stays, they get what was built for the first of them."""
    school, now = access.school(), clock.now()

    def feed() -> Feed:
        activities = seasons.public_activities(school.id, now - PAST, programme_id) if others else []
        theirs = tuple(map(entries.activity_entry, activities))
        return Feed(name, _entries(choice.days(now)) + theirs)

    with _language():
        version = (
            *(current(), name, school.slug, called(school), school.hotline_phone, school.hotline_mail),
            versions.of_days(choice, now),
            versions.of_activities(school.id, now, programme_id) if others else None,
        )
        return kept_answer(version, feed)


def _filter() -> Filter:
    kind = request.args.get("kind", "")
    known = next((one for one in EventKind if one == kind), None)
    if kind and known is None:
        raise NotFound
    return Filter(
        kind=known,
        department=request.args.get("department") or None,
        major=request.args.get("major") or None,
        **{one.value: request.args.get(one.value) or None for one in queries.NAMED},
    )


def _tags(university_id: int) -> list[tuple[TargetDimension, str, filtering.Choices]]:
    """The tags to choose a feed by, with what public events carry."""
    rows = [
        (one, label, filtering.tag_choices(one, university_id)) for one, label in filtering.TAG_LABELS.items()
    ]
    return [row for row in rows if row[2]]


@bp.get("/<school>/calendar")
@access.public
def subscribe() -> str:
    """Choose what to subscribe to, and get the link."""
    school, args = access.school(), _filter()
    chosen = {key: value for key, value in vars(args).items() if value}
    url = url_for("calendars.school_feed", _external=True, **chosen)
    return render_template(
        "calendars/subscribe.html",
        url=url,
        qr=data_url(webcal(url)),
        chosen=chosen,
        kinds=[(kind.value, _(label)) for kind, label in EVENT_KIND_LABELS.items()],
        departments=[(row.code, row.name) for row in institutions.departments(school.id)],
        majors=[(row.national_code, row.name) for row in institutions.majors(school.id)],
        tags=[(one.value, _(label), offered) for one, label, offered in _tags(school.id)],
        programmes=queries.current_programmes(school.id, clock.now()),
    )


@bp.app_template_filter()
def webcal(url: str) -> str:
    """The address that makes a phone offer to subscribe."""
    return "webcal://" + url.partition("://")[2]


@bp.get("/calendar/mine/<secret>.ics")
@access.public
def mine_feed(secret: str) -> Response:
    """Whoever knows the secret reads its owner's calendar; no names are in it."""
    owner = people.person(queries.owner_of(secret))
    with force_locale(LANGUAGES.get(owner.language, "zh_CN")):
        return answer(Feed(_("我的校园招聘"), own.entries_of(owner.id, clock.now())))


@bp.get("/me/calendar")
@access.signed_in
def my_links() -> str:
    """Whether I have a private link."""
    return render_template("calendars/mine.html", link=queries.live_link(access.me().person_id), url=None)


@bp.post("/me/calendar")
@access.signed_in
def make_link() -> Response:
    """Make my private link; its secret is shown on this page only."""
    person_id = access.me().person_id
    secret = actions.make_link(person_id, clock.now())
    url = url_for("calendars.mine_feed", secret=secret, _external=True)
    link = found(queries.live_link(person_id))
    page = render_template("calendars/mine.html", link=link, url=url, qr=data_url(webcal(url)))
    return make_response(page, {"Cache-Control": "no-store"})


@bp.post("/me/calendar/revoke")
@access.signed_in
def revoke_link() -> Response:
    """My private link stops working."""
    actions.revoke_link(access.me().person_id, clock.now())
    return back_to("calendars.my_links", _("私人日历链接已停用，用它订阅的日历不会再更新。"))
