"""The table of students."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairs.accounts.models import Person
from fairs.database import Row, kind_of, state_of
from fairs.institutions.models import Department, Major
from fairs.students.rules import Degree, StudentState


class Student(Row):
    """A person's place at a university; the student number stays text."""

    __tablename__ = "student"
    __table_args__ = (
        sa.UniqueConstraint("university_id", "student_no", info={"conflict": "这个学号已存在。"}),
        sa.Index("ix_student_where", "university_id", "department_id", "cohort"),
    )

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    university_id: Mapped[int] = mapped_column(sa.ForeignKey("university.id"))
    student_no: Mapped[str] = mapped_column(sa.String(30))
    department_id: Mapped[int] = mapped_column(sa.ForeignKey("department.id"), index=True)
    major_id: Mapped[int | None] = mapped_column(sa.ForeignKey("major.id"), index=True)
    degree: Mapped[Degree] = mapped_column(kind_of(Degree))
    cohort: Mapped[int]
    state: Mapped[StudentState] = mapped_column(state_of(StudentState), default=StudentState.ACTIVE)
    person: Mapped[Person] = relationship()
    department: Mapped[Department] = relationship()
    major: Mapped[Major | None] = relationship()
