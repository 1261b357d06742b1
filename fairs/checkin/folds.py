"""Who is inside, folded anew from the scans and the counts by hand."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa

from fairs.checkin import occupancy
from fairs.checkin.models import Gate, HeadCount, Scan
from fairs.checkin.rules import HolderKind
from fairs.database import db


def ledger(occurrence_id: int, kind: HolderKind, holder_id: int) -> list[occupancy.Scan]:
    """All scans of one holder on one day, for the fold."""
    own = (Scan.occurrence_id == occurrence_id, Scan.holder_kind == kind, Scan.holder_id == holder_id)
    return _for_fold(*own)[occurrence_id]


def _for_fold(*conditions: sa.ColumnElement[bool]) -> dict[int, list[occupancy.Scan]]:
    """Scans by day, as ``occupancy.rebuild`` takes them. Spaces and holders go by their numbers."""
    chosen = sa.select(Scan, Gate.space_id).join(Gate, Gate.id == Scan.gate_id)
    rows = db.session.execute(chosen.where(Scan.holder_id.is_not(None), *conditions).order_by(Scan.id))
    days: dict[int, list[occupancy.Scan]] = defaultdict(list)
    for scan, space_id in rows:
        days[scan.occurrence_id].append(
            occupancy.Scan(
                id=scan.id,
                space=str(space_id),
                holder=f"{scan.holder_kind}:{scan.holder_id}",
                direction=scan.direction,
                verdict=scan.verdict,
                corrected_at=scan.corrected_at,
                gate=str(scan.gate_id),
                device=str(scan.device_pass_id or ""),
                undoes=scan.undoes_id,
            )
        )
    return days


def rebuilt(occurrence_id: int) -> occupancy.Occupancy:
    """The occupancy of a day, folded anew from all its scans and counts."""
    return rebuilt_each([occurrence_id])[occurrence_id]


def rebuilt_each(occurrence_ids: Collection[int]) -> dict[int, occupancy.Occupancy]:
    """The same of several days, by day."""
    counted = sa.select(HeadCount).where(HeadCount.occurrence_id.in_(occurrence_ids)).order_by(HeadCount.id)
    counts: dict[int, list[occupancy.HeadCount]] = defaultdict(list)
    for count in db.session.scalars(counted):
        counts[count.occurrence_id].append(
            occupancy.HeadCount(
                id=count.id,
                space=str(count.space_id),
                kind=occupancy.CountKind.TOTAL if count.is_total else occupancy.CountKind.DELTA,
                number=count.amount,
                at=count.at,
            )
        )
    scans = _for_fold(Scan.occurrence_id.in_(occurrence_ids))
    return {number: occupancy.rebuild(scans[number], counts[number]) for number in occurrence_ids}
