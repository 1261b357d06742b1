"""Pages of protection: reporting and rights for everybody, cases and alerts for the office, the floor."""

from fairs.protection.views import alerts, floor, office, public
from fairs.protection.views.blueprint import bp

__all__ = ["alerts", "bp", "floor", "office", "public"]
