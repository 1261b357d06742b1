"""The gates before an event opens, and what each has to say (S29, P18)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fairs.errors import Refusal
from fairs.institutions import duties


class Gate(StrEnum):
    """The three gates of S29, the department's word before them (S20), and the licence of P18."""

    DEPARTMENT = "department"
    PLAN = "plan"
    VETTING = "vetting"
    SAFETY = "safety"
    LICENCE = "licence"


GATE_LABELS = {
    Gate.DEPARTMENT: "院系意见",
    Gate.PLAN: "组织方案",
    Gate.VETTING: "招聘信息审核",
    Gate.SAFETY: "安全工作方案",
    Gate.LICENCE: "大型活动安全许可",
}


class GateState(StrEnum):
    """State machine SafetyPlan/Licence."""

    NOT_NEEDED = "not_needed"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    GRANTED = "granted"
    REFUSED = "refused"
    SURRENDERED = "surrendered"


PASSED = frozenset({GateState.NOT_NEEDED, GateState.ACCEPTED, GateState.GRANTED})


GATE_STATE_LABELS = {
    GateState.NOT_NEEDED: "不需要",
    GateState.DRAFTING: "待办理",
    GateState.SUBMITTED: "待签署",
    GateState.ACCEPTED: "已通过",
    GateState.GRANTED: "已许可",
    GateState.REFUSED: "已退回",
    GateState.SURRENDERED: "已交回",
}

LICENCE_FROM = 1000
"""Expected persons at a time from which a fair open to the public may need a licence (P18)."""

ONLY_IF_ASKED = (Gate.DEPARTMENT, Gate.LICENCE)
"""Gates that stand only where somebody asked for them."""

VENUE = "场地"


class GateClosed(Refusal):
    """Something before opening is missing (S29); no gate may be skipped. ``gates`` names all of it."""

    code = "gate_closed"
    sentence = "还不能开放报名，以下事项尚未完成：%(gates)s。"


def closed_gates(
    states: dict[Gate, GateState], *, venue_ready: bool = True, lacking: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """What stands before opening, by name, each once; a gate without a row is not passed (S29).

    ``lacking``: what features above know to be missing.
    """
    needed = [gate for gate in Gate if gate not in ONLY_IF_ASKED or gate in states]
    closed = tuple(GATE_LABELS[gate] for gate in needed if states.get(gate) not in PASSED)
    venue = () if venue_ready else (VENUE,)
    return tuple(dict.fromkeys((*closed, *venue, *lacking)))


def check_gates(
    states: dict[Gate, GateState], *, venue_ready: bool = True, lacking: tuple[str, ...] = ()
) -> None:
    """Raises GateClosed naming every gate that is not passed, and the venue if it is not firmly booked."""
    closed = closed_gates(states, venue_ready=venue_ready, lacking=lacking)
    if closed:
        raise GateClosed(gates=closed)


def all_answered(states: Sequence[GateState]) -> bool:
    """Whether no gate waits for an answer any more."""
    return not {GateState.SUBMITTED, GateState.DRAFTING, GateState.REFUSED} & set(states)


@dataclass(frozen=True)
class Limits:
    """Up to how many booths and people an event of a department goes by the light way (S20); a university's."""

    booths: int = 30
    people: int = 300


def limits_of(settings: Mapping[str, Any]) -> Limits:
    """The limits that a university has set, else the usual ones."""
    return Limits(
        duties.whole(settings, "department_event_booths"),
        duties.whole(settings, "department_event_people"),
    )


def needs_security(
    *, departmental: bool, expected_attendance: int, booths: int, open_to_public: bool, limits: Limits
) -> bool:
    """Whether campus security signs: not for a department's small event among its own people (S20)."""
    small = departmental and expected_attendance <= limits.people and booths <= limits.booths
    return open_to_public or not small


PART_LABELS = {
    "majors": "面向的专业",
    "space": "场地",
    "plan": "展位图",
    "desk": "展位图中的现场投诉受理处",
}
"""Parts of an organisation plan, as they are called when they are missing."""


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """How far the plan of an event is."""

    onsite: bool
    with_booths: bool
    space_taken: bool
    plan_made: bool
    desk_planned: bool
    first_start: datetime
    # a department's specialty fair is for certain majors (S20)
    majors_named: bool = True


def missing_parts(ready: Preparation) -> tuple[str, ...]:
    """What the organisation plan still lacks before review (S20, S29, P22, P24)."""
    lacking = (
        ("majors", not ready.majors_named),
        ("space", ready.onsite and not ready.space_taken),
        ("plan", ready.with_booths and not ready.plan_made),
        ("desk", ready.with_booths and ready.plan_made and not ready.desk_planned),
    )
    return tuple(PART_LABELS[part] for part, lacks in lacking if lacks)
