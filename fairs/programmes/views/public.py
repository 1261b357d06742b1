"""What everybody may see: the university's week, its events, one event, one programme."""

from datetime import timedelta
from typing import Any

from flask import render_template, request

from fairs import clock
from fairs.accounts import access
from fairs.clock import campus_day
from fairs.programmes import board, days, filtering, queries, season_board, season_queries
from fairs.programmes.forms import spoken
from fairs.programmes.rules import EVENT_KIND_LABELS
from fairs.programmes.states import PUBLIC_STATE_LABELS, public_badge_of
from fairs.programmes.views.blueprint import bp
from fairs.venues import queries as venues

FEW_OTHERS, MOST_OTHERS = 5, 200
"""Activities of others on the week's page: the first few, or all that are asked for."""


def _filters() -> dict[str, Any]:
    here, who = access.school().id, access.viewer()
    return {
        "filters": filtering.shown(here, clock.now(), request.args),
        "my_major": board.my_major(who.person_id, here) if who else "",
        "labels": EVENT_KIND_LABELS,
    }


@bp.get("/<school>/")
@access.public
def school() -> str:
    """This week's events by day, then everything to come."""
    here, now = access.school(), clock.now()
    most = MOST_OTHERS if request.args.get("others") == "all" else FEW_OTHERS
    others = season_queries.public_activities(here.id, now, most=most + 1)
    return render_template(
        "programmes/school.html",
        strip=days.strip(here.id, campus_day(now)),
        listing=board.days_page(here.id, now, request.args),
        activities=others[:most],
        more_others=len(others) > most,
        programmes=queries.programmes(here.id, ending_from=campus_day(now), public=True),
        **_filters(),
    )


@bp.get("/<school>/events")
@access.public
def events() -> str:
    """Every public event, to come or past."""
    page = board.days_page(access.school().id, clock.now(), request.args)
    return render_template("programmes/events.html", listing=page, **_filters())


@bp.get("/<school>/month")
@access.public
def month() -> str:
    """The month board: every day with what is on."""
    here, today = access.school(), campus_day(clock.now())
    asked = filtering.day_of(f"{request.args.get('month', '')}-01") or today.replace(day=1)
    return render_template(
        "programmes/month.html",
        first=asked,
        weeks=days.month(here.id, asked, today),
        before=(asked - timedelta(days=1)).strftime("%Y-%m"),
        after=(asked + timedelta(days=31)).strftime("%Y-%m"),
    )


@bp.get("/<school>/day")
@access.public
def day() -> str:
    """One day (``?on=2026-11-21``, else today) with everything that is on."""
    here, today = access.school(), campus_day(clock.now())
    on = filtering.day_of(request.args.get("on")) or today
    before, after = days.neighbours(on)
    return render_template(
        "programmes/day.html",
        on=on,
        today=today,
        before=before,
        after=after,
        listing=days.day_page(here.id, on),
        labels=EVENT_KIND_LABELS,
    )


@bp.get("/<school>/events/<event>")
@access.public
def event(event: str) -> str:
    """One event: when, where, for whom, its map; parts of other features stand in the marked places."""
    here = access.school()
    chosen = queries.public_event(event, here.id)
    plan = venues.public_plan(chosen.id)
    return render_template(
        "programmes/event.html",
        event=chosen,
        occurrences=queries.occurrences(chosen.id),
        state=public_badge_of(chosen.state),
        sentence=PUBLIC_STATE_LABELS[chosen.state],
        drawing=venues.map_of(plan.id) if plan else None,
        **board.about(chosen, here.id),
        labels=EVENT_KIND_LABELS,
    )


@bp.get("/<school>/programmes/<programme>")
@access.public
def programme(programme: str) -> str:
    """A programme with its public events, week by week."""
    here = access.school()
    chosen = season_queries.public_programme(programme, here.id)
    return render_template(
        "programmes/programme.html",
        programme=chosen,
        kinds=spoken(EVENT_KIND_LABELS),
        labels=EVENT_KIND_LABELS,
        **season_board.page(chosen, here.id, request.args, public=True),
    )
