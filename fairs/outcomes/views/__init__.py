"""Pages after a fair: the organisers', those of the people who were there, and the public results."""

from fairs.outcomes.views import office, people
from fairs.outcomes.views.blueprint import bp

__all__ = ["bp", "office", "people"]
