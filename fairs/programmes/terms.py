"""What signatures and licences are given for, and what may still change under them (P20, P21)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairs.errors import Refusal

Period = tuple[datetime, datetime]

PART_LABELS = {"days": "时间", "spaces": "地点", "persons": "人数"}
"""What of an arrangement may change, as it is called."""


class LicenceHolds(Refusal):
    """The licence was granted for another time, place or number (P21)."""

    code = "licence_holds"
    sentence = (
        "本场活动已取得大型活动安全许可，不能直接修改%(parts)s。"
        "请先在“安全许可”页面申请变更，取得新的许可后再修改。"
    )


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """When and where an event is, and for how many persons on its fullest day."""

    days: frozenset[Period]
    spaces: frozenset[int]
    persons: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept with a signature or licence."""
        days = sorted((starts.isoformat(), ends.isoformat()) for starts, ends in self.days)
        return {"days": [list(day) for day in days], "spaces": sorted(self.spaces), "persons": self.persons}


def from_json(kept: dict[str, Any]) -> Arrangement:
    """The arrangement that ``as_json`` wrote."""
    return Arrangement(
        days=frozenset((datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in kept["days"]),
        spaces=frozenset(kept["spaces"]),
        persons=kept["persons"],
    )


def changed_parts(before: Arrangement, after: Arrangement) -> tuple[str, ...]:
    """What differs, by name."""
    return tuple(
        label for part, label in PART_LABELS.items() if getattr(before, part) != getattr(after, part)
    )


def beyond(terms: Arrangement, before: Arrangement, after: Arrangement) -> tuple[str, ...]:
    """What of a change a licence does not cover, by name: a new time or place, or more persons (P21)."""
    outside = {
        "days": not (after.days - before.days) <= terms.days,
        "spaces": not (after.spaces - before.spaces) <= terms.spaces,
        "persons": after.persons > max(terms.persons, before.persons),
    }
    return tuple(PART_LABELS[part] for part, is_outside in outside.items() if is_outside)


def covers(terms: Arrangement, present: Arrangement) -> tuple[str, ...]:
    """What of the present arrangement a licence does not cover, by name; nothing: it is as licensed."""
    nothing = Arrangement(days=frozenset(), spaces=frozenset(), persons=0)
    return beyond(terms, nothing, present)


def check_licence(terms: Arrangement, before: Arrangement, after: Arrangement) -> None:
    """Raises LicenceHolds where a change goes beyond what was licensed."""
    if parts := beyond(terms, before, after):
        raise LicenceHolds(parts=parts)
