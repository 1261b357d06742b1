"""Pages of postings: the employer's, the officers', and the public's."""

from fairs.postings.views import employer, grounds, office, public, submission, together
from fairs.postings.views.blueprint import bp

__all__ = ["bp", "employer", "grounds", "office", "public", "submission", "together"]
