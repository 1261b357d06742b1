"""Students on a sheet and on the preview of an import: how each value is worded."""

from collections.abc import Iterable, Iterator
from typing import Any

from fairs.files.imports import Words
from fairs.institutions import queries as institutions
from fairs.students.models import Student
from fairs.students.roster import COLUMNS
from fairs.students.rules import DEGREE_LABELS, STUDENT_STATE_LABELS, Degree, StudentState
from fairs.web.language import masked_mail, masked_phone

HEADINGS = (*(column.title for column in COLUMNS), "状态")


def words(university_id: int) -> Words:
    """How a preview words the fields of a student, in the order of the template."""
    departments = {row.id: row.name for row in institutions.departments(university_id)}
    majors = {row.id: row.name for row in institutions.majors(university_id)}
    return {
        "student_no": str,
        "name": str,
        "department_id": lambda number: departments.get(number, ""),
        "major_id": lambda number: majors.get(number, ""),
        "degree": lambda value: DEGREE_LABELS[Degree(value)],
        "cohort": str,
        "email": masked_mail,
        "phone": masked_phone,
        "state": lambda value: STUDENT_STATE_LABELS[StudentState(value)],
    }


def sheet_rows(students: Iterable[Student]) -> Iterator[list[Any]]:
    """Students in the columns of the template, so that an export can be changed and imported again."""
    for student in students:
        yield [
            student.student_no,
            student.person.name,
            student.department.name,
            student.major.name if student.major else "",
            DEGREE_LABELS[student.degree],
            str(student.cohort),
            student.person.email,
            student.person.phone,
            STUDENT_STATE_LABELS[student.state],
        ]
