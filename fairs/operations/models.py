"""The ledger of stops: when and why an event was called off, put off, paused or cleared, and how it was before."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairs.database import PublicRow, kind_of, live
from fairs.programmes.rules import EventState


class Stop(PublicRow):
    """An event was stopped. While the row is live (``ended_at`` is empty) the event stands in ``state``.

    ``spaces``: ids of the space uses that were given back, by their state before ("firm", "tentative"), so that an
    undo can ask for the very same ones.
    ``earlier_id``: the stop that this one replaced (a postponed event that is cancelled), live again after an undo.
    """

    __tablename__ = "event_stop"
    __table_args__ = (live("uq_event_stop_live", "event_id"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), index=True)
    state: Mapped[EventState] = mapped_column(kind_of(EventState))
    state_before: Mapped[EventState] = mapped_column(kind_of(EventState))
    reason: Mapped[str] = mapped_column(sa.String(300))
    spaces: Mapped[dict[str, Any]] = mapped_column(default=dict)
    licence_returned: Mapped[bool] = mapped_column(default=False)
    earlier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event_stop.id"), index=True)
    stopped_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    stopped_at: Mapped[datetime]
    undone: Mapped[bool] = mapped_column(default=False)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]
