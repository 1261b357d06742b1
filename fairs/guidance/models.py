"""Tables of what students want and keep."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.database import Row, kind_of, live
from fairs.employers.models import Employer
from fairs.guidance.rules import Plan, Wish
from fairs.postings.models import Posting


class StudentIntent(Row):
    """The answers of a student's short survey (S59); one that was skipped has no answers."""

    __tablename__ = "student_intent"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"), index=True)
    plan: Mapped[Plan | None] = mapped_column(kind_of(Plan))
    answered_at: Mapped[datetime]


class IntentChoice(Row):
    """One wish of a student: a city, an industry or a kind of work."""

    __tablename__ = "intent_choice"
    __table_args__ = (sa.UniqueConstraint("intent_id", "wish", "code"),)

    intent_id: Mapped[int] = mapped_column(sa.ForeignKey("student_intent.id"))
    wish: Mapped[Wish] = mapped_column(kind_of(Wish))
    code: Mapped[str] = mapped_column(sa.String(40))


class SavedItem(Row):
    """An employer or a posting that a student keeps for later."""

    __tablename__ = "saved_item"
    __table_args__ = (
        sa.CheckConstraint("(employer_id IS NULL) <> (posting_id IS NULL)", name="one_thing"),
        live("uq_saved_item_employer", "person_id", "employer_id", where="ended_at IS NULL"),
        live("uq_saved_item_posting", "person_id", "posting_id", where="ended_at IS NULL"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    employer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("employer.id"), index=True)
    posting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("posting.id"), index=True)
    saved_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    employer: Mapped[Employer | None] = relationship()
    posting: Mapped[Posting | None] = relationship()
