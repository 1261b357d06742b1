"""The background work of this feature: one kind of task for each master list."""

from typing import Any

from fairs import clock
from fairs.administration.actions.imports import Wish, apply_import
from fairs.administration.master import LISTS
from fairs.tasks import registry
from fairs.tasks.rules import NOTE_LABELS


def _import(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Import a master list: tell that it begins, then one transaction. Stopping it leaves nothing half done."""
    if "result" in progress.checkpoint:
        return dict(progress.checkpoint["result"])
    progress.report(0, 1, NOTE_LABELS["writing"])
    return apply_import(Wish(**params), progress, clock.now())


for _key in LISTS:
    registry.register(f"administration.{_key}")(_import)
