"""What collides in a month: the same room, or the same students, at the same time (D2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Slot:
    """A day of an event: when, in which spaces, for which majors (none: for all)."""

    day: int
    event: int
    title: str
    starts_at: datetime
    ends_at: datetime
    spaces: frozenset[int] = frozenset()
    majors: frozenset[str] = frozenset()


CLASH_LABELS = {"room": "同一场地", "students": "面向相同专业"}
SAME_ROOM, SAME_STUDENTS = CLASH_LABELS["room"], CLASH_LABELS["students"]


def clashes(slots: Sequence[Slot]) -> dict[int, list[tuple[str, str]]]:
    """Day → (title of the other, why) for each day that collides with one of another event.

    Two events for everybody do not clash: students choose. Two for one major do.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    in_order = sorted(slots, key=lambda slot: (slot.starts_at, slot.day))
    for place, one in enumerate(in_order):
        for other in in_order[place + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            why = _why(one, other)
            if why and one.event != other.event:
                found.setdefault(one.day, []).append((other.title, why))
                found.setdefault(other.day, []).append((one.title, why))
    return found


def _why(one: Slot, other: Slot) -> str:
    if one.spaces & other.spaces:
        return SAME_ROOM
    return SAME_STUDENTS if one.majors & other.majors else ""
