"""Pages of vetting: the queue, how the office vets, the second look, the rulebook."""

from fairs.vetting.views import queue, rulebook, samples, settings
from fairs.vetting.views.blueprint import bp

__all__ = ["bp", "queue", "rulebook", "samples", "settings"]
