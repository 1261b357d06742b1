"""The demo's students and employers, as XLSX through the importers that officers use."""

from collections.abc import Sequence
from datetime import datetime

from flask import Flask

from fairs.database import db
from fairs.demo.names import DEPARTMENTS, Inventor
from fairs.demo.world import School
from fairs.files.models import File
from fairs.files.sheets import write_xlsx
from fairs.institutions.models import University
from fairs.students import actions as students
from fairs.students import queries
from fairs.students.roster import COLUMNS
from fairs.tasks import worker

OWNER = "demo"


def student_no(cohort: int, serial: int) -> str:
    """A student number of the demo: year of graduation and a serial, eight digits."""
    return f"{cohort % 100:02d}{serial:06d}"


def import_students(app: Flask, school: School, count: int, inventor: Inventor, now: datetime) -> None:
    """``count`` students of the coming class, by the officers' own import."""
    cohort = now.year + 1
    rows = []
    for serial in range(1, count + 1):
        _, department, majors = DEPARTMENTS[(serial - 1) % len(DEPARTMENTS)]
        _, major = majors[serial % len(majors)]
        degree = "硕士" if serial % 5 == 0 else "本科"
        number, cohort_text = student_no(cohort, 10000 + serial), str(cohort)
        phone = inventor.phone()
        rows.append([number, inventor.person(), department, major, degree, cohort_text, "", phone])
    content = write_xlsx("学生名单", [column.title for column in COLUMNS], rows)
    file = students.hand_in(
        content, "学生名单.xlsx", by=school.staff["officer"], university_id=school.id, now=now
    )
    _confirm_students(school, file.id, now)
    work(app)


def _confirm_students(school: School, file_id: int, now: datetime) -> None:
    plan = queries.import_plan(db.session.get_one(File, file_id), db.session.get_one(University, school.id))
    wish = students.Wish(
        file_id=file_id,
        university_id=school.id,
        by=school.staff["officer"],
        shown=plan.fingerprint,
        gone=False,
        links=False,
    )
    students.begin_import(wish, now)


def work(app: Flask) -> None:
    """Do the waiting background tasks here and now."""
    db.session.remove()
    while worker.do_next(app, OWNER):
        pass


def chunks(items: Sequence[int], size: int) -> list[Sequence[int]]:
    """``items`` in parts of ``size``."""
    return [items[start : start + size] for start in range(0, len(items), size)]
