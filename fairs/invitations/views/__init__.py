"""Pages of invitations: the office's, those of whoever is invited, and what came of them."""

from fairs.invitations.views import answering, office, report
from fairs.invitations.views.blueprint import bp

__all__ = ["answering", "bp", "office", "report"]
