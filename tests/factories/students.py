"""Students, and sheets as an office sends them."""

import io
from typing import Any

import xlsxwriter

from fairs.accounts.models import Account, Person
from fairs.accounts.rules import RoleKind
from fairs.database import lock, transaction
from fairs.institutions.models import Department, Major, University
from fairs.students.models import Student
from fairs.students.rules import Degree
from tests import factories

HEADINGS = ("学号", "姓名", "院系", "专业", "学历层次", "毕业年份", "邮箱", "手机")


def student(
    school: University,
    department: Department,
    number: str = "20230142",
    name: str = "李华",
    *,
    major: Major | None = None,
    phone: str | None = None,
    **values: Any,
) -> Student:
    """A student of the school with an account and the role."""
    account = factories.account(f"{number.lower()}@{school.slug}", name)
    factories.role(account, RoleKind.STUDENT, university_id=school.id)
    _reach(account.person_id, phone, values.pop("email", None))
    defaults = {"degree": Degree.BACHELOR, "cohort": 2027}
    return factories.saved(
        Student(
            person_id=account.person_id,
            university_id=school.id,
            student_no=number,
            department_id=department.id,
            major_id=major.id if major else None,
            **(defaults | values),
        )
    )


@transaction
def _reach(person_id: int, phone: str | None, email: str | None) -> None:
    person = lock(Person, person_id)
    person.phone, person.email = phone, email


def account_of(student: Student) -> Account:
    """The account of a student."""
    from fairs.accounts import queries

    found = queries.account_of(student.person_id)
    assert found is not None
    return found


def sheet(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """A workbook with these rows; texts stay texts, numbers numbers."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, row in enumerate((headings, *rows)):
            page.write_row(number, 0, row)
    return target.getvalue()


def line(number: Any = "20230142", name: str = "李华", **cells: Any) -> tuple[Any, ...]:
    """A row of the students' sheet."""
    values = {
        "department": "计算机学院",
        "major": "计算机科学与技术",
        "degree": "本科",
        "cohort": "2027",
        "email": "",
        "phone": "",
    } | cells
    return (number, name, *values.values())
