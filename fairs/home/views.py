"""The first page: what waits for me; for visitors, what is on."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import Viewer
from fairs.clock import campus_day
from fairs.config import settings
from fairs.guidance import queries as guidance
from fairs.home import checklist, filters, overview, queries, sitemap, watch
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes import days
from fairs.programmes.rules import EVENT_KIND_LABELS
from fairs.registrations import queries as registrations
from fairs.students.models import Student

bp = Blueprint("home", __name__)
bp.add_app_template_global(checklist.steps_shown, "employer_steps")
bp.add_app_template_global(checklist.bars_of, "employer_bars")
bp.add_app_template_global(checklist.returned_of, "employer_returns")
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
        employers=[(one, checklist.steps_shown(one, now)) for one in checklist.employers_of(viewer)],
        overviews=overview.overviews(viewer, now),
        desks=[_desk(viewer, here, now) for here in queries.schools_of(viewer)],
    )


def _desk(viewer: Viewer, here: University, now: datetime) -> tuple[Any, ...]:
    """A university at which the viewer works, with what waits, what comes, and a department's cards."""
    return (
        here,
        queries.waiting_for(viewer, here, now),
        queries.coming_events(viewer, here, now),
        queries.department_cards(viewer, here, now),
        watch.halls_today(viewer, here, now),
    )


def _for_student(student: Student, now: datetime) -> dict[str, Any]:
    """What a student sees first: tickets and places in lines, the week, and what fits, each with why."""
    coming = queries.next_registrations(student.person_id, now)
    return {
        "tickets": coming,
        "ahead": registrations.ahead_of_all(coming),
        "asked": guidance.intent(student.person_id) is not None,
        "fitting": guidance.suggestions(student, now, MOST_FITTING),
        "strip": days.strip(student.university_id, campus_day(now)),
    }


ROBOTS = """User-agent: *
Disallow: /employer/
Disallow: /me
Disallow: /api/
Disallow: /*/office/
Disallow: /*/invitations/
Disallow: /sign-in
Sitemap: {sitemap}
"""


@bp.get("/robots.txt")
@access.public
def robots() -> Response:
    """What search engines may read."""
    address = settings().public_url + url_for("home.sitemap_index")
    return Response(ROBOTS.format(sitemap=address), mimetype="text/plain")


@bp.get("/sitemap.xml")
@access.public
def sitemap_index() -> Response:
    """The files of every university."""
    now = clock.now()
    numbers = [
        url_for("home.school_sitemap", school=school.slug, number=number)
        for school in institutions.universities()
        for number in range(1, sitemap.files(school, now) + 1)
    ]
    text = render_template("home/sitemaps.xml", addresses=numbers, root=settings().public_url)
    return Response(text, mimetype="application/xml")


@bp.get("/<school>/sitemap-<number>.xml")
@access.public
def school_sitemap(number: str) -> Response:
    """The public pages of a university, some thousands in a file."""
    entries = sitemap.file(access.school(), number, clock.now())
    text = render_template("home/sitemap.xml", entries=entries, root=settings().public_url)
    return Response(text, mimetype="application/xml")
