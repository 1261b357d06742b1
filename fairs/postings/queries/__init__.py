"""Reads of postings: what is written, how it stands, what is shown."""

from fairs.postings.queries.lists import before_school, narrowed, whole
from fairs.postings.queries.majors import major_suggestions, majors_named, offered_majors
from fairs.postings.queries.published import (
    board,
    cities,
    hiring,
    posting_for_public,
    published,
    published_of_employer,
    related,
)
from fairs.postings.queries.standings import (
    AtSchool,
    Overview,
    Returned,
    Step,
    history,
    overview,
    returned,
    state_of,
)
from fairs.postings.queries.written import (
    content_of,
    employer_type,
    hiring_of,
    latest_revision,
    of_employer,
    posting,
    revision,
    revisions,
    strictness,
    submitted_today,
)

__all__ = [
    "AtSchool",
    "Overview",
    "Returned",
    "Step",
    "before_school",
    "board",
    "cities",
    "content_of",
    "employer_type",
    "hiring",
    "hiring_of",
    "history",
    "latest_revision",
    "major_suggestions",
    "majors_named",
    "narrowed",
    "of_employer",
    "offered_majors",
    "overview",
    "posting",
    "posting_for_public",
    "published",
    "published_of_employer",
    "related",
    "returned",
    "revision",
    "revisions",
    "state_of",
    "strictness",
    "submitted_today",
    "whole",
]
