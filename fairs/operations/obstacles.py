"""What forbids a change of an event. A feature that knows of something more adds a question to ``ASKED``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fairs.errors import Refusal
from fairs.operations.stops import InTheWay
from fairs.programmes.models import Event
from fairs.safety.licensed import licence_is_settled


class Change(StrEnum):
    """What somebody wants to do to an event that others count on."""

    MOVE = "move"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    RESUME = "resume"


@dataclass(frozen=True)
class Obstacle:
    """Something that stands in the way: ``sentence`` is a message id that says what, and the way out."""

    code: str
    sentence: str
    values: dict[str, Any] = field(default_factory=dict)


Question = Callable[[Event, Change], Iterator[Obstacle]]


def _licence(event: Event, change: Change) -> Iterator[Obstacle]:
    """A licensed event keeps its time and place until the change is permitted (P21).

    A permitted change lets it move; whether just there, the terms of the licence say at the move itself.
    """
    if change is Change.MOVE and licence_is_settled(event):
        yield Obstacle(
            "licensed",
            "活动已取得大型活动安全许可，不能直接改时间或地点。请先延期并交回许可，或取得变更许可后再改。",
        )


ASKED: list[Question] = [_licence]


def obstacles(event: Event, change: Change) -> list[Obstacle]:
    """Everything that forbids the change now, for the page that shows it before the act."""
    return [obstacle for ask in ASKED for obstacle in ask(event, change)]


def check_obstacles(event: Event, change: Change) -> None:
    """Raises InTheWay naming all of it."""
    if there := obstacles(event, change):
        raise InTheWay(reasons=tuple(Refusal(one.sentence, **one.values) for one in there))
