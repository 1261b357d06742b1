"""Pages of docking meetings."""

from fairs.docking.views import office, own
from fairs.docking.views.blueprint import bp

__all__ = ["bp", "office", "own"]
