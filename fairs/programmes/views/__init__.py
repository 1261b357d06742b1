"""Pages of programmes and events: the public's, and the office's."""

from fairs.programmes.views import external, making, office, parts, public, seasons
from fairs.programmes.views.blueprint import bp

__all__ = ["bp", "external", "making", "office", "parts", "public", "seasons"]
