"""How many people an event needs on duty, and whether somebody would be in two places at once (P24)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from fairs.errors import Invalid, Refusal
from fairs.programmes.duties import Duty

BOOTHS_PER_HELPER = 10
"""Staff on the floor: at least one for so many booths (P24)."""


class ShiftClash(Refusal):
    """The person is on duty elsewhere at that time."""

    code = "shift_clash"
    sentence = "%(name)s在 %(when)s 已有值班（%(event)s），请换一个人或换一个时间。"


class ShiftOutside(Invalid):
    """A shift leaves the day it belongs to by more than a few hours."""

    code = "shift_outside"
    sentence = "值班时间应在活动当天，最早为开始前 4 小时，最晚为结束后 4 小时。"
    field = "ends"


class HelperIncomplete(Invalid):
    """Somebody without an account is named with a phone number."""

    code = "helper_incomplete"
    sentence = "请填写姓名和手机号，便于当天联系。"
    field = "phone"


@dataclass(frozen=True)
class Manning:
    """How many duties are planned and filled on the thinnest day, and how many there have to be."""

    needed: int
    planned: int
    filled: int

    @property
    def is_enough(self) -> bool:
        """Whether enough duties are planned, filled or not."""
        return self.planned >= self.needed


def needed_staff(booths: int) -> int:
    """Staff that a fair with so many booths must have on the floor (P24)."""
    return math.ceil(booths / BOOTHS_PER_HELPER)


def usual_duties(booths: int, gates: int = 1) -> Mapping[Duty, int]:
    """The duties that a day of a fair usually has; the floor by the rule of P24."""
    return Counter(
        {
            Duty.LEAD: 1,
            Duty.DOOR: 2 * max(1, gates),
            Duty.SECURITY: 1,
            Duty.STEWARD: max(1, needed_staff(booths)),
            Duty.FIRST_AID: 1,
            Duty.COMPLAINTS: 1,
        }
    )


def manning(booths: int, days: Iterable[tuple[int, int]]) -> Manning:
    """The gauge of an event from (planned, filled) of each of its days: the thinnest day counts."""
    by_day = list(days) or [(0, 0)]
    return Manning(needed_staff(booths), min(p for p, _ in by_day), min(f for _, f in by_day))


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two periods share time; one may end when the other begins."""
    return one[0] < other[1] and other[0] < one[1]
