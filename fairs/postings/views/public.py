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
from fairs.postings.views.blueprint import bp
from fairs.web.lists import listing


@bp.get("/<school>/postings", endpoint="public")
@access.public
def board() -> str:
    """Postings of a university: search, filters, pages."""
    here, now = access.school(), clock.now()
    chosen = {name: request.args.get(name, "") for name in ("city", "kind", "major")}
    rows = listing(
        queries.board(here.id, now, **chosen),
        search=[PostingRevision.title, Employer.legal_name, PostingRevision.city],
        sorts={"until": PostingPublication.until_at, "new": PostingPublication.from_at},
    )
    return render_template(
        "postings/board.html",
        listing=rows,
        city_choices=[(city, city) for city in queries.cities(here.id, now)],
        kind_choices=[(kind.value, _(label)) for kind, label in POSTING_KIND_LABELS.items()],
        majors=queries.offered_majors(here.id),
    )


@bp.get("/<school>/postings/<posting>")
@access.public
def read(posting: str) -> Any:
    """One posting, with what search engines want to know about it."""
    here = access.school()
    one = queries.posting_for_public(posting, here.id, clock.now())
    content = queries.content_of(one.revision)
    return render_template(
        "postings/read.html",
        publication=one,
        posting=one.posting,
        content=content,
        majors=queries.majors_named(content.majors)[0],
        linked_data=job_posting(one.posting, content, one),
    )
