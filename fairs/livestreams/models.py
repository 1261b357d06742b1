"""Tables of live streams. Whether one is shown is derived: from its state and the approval of its words."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import PublicRow, Row, state_of
from fairs.employers.models import Employer
from fairs.errors import Named
from fairs.livestreams.rules import LiveState
from fairs.livestreams.times import Period
from fairs.programmes.models import Event


class LiveSession(PublicRow):
    """A live stream of an event; without ``employer`` the organiser of the event holds it."""

    __tablename__ = "live_session"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="period"),
        sa.CheckConstraint("viewers_stated >= 0", name="viewers"),
        sa.Index("ix_live_session_when", "event_id", "starts_at"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    platform: Mapped[str] = mapped_column(sa.String(40))
    url: Mapped[str] = mapped_column(sa.String(500), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[LiveState] = mapped_column(state_of(LiveState), default=LiveState.DRAFT)
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    # the newest version of its words
    words_no: Mapped[int] = mapped_column(default=1)
    # what the platform says, never mixed with our own counts
    viewers_stated: Mapped[int | None]
    uid: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    calendar_changed_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    event: Mapped[Event] = relationship()
    employer: Mapped[Employer | None] = relationship()
    words: Mapped["LiveWords"] = relationship(
        primaryjoin=lambda: sa.and_(
            LiveWords.session_id == LiveSession.id, LiveWords.no == LiveSession.words_no
        ),
        foreign_keys=lambda: LiveWords.session_id,
        uselist=False,
        viewonly=True,
    )
    presenters: Mapped[list[Employer]] = relationship(
        secondary="live_presenter", order_by=Employer.legal_name, viewonly=True
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)

    @property
    def period(self) -> Period:
        """When it is."""
        return self.starts_at, self.ends_at

    @property
    def host_name(self) -> Named:
        """Who holds it, in words: the employer, else the department or university that leads the event."""
        if self.employer is not None:
            return Named(self.employer.legal_name)
        department = self.event.department
        return Named(department.name) if department else self.event.university.named


class LiveWords(Row):
    """One version of a stream's title and introduction, as it was handed in; its text is never changed (S35).

    ``clean``: the organiser's own words in which the rules found nothing to judge; all others have a case.
    ``words_read``: the newest rulebook that has read them.
    """

    __tablename__ = "live_words"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "no", info={"conflict": "同事刚刚改过这场直播，请刷新后再改。"}),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_session.id"))
    no: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(80))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    clean: Mapped[bool]
    words_read: Mapped[str] = mapped_column(sa.String(20))
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    session: Mapped[LiveSession] = relationship()

    @property
    def text(self) -> dict[str, str]:
        """The words by field, as the rules read them."""
        fields = {"title": self.title, "description": self.description}
        return {name: words for name, words in fields.items() if words}


class LivePresenter(Row):
    """An employer that is presented in an organiser's stream."""

    __tablename__ = "live_presenter"
    __table_args__ = (sa.UniqueConstraint("session_id", "employer_id"),)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_session.id"))
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)


class LivePosting(Row):
    """A posting that a stream speaks of."""

    __tablename__ = "live_posting"
    __table_args__ = (sa.UniqueConstraint("session_id", "posting_id"),)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_session.id"))
    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id"), index=True)


class LiveAttendance(Row):
    """Somebody went on to a stream through our server: once per person and stream (人次)."""

    __tablename__ = "live_attendance"
    __table_args__ = (sa.UniqueConstraint("session_id", "person_id"),)

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("live_session.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    at: Mapped[datetime]
    session: Mapped[LiveSession] = relationship()
