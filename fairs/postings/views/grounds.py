"""The document by which an employer keeps a clause, as its own people see it again."""

from flask import Response, g

from fairs.accounts import access
from fairs.database import found
from fairs.files.answers import shown
from fairs.postings import queries
from fairs.postings.views.blueprint import bp


@bp.get("/employer/<employer>/grounds/<case>")
@access.for_employer
def own_ground(case: str) -> Response:
    """What was handed in with the ground, for any text of the employer's."""
    file = found(queries.stated_by(g.employer_id, case).ground_file)
    return shown(file)
