"""The background work of this feature."""

from typing import Any

from fairs import clock
from fairs.students import actions
from fairs.tasks import registry
from fairs.tasks.rules import NOTE_LABELS


@registry.register(actions.KIND)
def import_students(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Import students: tell that it begins, then one transaction. Stopping it leaves nothing half done."""
    if "result" in progress.checkpoint:
        return dict(progress.checkpoint["result"])
    progress.report(0, 1, NOTE_LABELS["writing"])
    return actions.apply_import(actions.Wish(**params), progress, clock.now())
