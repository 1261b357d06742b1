"""The blueprint of the pages after a fair, and what other features' pages show of it."""

from datetime import datetime
from typing import Any

from flask import Blueprint

from fairs import clock
from fairs.accounts.rules import OFFICE, RoleKind
from fairs.outcomes import queries
from fairs.outcomes.rules import AFTER, ROLL_OPEN, TAB_LABELS, ClosingState
from fairs.programmes import tabs
from fairs.programmes.models import Event

bp = Blueprint("outcomes", __name__)
CLOSERS = (*sorted(OFFICE), RoleKind.DEPT_COORDINATOR)
READERS = (*CLOSERS, RoleKind.SCHOOL_LEADER, RoleKind.AUDITOR)


def _is_over(event: Event) -> bool:
    return event.state in AFTER


def _has_roll(event: Event) -> bool:
    return tabs.has_booths(event) and event.state in ROLL_OPEN | AFTER


tabs.add(tabs.Tab(TAB_LABELS["roll"], "user-check", "outcomes.roll", 55, _has_roll))
tabs.add(tabs.Tab(TAB_LABELS["closing"], "clipboard-check", "outcomes.closing", 60, _is_over))
tabs.add(tabs.Tab(TAB_LABELS["effect"], "chart-bar", "outcomes.effect", 61, _is_over))
tabs.add(tabs.Tab(TAB_LABELS["survey"], "mood-smile", "outcomes.opinions", 62, _is_over))


@bp.app_context_processor
def for_event_pages() -> dict[str, Any]:
    """What templates/outcomes/_after.html needs wherever it is included."""
    return {"after_event": after_event}


def after_event(event: Event, now: datetime | None = None) -> dict[str, bool]:
    """What can be done after an event: answer its survey, record what came of it, read its results."""
    if event.state not in AFTER:
        return {"survey": False, "outcomes": False, "results": False}
    closing = queries.closing_of(event.id)
    return {
        "survey": queries.asks_me(event, now or clock.now()),
        "outcomes": True,
        "results": closing is not None and closing.state is ClosingState.PUBLISHED,
    }
