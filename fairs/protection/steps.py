"""What happened to an alert, from the trail: who wrote, approved, published and ended it, and when."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairs.accounts.models import Person
from fairs.audit.models import Audit
from fairs.database import db
from fairs.protection.models import Alert

STEP_LABELS = {
    "draft_alert": "起草了预警",
    "change_alert": "修改了预警，须重新批准",
    "approve_alert": "批准了预警",
    "publish_alert": "发布了预警",
    "end_alert": "提前结束了预警",
}
ENDED_UNSEEN = "作废，没有发布"
RAN_OUT = "展示到期，自动结束"
MOST = 100
"""Steps that one page tells of, the newest."""


@dataclass(frozen=True)
class Step:
    """One step: ``what`` is a message id; ``who`` is empty for what time did; ``people`` were told."""

    what: str
    who: str
    at: datetime
    people: int = 0


def steps(alert: Alert) -> list[Step]:
    """The steps of an alert, the newest first."""
    chosen = (
        sa.select(Audit, Person.name)
        .join(Person, Person.id == Audit.actor_id, isouter=True)
        .where(
            Audit.subject_kind == Alert.__tablename__,
            Audit.subject_id == alert.id,
            Audit.action.in_(STEP_LABELS),
        )
        .order_by(Audit.id.desc())
    )
    rows = db.session.execute(chosen.limit(MOST))
    return [Step(_what(row, alert), name or "", row.at, row.detail.get("people", 0)) for row, name in rows]


def _what(row: Audit, alert: Alert) -> str:
    if row.action != "end_alert":
        return STEP_LABELS[row.action]
    if alert.published_at is None:
        return ENDED_UNSEEN
    return STEP_LABELS[row.action] if row.actor_id else RAN_OUT
