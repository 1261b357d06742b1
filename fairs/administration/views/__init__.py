"""Pages of the administration: overview, settings, people, organisation, calendar, imports."""

from fairs.administration.views import codes, organisation, people, settings, year
from fairs.administration.views.blueprint import bp
from fairs.administration.views.imports import IMPORTS

__all__ = ["IMPORTS", "bp", "codes", "organisation", "people", "settings", "year"]
