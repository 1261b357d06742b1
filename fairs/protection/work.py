"""Telling many students of an alert, as a task: some at a time, so that it can stop and go on."""

from typing import Any

from fairs import clock
from fairs.database import db, transaction
from fairs.protection import actions, notices
from fairs.protection.models import Alert
from fairs.tasks.registry import Progress, register

STEP = 500


@register("protection.push")
def push(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Tell the audience of an alert, ``STEP`` people at a time; nobody twice."""
    alert_id = int(params["alert"])
    total = notices.size_of(db.session.get_one(Alert, alert_id))
    kept = {"after": 0, "told": 0} | progress.checkpoint
    while True:
        count = kept["told"]
        kept = _step(progress, alert_id, kept)
        progress.report(min(kept["told"], total), total)
        if kept["told"] == count:
            return {"told": kept["told"]}


@transaction
def _step(progress: Progress, alert_id: int, kept: dict[str, int]) -> dict[str, int]:
    last, count = actions.push(alert_id, kept["after"], STEP, now=clock.now())
    after = {"after": last, "told": kept["told"] + count}
    progress.keep(after)
    return after
