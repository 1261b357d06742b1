"""The first page: what waits for me; for visitors, what is on."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import Viewer
from fairs.clock import campus_day
from fairs.employers.models import Employer
from fairs.guidance import queries as guidance
from fairs.home import checklist, filters, queries, watch
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes import board
from fairs.programmes.rules import EVENT_KIND_LABELS
from fairs.registrations import queries as registrations
from fairs.students.models import Student

bp = Blueprint("home", __name__)
filters.install()
MOST_FITTING = 8


@bp.get("/")
@access.public
def index() -> str | Response:
    """The viewer's own page, or the visitors'; what must be read first comes before one's own."""
    viewer = access.viewer()
    if viewer and viewer.missing_documents():
        return redirect(url_for("accounts.documents"))
    return _own(viewer) if viewer else _visitors()


def _visitors() -> str:
    now = clock.now()
    return render_template(
        "home/visitors.html",
        schools=institutions.universities(),
        coming=queries.public_events(None, now, 12),
        kind_labels=EVENT_KIND_LABELS,
    )


def _own(viewer: Viewer) -> str:
    now = clock.now()
    student = queries.student_of(viewer.person_id)
    return render_template(
        "home/mine.html",
        now=now,
        kind_labels=EVENT_KIND_LABELS,
        student=student,
        home_school=student.department.university if student else None,
        **(_for_student(student, now) if student else {}),
        employers=[(one, _steps(one, now)) for one in checklist.employers_of(viewer)],
        desks=[_desk(viewer, here, now) for here in queries.schools_of(viewer)],
    )


def _desk(viewer: Viewer, here: University, now: datetime) -> tuple[Any, ...]:
    waiting = queries.waiting_for(viewer, here, now)
    return here, waiting, queries.coming_events(viewer, here, now), watch.halls_today(viewer, here, now)


def _for_student(student: Student, now: datetime) -> dict[str, Any]:
    """What a student sees first: tickets and places in lines, the week, and what fits, each with why."""
    coming = queries.next_registrations(student.person_id, now)
    return {
        "tickets": coming,
        "ahead": registrations.ahead_of_all(coming),
        "asked": guidance.intent(student.person_id) is not None,
        "fitting": guidance.suggestions(student, now, MOST_FITTING),
        "strip": board.strip(student.university_id, campus_day(now)),
    }


def _steps(employer: Employer, now: datetime) -> list[tuple[str, str, str, str]]:
    return [
        (gettext(step.label), step.state, url_for(step.endpoint, **step.values), step.note)
        for step in checklist.employer_steps(employer, now)
    ]
