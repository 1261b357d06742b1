"""Pages of safety: the plan, the licence, people on duty, responsible persons, filings, vehicles."""

from fairs.safety.views import desk, duty, licence, plan
from fairs.safety.views.blueprint import bp

__all__ = ["bp", "desk", "duty", "licence", "plan"]
