"""What an event still needs, as steps; and the one thing to do next. Links name the pages of higher features."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from fairs.programmes import queries
from fairs.programmes.gates import GATE_LABELS, PASSED, GateState
from fairs.programmes.kinds import INTERNAL
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.programmes.tabs import may_open

Step = tuple[str, str, str | None, str | None]

_MORE: list[Callable[[Event], Step | None]] = []


def add(step: Callable[[Event], Step | None]) -> None:
    """Add a step to the preparation (from a feature's views, when they are imported); None: not for this event."""
    _MORE.append(step)


S = EventState
PREPARING = frozenset({S.DRAFT, S.PLANNED, S.RETURNED, S.POSTPONED})
BEFORE_OPENING = PREPARING | {S.SAFETY_REVIEW, S.APPROVED}


@dataclass(frozen=True)
class NextAction:
    """The primary button of an event's page: a page to go to, or something to post."""

    label: str
    url: str
    icon: str
    is_post: bool = True


def steps(event: Event) -> list[Step]:
    """(label, done/now/todo/stopped, url, note) of everything before opening; none once it is open."""
    if event.state not in BEFORE_OPENING:
        return []
    steps = [*_parts(event), *_review(event)]
    first = next((i for i, step in enumerate(steps) if step[1] == "todo"), None)
    return [(a, "now" if i == first else state, url, note) for i, (a, state, url, note) in enumerate(steps)]


def _parts(event: Event) -> list[Step]:
    ready = queries.preparation(event)
    words = _page("programmes.edit_event", event)
    steps: list[Step] = [(_("活动信息"), "done", words, None)]
    if ready.onsite:
        hall = _page("programmes.hall", event)
        firm = queries.venue_ready(event)
        note = None if firm else _("选定场地后，其他活动不能再占用这段时间。")
        steps.append((_("场地"), "done" if firm else "todo", hall, note))
    if ready.with_booths:
        plan = _page("programmes.plan", event)
        done = ready.plan_made and ready.desk_planned
        note = None if done else _("填写展位数量即可自动生成，含现场投诉受理处。")
        steps.append((_("展位图"), "done" if done else "todo", plan, note))
    return [*steps, *filter(None, (more(event) for more in _MORE))]


def _page(endpoint: str, event: Event) -> str | None:
    """Where the step is done, for those who may do it."""
    return url_for(endpoint, event=event.public_id) if may_open(endpoint) else None


def _review(event: Event) -> list[Step]:
    gates = queries.gates(event.id)
    url = url_for("operations.gates", event=event.public_id)
    if event.state in PREPARING:
        note = (
            event.state_reason if event.state is S.RETURNED else _("信息齐全后提交，由就业中心和保卫处签署。")
        )
        return [(_("提交审核"), "todo", None, note), (_opening(event), "todo", None, None)]
    steps: list[Step] = []
    for gate, row in gates.items():
        state = "done" if row.state in PASSED else "stopped" if row.state is GateState.REFUSED else "todo"
        steps.append((_(GATE_LABELS[gate]), state, url, row.note or None))
    return [*steps, (_opening(event), "todo", None, None)]


def _opening(event: Event) -> str:
    return str(_("通知参会") if event.kind in INTERNAL else _("开放报名"))


def next_action(event: Event) -> NextAction | None:
    """The one thing to do next, where it is not a step with its own button."""
    number = event.public_id
    if event.state is S.POSTPONED:
        new_date = url_for("operations.move_event", event=number)
        return NextAction(_("恢复举行，定新日期"), new_date, "calendar-time", is_post=False)
    if event.state in PREPARING and all(state == "done" for _label, state, _url, _note in _parts(event)):
        return NextAction(_("提交审核"), url_for("operations.review", event=number), "send")
    actions = {
        S.APPROVED: (_opening(event), "operations.open_event", "lock-open", True),
        S.OPEN: (_("截止报名"), "operations.lock_event", "lock", True),
        S.LOCKED: (_("开始活动"), "operations.start", "player-play", True),
        S.RUNNING: (_("结束活动"), "operations.close_event", "player-stop", False),
        S.PAUSED: (_("结束活动"), "operations.close_event", "player-stop", False),
        S.EVACUATED: (_("结束活动"), "operations.close_event", "player-stop", False),
        S.CLOSED: (_("确认数据"), "outcomes.closing", "clipboard-check", False),
    }
    if event.state not in actions:
        return None
    label, endpoint, icon, is_post = actions[event.state]
    return NextAction(label, url_for(endpoint, event=number), icon, is_post)
