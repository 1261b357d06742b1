"""All booths of a fair at once: starting the solver as a task, and writing its plan."""

import secrets
from datetime import datetime

from fairs.allocation import holding, queries
from fairs.allocation.models import BoothAssignment
from fairs.allocation.rules import (
    BoothOfferState,
    NobodyWaits,
    NoPlan,
    Placement,
    Plan,
    Problem,
    ProblemChanged,
    Unplaced,
)
from fairs.audit import actions as audit
from fairs.database import db, found, transaction
from fairs.exhibitors import actions as exhibitors
from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import ExhibitorState
from fairs.programmes.models import Fair
from fairs.tasks import actions as tasks
from fairs.tasks.models import Task

KIND = "allocation.solve"


@transaction
def start_allocation(
    event_id: int, *, by: int, now: datetime, rearrange: bool = False, seed: int | None = None
) -> Task:
    """Queue the task that places all who wait (O6); with ``rearrange`` unanswered offers may move too.

    The ``seed`` decides between equals; drawn here if not given, and kept in the trail. Raises NoPlan,
    NobodyWaits, WrongEventState, or Conflict while such a task is under way.
    """
    fair = exhibitors.lock_fair(event_id)
    holding.check_placeable(fair)
    drawn = secrets.randbelow(1_000_000) if seed is None else seed
    problem = queries.problem(event_id, seed=drawn, rearrange=rearrange)
    if not problem.booths:
        raise NoPlan
    if all(wish.booth_key for wish in problem.wishes):
        raise NobodyWaits
    task = tasks.enqueue(
        KIND,
        {"event": event_id, "by": by, "rearrange": rearrange, "seed": drawn},
        dedupe=dedupe_of(event_id),
        university_id=fair.event.university_id,
        by=by,
        now=now,
    )
    audit.record(
        "start_allocation",
        fair.event,
        by=by,
        university_id=fair.event.university_id,
        now=now,
        seed=drawn,
        rearrange=rearrange,
    )
    return task


def dedupe_of(event_id: int) -> str:
    """By this key at most one allocation of a fair is under way."""
    return f"{KIND}:{event_id}"


@transaction
def write_plan(
    event_id: int, problem: Problem, plan: Plan, *, rearrange: bool, by: int | None, now: datetime
) -> dict[str, int]:
    """Turn the solver's ``plan`` for ``problem`` into offers, all or none; how many are new, kept, left out.

    Raises ProblemChanged if requests or booths are not what the solver was given, WrongEventState.
    """
    fair = exhibitors.lock_fair(event_id)
    holding.check_placeable(fair)
    if queries.problem(event_id, seed=problem.seed, rearrange=rearrange) != problem:
        raise ProblemChanged
    held = {row.exhibitor_id: row for row in queries.assignments(event_id)}
    new = [row for row in plan.placed if not _stays(held.get(row.exhibitor_id), row)]
    unplaced = [row for row in plan.unplaced if not _is_fixed(problem, row.exhibitor_id)]
    for exhibitor_id in [row.exhibitor_id for row in new] + [row.exhibitor_id for row in unplaced]:
        if exhibitor_id in held:
            holding.vacate(held[exhibitor_id], BoothOfferState.REVOKED, now)
    _offer_all(fair, new, by=by, now=now)
    for left in unplaced:
        _put_in_line(left, by=by, now=now)
    return {"offered": len(new), "kept": len(plan.placed) - len(new), "waitlisted": len(unplaced)}


def _stays(present: BoothAssignment | None, answer: Placement) -> bool:
    return present is not None and present.booth_key == answer.booth_key


def _is_fixed(problem: Problem, exhibitor_id: int) -> bool:
    """Whether the exhibitor holds a booth that the run must not touch, even one gone from the plan."""
    return any(wish.booth_key for wish in problem.wishes if wish.exhibitor_id == exhibitor_id)


def _offer_all(fair: Fair, answers: list[Placement], *, by: int | None, now: datetime) -> None:
    booths = queries.booths(fair.event_id)
    for answer in answers:
        exhibitor = found(db.session.get(Exhibitor, answer.exhibitor_id))
        holding.offer(exhibitor, booths[answer.booth_key], fair, reason=answer.sentence, by=by, now=now)


def _put_in_line(left: Unplaced, *, by: int | None, now: datetime) -> None:
    """Tell an employer that it waits, and why; one that waited already hears nothing new."""
    exhibitor = found(db.session.get(Exhibitor, left.exhibitor_id))
    if exhibitor.state is ExhibitorState.WAITLISTED:
        return
    exhibitors.move_place(
        exhibitor.id, ExhibitorState.WAITLISTED, by=by, now=now, action="join_line", reason=left.sentence
    )
    holding.tell("allocation/waitlisted", exhibitor, now, reason=left.sentence)
