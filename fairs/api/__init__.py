"""The programming interface under /api/v1: the same queries and actions as the pages, as JSON."""

from fairs.api import checkin as _checkin
from fairs.api.blueprint import bp

ROUTES = (_checkin,)
"""Modules whose import adds their routes to ``bp``."""

__all__ = ["ROUTES", "bp"]
