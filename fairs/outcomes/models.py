"""Tables of what comes after a fair: its closing with kept figures, answers to the survey, and results."""

import secrets
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import BigInt, Model, PublicRow, Row, kind_of, live, state_of
from fairs.employers.models import Employer
from fairs.outcomes.rules import ClosingState, Nudge, Stage
from fairs.outcomes.survey import Side
from fairs.programmes.models import Event


class Closing(Row):
    """The closing of an event that took place: until when its figures are due, and how far it is."""

    __tablename__ = "closing"
    __table_args__ = (sa.Index("ix_closing_waiting", "university_id", "state", "due_at"),)

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), unique=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    state: Mapped[ClosingState] = mapped_column(state_of(ClosingState), default=ClosingState.OPEN)
    due_at: Mapped[datetime]
    nudged: Mapped[Nudge] = mapped_column(kind_of(Nudge), default=Nudge.NONE)
    asked_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    event: Mapped[Event] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class ClosingSnapshot(PublicRow):
    """The confirmed figures as they were kept once; a correction is a further row, tied to this by its hash.

    Rows are only ever added: the database refuses to change or delete one.
    """

    __tablename__ = "closing_snapshot"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "no", info={"conflict": "数据刚刚由其他老师确认，请查看最新结果。"}),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    no: Mapped[int]
    # {"figures": [{"figure", "computed", "confirmed", "reason"}],
    #  "changes": [{"figure", "before", "after", "reason"}]}
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    previous_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    author: Mapped[Person] = relationship()


class SurveyMark(Model):
    """Somebody has answered an event's survey; what was answered stands elsewhere, without a way to it."""

    __tablename__ = "survey_mark"
    __table_args__ = (
        sa.PrimaryKeyConstraint("event_id", "person_id", info={"conflict": "您已经填写过这份问卷，谢谢！"}),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"), autoincrement=False)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), autoincrement=False, index=True)


def _any_number() -> int:
    return secrets.randbits(62)


class SurveyAnswer(Model):
    """One answer to an event's survey. A student's has no person, no time but the day, and a random number."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        live(
            "uq_survey_answer_employer",
            "event_id",
            "employer_id",
            where="employer_id IS NOT NULL",
            conflict="贵单位已经填写过这份问卷，谢谢！",
        ),
        sa.Index("ix_survey_answer_event", "event_id", "side"),
        sa.CheckConstraint("(side = 'student') = (employer_id IS NULL)", name="anonymous"),
        sa.CheckConstraint(
            "fit BETWEEN 1 AND 5 AND organised BETWEEN 1 AND 5 AND again BETWEEN 1 AND 5", name="scores"
        ),
    )

    id: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False, default=_any_number)
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    side: Mapped[Side] = mapped_column(kind_of(Side))
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    fit: Mapped[int]
    organised: Mapped[int]
    again: Mapped[int]
    comment: Mapped[str] = mapped_column(sa.String(300), default="")
    answered_on: Mapped[date]
    employer: Mapped[Employer | None] = relationship()


class FairOutcome(PublicRow):
    """How far it has come between a student and an employer after an event, as the student says (S40)."""

    __tablename__ = "fair_outcome"
    __table_args__ = (
        sa.UniqueConstraint(
            "event_id", "person_id", "employer_id", info={"conflict": "这家单位已经登记过。"}
        ),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    stage: Mapped[Stage] = mapped_column(state_of(Stage))
    happened_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)


class EmployerResult(Row):
    """What an employer says came of an event for it, in numbers (E10)."""

    __tablename__ = "employer_result"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "employer_id"),
        sa.CheckConstraint("intents >= 0 AND offers >= 0 AND signed >= 0", name="counts"),
    )

    event_id: Mapped[int] = mapped_column(sa.ForeignKey("event.id"))
    employer_id: Mapped[int] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    intents: Mapped[int] = mapped_column(default=0)
    offers: Mapped[int] = mapped_column(default=0)
    signed: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)
    employer: Mapped[Employer] = relationship()
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (read by SQLAlchemy)
