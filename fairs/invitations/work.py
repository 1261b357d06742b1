"""Many invitations at once, as a task: some at a time, so that it can stop and go on."""

from datetime import datetime
from typing import Any

from fairs import clock
from fairs.database import transaction
from fairs.invitations import actions
from fairs.invitations.rules import LetterDraft
from fairs.tasks.registry import Progress, register

STEP = 25


@register("invitations.send")
def send(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Invite the picked employers, ``STEP`` at a time."""
    employers = list(params["employers"])
    stated = params["letter"]
    letter = LetterDraft(**(stated | {"expires_at": datetime.fromisoformat(stated["expires_at"])}))
    kept = {"done": 0, "invited": 0, "left_out": 0} | progress.checkpoint
    while kept["done"] < len(employers):
        kept = _step(progress, params, employers[kept["done"] : kept["done"] + STEP], letter, kept)
        progress.report(kept["done"], len(employers))
    return {"invited": kept["invited"], "left_out": kept["left_out"]}


@transaction
def _step(
    progress: Progress,
    params: dict[str, Any],
    employers: list[int],
    letter: LetterDraft,
    kept: dict[str, int],
) -> dict[str, int]:
    sent = actions.invite(params["event"], employers, letter, by=params["by"], now=clock.now())
    after = {
        "done": kept["done"] + len(employers),
        "invited": kept["invited"] + sent.count,
        "left_out": kept["left_out"] + len(sent.left_out),
    }
    progress.keep(after)
    return after
