"""Pages of booking, tickets and waiting lists, of the desk, and of when booking begins."""

from fairs.registrations.views import desk, office, student
from fairs.registrations.views.blueprint import bp

__all__ = ["bp", "desk", "office", "student"]
