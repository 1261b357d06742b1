"""Pages of programmes and events: the public's, and the office's."""

from fairs.programmes.views import making, office, parts, public
from fairs.programmes.views.blueprint import bp

__all__ = ["bp", "making", "office", "parts", "public"]
