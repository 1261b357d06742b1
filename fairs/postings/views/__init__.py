"""Pages of postings: the employer's, the officers', and the public's."""

from fairs.postings.views import employer, office, public, submission, together
from fairs.postings.views.blueprint import bp

__all__ = ["bp", "employer", "office", "public", "submission", "together"]
