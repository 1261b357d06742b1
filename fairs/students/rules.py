"""What a student is: state and degree."""

from enum import StrEnum


class StudentState(StrEnum):
    """Whether the school still lists the student."""

    ACTIVE = "active"
    LEFT = "left"


class Degree(StrEnum):
    """Degree levels by which fairs and postings are filtered (S24)."""

    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


DEGREE_LABELS = {
    Degree.COLLEGE: "专科",
    Degree.BACHELOR: "本科",
    Degree.MASTER: "硕士",
    Degree.DOCTOR: "博士",
}

STUDENT_STATE_LABELS = {
    StudentState.ACTIVE: "在校",
    StudentState.LEFT: "已离校",
}
