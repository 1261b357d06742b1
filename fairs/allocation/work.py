"""The work of the allocation task. It loads the solver, and with it SciPy: no web module may import this one."""

from typing import Any

from fairs import clock
from fairs.allocation import queries, runs
from fairs.allocation.solver import solve
from fairs.database import db, transaction
from fairs.programmes.models import Event
from fairs.tasks import registry

STAGE_LABELS = {0: "读取申请和展位", 1: "计算安排方案", 2: "写入结果并通知单位"}


@registry.register(runs.KIND)
def allocate(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Read the fair's problem, solve it, write the offers; done twice it is written once.

    The offers and the checkpoint that says so are one transaction: a worker lost before it leaves nothing
    behind, one lost after it has nothing left to do.
    """
    if "written" in progress.checkpoint:
        return dict(progress.checkpoint["written"]) | _shown(int(params["event"]))
    progress.report(0, 3, STAGE_LABELS[0])
    event_id, rearrange = int(params["event"]), bool(params["rearrange"])
    problem = queries.problem(event_id, seed=int(params["seed"]), rearrange=rearrange)
    db.session.rollback()  # the database need not be held while the solver counts
    progress.report(1, 3, STAGE_LABELS[1])
    plan = solve(problem)
    progress.report(2, 3, STAGE_LABELS[2])

    @transaction
    def write() -> dict[str, int]:
        counts = runs.write_plan(
            event_id, problem, plan, rearrange=rearrange, by=params["by"], now=clock.now()
        )
        progress.keep({"written": counts})
        return counts

    return write() | _shown(event_id)


def _shown(event_id: int) -> dict[str, Any]:
    """The page on which to look at what was done."""
    return {"page": "allocation.board", "of": {"event": db.session.get_one(Event, event_id).public_id}}
