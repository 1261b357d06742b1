"""The background work of this feature."""

from collections import Counter
from typing import Any

from fairs import clock
from fairs.postings.rechecking import Run, recheck, several
from fairs.tasks import registry


@registry.register("postings.recheck")
def recheck_shown(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Read what a university shows by the rules in force; stopping keeps what is done, going on repeats nothing."""
    kept = progress.checkpoint
    place = kept.get("shelf", ""), kept.get("after", 0)
    run = Run(params["university_id"], *place, Counter(kept.get("figures", {})))
    with several(int(params.get("workers", 1))) as pool:
        return recheck(run, progress, clock.now(), pool=pool)
