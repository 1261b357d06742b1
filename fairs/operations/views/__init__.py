"""Pages of an event's steps and of what happens to it."""

from fairs.operations.views import changes, doors, steps
from fairs.operations.views.blueprint import bp

__all__ = ["bp", "changes", "doors", "steps"]
