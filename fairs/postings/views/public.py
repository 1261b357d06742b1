"""What everybody may read: the postings that a university shows."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.employers.models import Employer
from fairs.postings import queries
from fairs.postings.jsonld import job_posting
from fairs.postings.models import PostingPublication, PostingRevision
from fairs.postings.rules import POSTING_KIND_LABELS
from fairs.postings.views.blueprint import bp, canonical
from fairs.students.rules import DEGREE_LABELS
from fairs.web.lists import COUNTED_MOST, listing

PAY_STEPS = (4000, 6000, 8000, 10000, 15000, 20000)


@bp.get("/<school>/postings", endpoint="public")
@access.public
def board() -> str:
    """Postings of a university: search, filters, pages."""
    here, now = access.school(), clock.now()
    rows = listing(
        queries.board(here.id, now, request.args),
        search=[PostingRevision.search_text, Employer.legal_name],
        sorts={
            "until": PostingPublication.until_at,
            "new": PostingPublication.from_at,
            "pay": PostingRevision.salary_max,
        },
        most=COUNTED_MOST,
    )
    return render_template(
        "postings/board.html",
        listing=rows,
        city_choices=[(city, city) for city in queries.cities(here.id, now)],
        kind_choices=[(kind.value, _(label)) for kind, label in POSTING_KIND_LABELS.items()],
        degree_choices=[(degree.value, _(label)) for degree, label in DEGREE_LABELS.items()],
        pay_choices=[(pay, _("月薪达到 %(pay)s 元", pay=pay)) for pay in PAY_STEPS],
        majors=queries.offered_majors(here.id),
    )


@bp.get("/<school>/postings/<posting>")
@access.public
def read(posting: str) -> Any:
    """One posting, with what search engines want to know about it."""
    here, now = access.school(), clock.now()
    one = queries.posting_for_public(posting, here.id, now)
    content = queries.content_of(one.revision)
    return render_template(
        "postings/read.html",
        publication=one,
        posting=one.posting,
        content=content,
        majors=queries.majors_named(content.majors)[0],
        related=queries.related(one, now),
        now=now,
        linked_data=job_posting(one.posting, content, one, canonical("postings.read", posting=posting)),
    )


@bp.get("/<school>/postings/by/<firm>")
@access.public
def by_employer(firm: str) -> str:
    """What a university shows of one employer."""
    here = access.school()
    employer = queries.hiring(firm, here.id)
    rows = queries.published_of_employer(employer.id, here.id, clock.now())
    return render_template("postings/by_employer.html", employer=employer, rows=rows)
