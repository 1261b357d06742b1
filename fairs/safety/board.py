"""What the pages of safety show, put together for templates."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from fairs.accounts.rules import RoleKind, Viewer
from fairs.programmes import queries as events
from fairs.programmes.duties import duty_words
from fairs.programmes.gates import Gate, GateState
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.programmes.terms import from_json
from fairs.safety import desk, document, licensed, queries, rosters
from fairs.safety.badges import licence_badge, plan_badge
from fairs.safety.contents import Change, changes
from fairs.safety.licensing import (
    DOUBT_LABELS,
    NEED_LABELS,
    STEP_LABELS,
    LicenceState,
    latest_application,
    understated,
)
from fairs.safety.models import SafetySubmission
from fairs.safety.rules import EDITABLE, SIGNED_AFTER_REVIEW
from fairs.venues import queries as venues
from fairs.web.language import day, hour, when_short

Context = dict[str, Any]
SIGNED_IN = SIGNED_AFTER_REVIEW | {EventState.SAFETY_REVIEW}
_HANDED_IN = frozenset({GateState.SUBMITTED, GateState.ACCEPTED})


def plan_page(event: Event, who: Viewer, *, may_plan: bool, today: date) -> Context:
    """The plan whole, its state, what is missing, what changed, and what the viewer may do."""
    state, rows = queries.gate_state(event.id), queries.submissions(event.id)
    reads = bool(rows) and (state in _HANDED_IN or not may_plan)
    shown = rows[0].snapshot if reads else queries.snapshot(event)
    guard = who.has({RoleKind.CAMPUS_SECURITY}, event.university_id)
    is_needed = queries.needs_plan(event)
    return {
        "event": event,
        "may_plan": may_plan,
        "state": plan_badge(state, mine=guard and state is GateState.SUBMITTED),
        "is_needed": is_needed,
        "is_written": reads or (may_plan and queries.plan_of(event.id) is not None),
        "parts": document.parts_of(shown),
        "files": _files(event, shown),
        "drawing": drawing_of(event),
        "changes": _changed(rows),
        "history": [_entry(row) for row in rows],
        "lines": queries.lines(event),
        "may_sign": guard and state is GateState.SUBMITTED and event.state in SIGNED_IN,
        "may_edit": may_plan and state in EDITABLE,
        "may_submit": may_plan and state in {GateState.DRAFTING, GateState.REFUSED} and _reopened(event),
        "may_revise": may_plan and state is GateState.ACCEPTED,
        "may_copy": may_plan and not queries.plan_of(event.id) and queries.last_plan(event) is not None,
        "newest": rows[0] if rows else None,
        "reopened": _why(event),
        "timeline": milestones(event, today, with_plan=is_needed),
        "to_file": desk.to_file(event, today),
    }


def _reopened(event: Event) -> bool:
    return event.state in SIGNED_IN and Gate.SAFETY in events.gates(event.id)


def _why(event: Event) -> str:
    """What changed, where the plan waits to be handed in again."""
    row = events.gates(event.id).get(Gate.SAFETY)
    return row.note if row is not None and row.state is GateState.DRAFTING else ""


def drawing_of(event: Event) -> Any:
    """The booth plan, drawn; None where there is none."""
    plan = venues.latest_plan(event.id)
    return venues.map_of(plan.id) if plan else None


def _files(event: Event, snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (shown["name"], url_for("safety.file", event=event.public_id, file=shown["id"]))
        for shown in snapshot.get("files", {}).values()
    ]


def _changed(rows: list[SafetySubmission]) -> tuple[Change, ...]:
    if len(rows) < 2:
        return ()
    return changes(document.parts_of(rows[1].snapshot), document.parts_of(rows[0].snapshot))


def _entry(row: SafetySubmission) -> Context:
    """A submission and its answer for the history."""
    answer = _("等待签署")
    if row.is_accepted is not None:
        answer = _("已签署") if row.is_accepted else _("已退回")
    return {
        "no": row.no,
        "at": row.submitted_at,
        "by": queries.signer_of(row.submitted_by),
        "answer": answer,
        "signer": queries.signer_of(row.signed_by),
        "signed_at": row.signed_at,
        "reason": row.reason,
    }


def milestones(event: Event, today: date, *, with_plan: bool) -> list[Context]:
    """The dates back from the day of an event, in words (P19)."""
    return [
        {
            "label": _(STEP_LABELS[one.step]),
            "on": one.on,
            "last": one.last,
            "state": "done" if one.is_done else "stopped" if one.is_late else "todo",
            "is_done": one.is_done,
            "is_late": one.is_late,
            "is_hard": one.is_hard,
        }
        for one in licensed.timeline(event, today, with_plan=with_plan)
    ]


def event_part(event: Event, today: date) -> Context:
    """What the event's own page shows of safety: what is missing, and the dates."""
    needed = queries.needs_plan(event)
    return {"lines": queries.lines(event), "timeline": milestones(event, today, with_plan=needed)}


