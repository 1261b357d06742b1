"""Tables of what only some kinds of events have: the employer that holds a talk or a test, lists of a meeting."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import Model, Row, kind_of
from fairs.employers.models import Employer
from fairs.programmes.kinds import ItemKind


class EventHost(Model):
    """The one employer that holds an event: a talk, a test, an interview.

    ``talk_id``: the talk to whose set a test or interview belongs; it falls with the talk (P16).
    """

    __tablename__ = "event_host"

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), primary_key=True)
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    talk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("event.id"), index=True)
    employer: Mapped[Employer] = relationship()


class EventItem(Row):
    """A line of a list that an event has of its own: a sub-venue, who must attend, a service desk (S6, S27)."""

    __tablename__ = "event_item"
    __table_args__ = (sa.UniqueConstraint("event_id", "kind", "position"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    kind: Mapped[ItemKind] = mapped_column(kind_of(ItemKind))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    detail: Mapped[str] = mapped_column(sa.String(200), default="")
