"""Pages of live streams."""

from fairs.livestreams.views import office, own, public
from fairs.livestreams.views.blueprint import bp

__all__ = ["bp", "office", "own", "public"]
