"""Departments that an import would call otherwise: shown before it is confirmed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from fairs.files.imports import Plan


@dataclass(frozen=True)
class Renamed:
    """A department that keeps its code and gets another name."""

    code: str
    before: str
    after: str


def renamed(made: Plan, names: Mapping[str, str]) -> tuple[Renamed, ...]:
    """The departments that an import would call otherwise; ``names`` by code, as they are called now."""
    lines = [*made.new, *(change.line for change in made.changed)]
    said = {line.values["department_code"]: line.values["department"] for line in lines}
    return tuple(
        Renamed(code, names[code], name)
        for code, name in sorted(said.items())
        if code in names and names[code] != name
    )
