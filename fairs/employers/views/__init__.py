"""Pages of employers: registering, their own pages, and the office's review."""

from fairs.employers.views import judging, office, own, people, recourse, registering
from fairs.employers.views.blueprint import bp

__all__ = ["bp", "judging", "office", "own", "people", "recourse", "registering"]