_STEPS: dict[LicenceState | None, tuple[str, ...]] = {
    LicenceState.DRAFTING: ("apply",),
    LicenceState.SUBMITTED: ("accept", "grant", "refuse"),
    LicenceState.ACCEPTED: ("grant", "refuse"),
    LicenceState.GRANTED: ("change",),
    LicenceState.REFUSED: ("apply",),
    LicenceState.CHANGED: ("apply", "drop"),
    LicenceState.RESUBMITTED: ("grant", "refuse"),
}
"""What may be recorded next, the usual step first."""

VERB_LABELS = {
    "apply": "登记申请",
    "accept": "登记受理",
    "grant": "登记许可",
    "refuse": "登记不予许可",
    "change": "申请变更",
    "drop": "放弃变更",
    "answer": "登记答复",
}


def licence_page(event: Event, who: Viewer, today: date) -> Context:
    """Whether a licence is needed and why, how far it is, and what may be recorded next."""
    scale, licence = licensed.scale_of(event), licensed.licence_of(event.id)
    answer = licensed.answer_of(event.id)
    need = licensed.need(event)
    guard = who.has({RoleKind.CAMPUS_SECURITY}, event.university_id)
    verbs = _STEPS.get(licence.state, ()) if licence else ()
    if need.value == "ask":
        verbs = tuple(verb for verb in verbs if verb != "apply")
    return {
        "event": event,
        "scale": scale,
        "need": _(NEED_LABELS[need]),
        "asked": need.value == "ask",
        "doubts": [_(DOUBT_LABELS[doubt]) for doubt in understated(scale)],
        "licence": licence,
        "state": licence_badge(licence.state) if licence else None,
        "answer": answer,
        "verbs": [(verb, _(VERB_LABELS[verb])) for verb in verbs],
        "may_answer": guard and need.value != "none",
        "terms": _terms(licence.terms) if licence and licence.terms else [],
        "wanted": _terms(licence.wanted) if licence and licence.wanted else [],
        "may_declare": events.fair_of(event.id) is not None,
        "latest": latest_application(licensed.first_day(event)),
        "timeline": milestones(event, today, with_plan=queries.needs_plan(event)),
        "file_url": url_for("safety.file", event=event.public_id, file=licence.file.public_id)
        if licence and licence.file
        else None,
    }


def _terms(kept: Mapping[str, Any]) -> list[tuple[str, str]]:
    terms = from_json(dict(kept))
    names = {space.id: space.name for space in venues.spaces_by_id(terms.spaces)}
    return [
        (_("时间"), "；".join(f"{when_short(a)}–{hour(b)}" for a, b in sorted(terms.days))),
        (_("地点"), "、".join(names.get(one, "") for one in sorted(terms.spaces))),
        (_("最多人数"), _("%(count)s 人", count=f"{terms.persons:,}")),
    ]


def roster_page(event: Event, *, may_plan: bool) -> Context:
    """Who is on duty, by day; the gauge; rosters to copy."""
    rows, booths = rosters.shifts(event.id), queries.booths_of(event)
    gates = {number: (public_id, name) for number, public_id, name in rosters.gates(event.id)}
    by_day: dict[int, list[Context]] = {}
    for row in rows:
        by_day.setdefault(row.occurrence_id, []).append(_duty(event, row, gates))
    return {
        "event": event,
        "days": [(one, day(one.starts_at), by_day.get(one.id, [])) for one in events.occurrences(event.id)],
        "gauge": rosters.manning_of(event.id, booths),
        "booths": booths,
        "count": len(rows),
        "earlier": rosters.earlier_rosters(event) if may_plan else [],
        "may_plan": may_plan,
    }


def _duty(event: Event, row: Any, gates: Mapping[int, tuple[str, str]]) -> Context:
    public_id, name = gates.get(row.gate_id or 0, ("", ""))
    return {
        "id": row.public_id,
        "duty": _(duty_words(row.duty)),
        "hours": f"{hour(row.starts_at)}–{hour(row.ends_at)}",
        "gate": name,
        "person": row.person.name if row.person else "",
        "phone": row.person.phone if row.person else "",
        "gate_id": public_id,
        "takes_pass": bool(public_id) and row.person is not None and row.duty == "door",
    }
