"""The floor of a fair as a drawing: every booth of the current plan, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairs.allocation import queries
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import BoothOfferState
from fairs.venues.models import PlanBooth

MARGIN = 1.5
MARK_LABELS = {
    "free": "空展位",
    "offered": "待确认",
    "confirmed": "已确认",
    "mine": "本单位",
    "other": "其他展位",
}


@dataclass(frozen=True)
class Spot:
    """A booth on the floor, in metres; ``mark`` is a key of MARK_LABELS, ``who`` its holder."""

    number: str
    x: float
    y: float
    w: float
    h: float
    mark: str
    who: str


@dataclass(frozen=True)
class Floor:
    """All booths and the size of the floor around them, in metres."""

    width: float
    depth: float
    spots: Sequence[Spot]

    @property
    def marks(self) -> list[str]:
        """The marks that occur, for the legend."""
        return [mark for mark in MARK_LABELS if any(spot.mark == mark for spot in self.spots)]


def drawing(event_id: int, *, mine: int | None = None, office: bool = True) -> Floor | None:
    """The drawing of the fair's current plan, None while there is none.

    ``mine`` (an exhibitor) stands out. Only the ``office`` sees who else holds which booth.
    """
    held = {row.booth_key: row for row in queries.assignments(event_id)}
    spots = [
        _spot(booth, held.get(booth.booth_key), mine, office=office)
        for booth in queries.booths(event_id).values()
        if booth.geometry
    ]
    if not spots:
        return None
    width = max(spot.x + spot.w for spot in spots) + MARGIN
    return Floor(width, max(spot.y + spot.h for spot in spots) + MARGIN, spots)


def _spot(booth: PlanBooth, held: BoothAssignment | None, mine: int | None, *, office: bool) -> Spot:
    place = {name: float(booth.geometry.get(name, 0)) for name in ("x", "y", "w", "h")}
    who = held.exhibitor.employer.legal_name if held and office else ""
    return Spot(booth.number, **place, mark=_mark(held, mine, office=office), who=who)


def _mark(held: BoothAssignment | None, mine: int | None, *, office: bool) -> str:
    if held and held.exhibitor_id == mine:
        return "mine"
    if not office:
        return "other"
    if held is None:
        return "free"
    return "confirmed" if held.state is BoothOfferState.CONFIRMED else "offered"
