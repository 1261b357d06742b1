"""The table of booth assignments."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.allocation.rules import BoothOfferState
from fairs.database import PublicRow, live, state_of
from fairs.exhibitors.models import Exhibitor


class BoothAssignment(PublicRow):
    """A booth offered to an exhibitor; refers to the plan by ``booth_key``, which survives new versions."""

    __tablename__ = "booth_assignment"
    __table_args__ = (
        live("uq_booth_assignment_booth", "event_id", "booth_key", conflict="这个展位刚刚分配给了别的单位。"),
        live("uq_booth_assignment_exhibitor", "exhibitor_id", conflict="这家单位已经有展位了。"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id"), index=True)
    booth_key: Mapped[str] = mapped_column(sa.String(20))
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("plan.id"), index=True)
    state: Mapped[BoothOfferState] = mapped_column(state_of(BoothOfferState))
    # locked by hand: a new run of the solver leaves it where it is
    locked: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    exhibitor: Mapped[Exhibitor] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)
