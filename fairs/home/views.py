"""The first page: what waits for me; for visitors, what is on."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import Viewer
from fairs.employers.models import Employer
from fairs.home import checklist, queries, watch
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes.rules import EVENT_KIND_LABELS

bp = Blueprint("home", __name__)


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
        tickets=queries.next_registrations(viewer.person_id, now) if student else [],
        fitting=queries.fitting_events(student, now) if student else [],
        why=queries.WHY_LABELS,
        employers=[(one, _steps(one, now)) for one in checklist.employers_of(viewer)],
        desks=[_desk(viewer, here, now) for here in queries.schools_of(viewer)],
    )


def _desk(viewer: Viewer, here: University, now: datetime) -> tuple[Any, ...]:
    waiting = queries.waiting_for(viewer, here, now)
    return here, waiting, queries.coming_events(viewer, here, now), watch.halls_today(viewer, here, now)


def _steps(employer: Employer, now: datetime) -> list[tuple[str, str, str, str]]:
    return [
        (gettext(step.label), step.state, url_for(step.endpoint, **step.values), step.note)
        for step in checklist.employer_steps(employer, now)
    ]
