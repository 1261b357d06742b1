"""Pages of booths: the office gives them, employers answer."""

from fairs.allocation.views import employer, office
from fairs.allocation.views.blueprint import bp

__all__ = ["bp", "employer", "office"]
