"""The background work of this feature."""

from typing import Any

from fairs import clock
from fairs.employers import imports
from fairs.tasks import registry
from fairs.tasks.rules import NOTE_LABELS


@registry.register(imports.KIND)
def import_employers(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Import employers: tell that it begins, then one transaction. Stopping it leaves nothing half done."""
    if "result" in progress.checkpoint:
        return dict(progress.checkpoint["result"])
    progress.report(0, 1, NOTE_LABELS["writing"])
    return imports.apply_import(imports.Wish(**params), progress, clock.now())
