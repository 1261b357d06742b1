"""The streams of an event for those who organise it: list, plan, announce, note as held, call off."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.files.answers import list_answer
from fairs.livestreams import actions, guests, queries
from fairs.livestreams.forms import CancelForm, HeldForm, live_form, shown_version
from fairs.livestreams.queries import Line
from fairs.livestreams.rules import OPEN, LiveState, Side
from fairs.livestreams.sheets import headings, rows
from fairs.livestreams.views.blueprint import STAFF, bp
from fairs.programmes import queries as events
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event
from fairs.programmes.tabs import Tab, add, tabs
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

staff = access.require(*STAFF)
LIVE = "/<school>/office/events/<event>/live"
TAB_LABELS = {"live": "直播"}
add(Tab(TAB_LABELS["live"], "broadcast", "livestreams.sessions", 45, lambda one: one.kind not in INTERNAL))


def _event(event: str) -> Event:
    return events.staff_event(event, access.school().id, access.me())


def _line(event: str, live: str) -> Line:
    return queries.session(live, _event(event).id)


def _me() -> int:
    return access.me().person_id


@bp.get(LIVE)
@staff
def sessions(event: str) -> str:
    """The streams of an event by time, with who went on to them."""
    chosen = _event(event)
    lines = queries.of_event(chosen.id)
    return render_template(
        "livestreams/sessions.html",
        event=chosen,
        tabs=tabs(chosen),
        lines=lines,
        counts=guests.attendances([line.session.id for line in lines]),
        now=clock.now(),
    )


@bp.get(f"{LIVE}.xlsx")
@staff
def sessions_sheet(event: str) -> Any:
    """The same list as a sheet."""
    lines = queries.of_event(_event(event).id)
    counts = guests.attendances([line.session.id for line in lines])
    return list_answer(_("直播"), headings(), rows(lines, counts))


@bp.route(f"{LIVE}/new", methods=["GET", "POST"])
@staff
def new(event: str) -> Any:
    """Plan a stream."""
    chosen = _event(event)
    form, number = live_form(chosen, None), chosen.id

    def plan() -> Any:
        draft = form.draft(_event(event))
        return actions.plan_session(number, draft, Side.ORGANISER, by=_me(), now=clock.now())

    if submitted(form, plan):
        return back_to("livestreams.sessions", _("直播已保存。文字没有问题的可以公布。"), event=event)
    return render_template("livestreams/edit.html", form=form, event=_event(event), line=None), status_of(
        form
    )


@bp.route(f"{LIVE}/<live>", methods=["GET", "POST"])
@staff
def edit(event: str, live: str) -> Any:
    """One stream: change it, announce it, say that it was held."""
    line = _line(event, live)
    form, number = live_form(line.session.event, line.session), line.session.id

    def change() -> Any:
        draft, version = form.draft(_event(event)), shown_version(form)
        return actions.change_session(
            number, draft, Side.ORGANISER, version=version, by=_me(), now=clock.now()
        )

    if submitted(form, change):
        return back_to("livestreams.edit", _("直播已保存。"), event=event, live=live)
    return _page(_line(event, live), form), status_of(form)


def _page(line: Line, form: Any) -> str:
    return render_template(
        "livestreams/edit.html",
        form=form,
        event=line.session.event,
        line=line,
        now=clock.now(),
        is_open=line.session.state in OPEN,
        answer=None,  # officers read their own answer in the case
        count=guests.attendances([line.session.id]).get(line.session.id, 0),
        LiveState=LiveState,
    )


@bp.post(f"{LIVE}/<live>/announce")
@staff
def announce(event: str, live: str) -> Response:
    """Let everybody see a stream."""
    row = _line(event, live).session
    actions.announce(row.id, version=row.version, by=_me(), now=clock.now())
    return back_to("livestreams.sessions", _("直播已公布，主办单位会收到消息。"), event=event)


@bp.route(f"{LIVE}/<live>/cancel", methods=["GET", "POST"])
@staff
def cancel(event: str, live: str) -> Any:
    """Call a stream off, with the reason."""
    line = _line(event, live)
    form = CancelForm(data={"version": line.session.version})
    number = line.session.id
    done = submitted(
        form,
        lambda: actions.cancel(
            number,
            form.reason.data or "",
            Side.ORGANISER,
            version=shown_version(form),
            by=_me(),
            now=clock.now(),
        ),
    )
    if done:
        return back_to("livestreams.sessions", _("直播已取消，相关的人会收到消息。"), event=event)
    page = render_template(
        "livestreams/cancel.html", form=form, line=_line(event, live), back="livestreams.sessions"
    )
    return page, status_of(form)


@bp.route(f"{LIVE}/<live>/held", methods=["GET", "POST"])
@staff
def held(event: str, live: str) -> Any:
    """Note that a stream was held, and what the platform says of its viewers."""
    line = _line(event, live)
    form = HeldForm(data={"viewers": line.session.viewers_stated, "version": line.session.version})
    number = line.session.id
    done = submitted(
        form,
        lambda: actions.hold(
            number, form.viewers.data, version=shown_version(form), by=_me(), now=clock.now()
        ),
    )
    if done:
        return back_to("livestreams.sessions", _("已登记。"), event=event)
    count = guests.attendances([number]).get(number, 0)
    page = render_template("livestreams/held.html", form=form, line=_line(event, live), count=count)
    return page, status_of(form)
