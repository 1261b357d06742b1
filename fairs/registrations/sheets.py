"""The list of an event's bookings as a sheet: one row each, with the student's university (S17)."""

from flask_babel import gettext as _

from fairs.clock import campus
from fairs.registrations.models import Registration
from fairs.registrations.rules import REGISTRATION_STATE_LABELS
from fairs.students.models import Student
from fairs.web.language import masked_name, masked_number

HEADINGS = ("日期", "入场时段", "学校", "学号", "姓名", "状态")


def row_of(registration: Registration, student: Student, own: int) -> list[str]:
    """A booking in the columns of ``HEADINGS``, for the university ``own``: others' students stay masked (S17)."""
    mine = registration.university_id == own
    period = registration.entry_slot or registration.occurrence
    starts_at, ends_at = campus(period.starts_at), campus(period.ends_at)
    return [
        f"{starts_at:%Y-%m-%d}",
        f"{starts_at:%H:%M}–{ends_at:%H:%M}",
        registration.university.name,
        student.student_no if mine else masked_number(student.student_no),
        registration.person.name if mine else masked_name(registration.person.name),
        _(REGISTRATION_STATE_LABELS[registration.state]),
    ]
