"""Booths on a hall's floor: a simple generator of rows, and the drawing of a plan. All lengths in metres."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fairs.errors import Invalid
from fairs.venues.rules import BoothSize

AISLE = 3.0
MARGIN = 2.0
DEPTH = 3.0
WIDTHS = {BoothSize.SMALL: 2.0, BoothSize.STANDARD: 3.0, BoothSize.LARGE: 6.0}
DESK_WIDTH = 4.0
ENTRANCE_WIDTH = 4.0
ROWS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which read as numbers
MOST_BOOTHS = 600


class BoothCountInvalid(Invalid):
    """More booths asked for than a plan holds, or none."""

    code = "booth_count_invalid"
    sentence = "展位数量请填写 1 到 %(most)s，其中大展位、带电展位和无障碍展位不能超过总数。"
    field = "booths"


@dataclass(frozen=True, kw_only=True)
class PlanSpec:
    """What a plan is to have: booths in all, and how many of them are large, with power, accessible."""

    booths: int
    large: int = 0
    power: int = 0
    accessible: int = 0
    per_row: int = 10


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A booth on the floor: its corner nearest the origin (back left), width and depth."""

    key: str
    number: str
    size: BoothSize
    power: bool
    accessible: bool
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Mark:
    """What a map says of a booth: a few words, one of the five tones, a link."""

    label: str
    tone: str = "draft"
    url: str | None = None


@dataclass(frozen=True)
class Area:
    """A rectangle on the drawing."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class Drawing:
    """A plan ready to be drawn: size of the floor, entrance, complaint desk, booths with their marks."""

    width: float
    depth: float
    entrance: Area
    desk: Area
    booths: Sequence[tuple[Spot, Mark]] = field(default_factory=tuple)


def check_spec(spec: PlanSpec) -> None:
    """Raises BoothCountInvalid unless the numbers fit each other."""
    parts = (spec.large, spec.power, spec.accessible)
    if not 1 <= spec.booths <= MOST_BOOTHS or max(parts) > spec.booths or min(parts) < 0:
        raise BoothCountInvalid(most=MOST_BOOTHS)
    if math.ceil(spec.booths / max(1, spec.per_row)) > len(ROWS):
        raise BoothCountInvalid(most=len(ROWS) * max(1, spec.per_row))


def rows_of_booths(spec: PlanSpec) -> tuple[Spot, ...]:
    """Booths in rows with aisles between, back wall first.

    Large booths and those with power stand along the back wall, accessible ones nearest the entrance, which
    is in the middle of the front. Numbers follow the rows: A01, A02, … Raises BoothCountInvalid.
    """
    check_spec(spec)
    sizes = [BoothSize.LARGE] * spec.large + [BoothSize.STANDARD] * (spec.booths - spec.large)
    placed = _place(sizes, spec.per_row)
    width = max(x + w for _, x, _, w in placed) + MARGIN
    front = max(y for _, _, y, _ in placed)
    near = sorted(range(len(placed)), key=lambda i: _way(placed[i], width / 2, front))[: spec.accessible]
    return tuple(
        Spot(
            key=key,
            number=key,
            size=sizes[i],
            power=i < spec.power,
            accessible=i in near,
            x=x,
            y=y,
            w=w,
            h=DEPTH,
        )
        for i, (key, x, y, w) in enumerate(placed)
    )


def _place(sizes: Sequence[BoothSize], per_row: int) -> list[tuple[str, float, float, float]]:
    rows = [sizes[i : i + per_row] for i in range(0, len(sizes), per_row)]
    lengths = [sum(WIDTHS[size] for size in row) for row in rows]
    placed = []
    for number, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        x, y = MARGIN + (max(lengths) - length) / 2, MARGIN + number * (DEPTH + AISLE)
        for place, size in enumerate(row, start=1):
            placed.append((f"{ROWS[number]}{place:02d}", x, y, WIDTHS[size]))
            x += WIDTHS[size]
    return placed


def _way(booth: tuple[str, float, float, float], middle: float, front: float) -> float:
    _, x, y, w = booth
    return abs(x + w / 2 - middle) + (front - y)


def geometry(spot: Spot) -> dict[str, Any]:
    """What a plan's row keeps of a booth's place."""
    return {"x": spot.x, "y": spot.y, "w": spot.w, "h": spot.h}


def drawing(spots: Sequence[Spot], marks: Mapping[str, Mark]) -> Drawing:
    """The floor around the booths: front strip with the entrance in the middle, the desk beside it (P24)."""
    width = max((s.x + s.w for s in spots), default=20.0) + MARGIN
    width = max(width, ENTRANCE_WIDTH + 2 * (DESK_WIDTH + MARGIN + 1))
    front = max((s.y + s.h for s in spots), default=MARGIN) + AISLE
    depth = front + 2.5
    middle = width / 2
    return Drawing(
        width=width,
        depth=depth,
        entrance=Area(middle - ENTRANCE_WIDTH / 2, depth - 1.4, ENTRANCE_WIDTH, 1.4),
        desk=Area(middle + ENTRANCE_WIDTH / 2 + 1, depth - 2.2, DESK_WIDTH, 1.8),
        booths=tuple((spot, marks.get(spot.key, Mark(""))) for spot in spots),
    )
