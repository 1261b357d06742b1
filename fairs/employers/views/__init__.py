"""Pages of employers: registering, their own pages, and the office's review."""

from fairs.employers.views import office, own, people, registering
from fairs.employers.views.blueprint import bp

__all__ = ["bp", "office", "own", "people", "registering"]
