"""A stream as everybody sees it, and the one press that leads to it."""

from flask import make_response, render_template
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.livestreams import actions, queries
from fairs.livestreams.views.blueprint import bp, works_on


@bp.get("/<school>/live/<live>")
@access.public
def show(live: str) -> str:
    """One stream: what, when, who; and the way in for whom it concerns."""
    here, now = access.school(), clock.now()
    line = queries.shown(live, here.id)
    return render_template(
        "livestreams/show.html",
        line=line,
        row=line.session,
        event=line.session.event,
        postings=queries.spoken_of(line.session.id, here.id, now),
        now=now,
    )


@bp.post("/<school>/live/<live>/join")
@access.public
def join(live: str) -> Response:
    """Count the student once and send the browser on, without a word about who comes.

    A page with a Refresh header, not a redirect: browsers stop forms that are redirected to other sites
    (``form-action``).
    """
    row, who = queries.shown(live, access.school().id).session, access.viewer()
    works, now = works_on(row), clock.now()
    link = iri_to_uri(actions.enter(row.id, who.person_id if who else None, works=works, now=now))
    page = render_template("livestreams/joining.html", link=link, row=row, event=row.event)
    headers = {"Refresh": f"0; url={link}", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    return make_response(page, headers)
