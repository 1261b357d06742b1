"""The duty table as data: what a university may set, within which limits, and what counts where it set nothing.

Pure. ``duties.yaml`` holds every key with its usual value and its source; a university's own values stand in
``University.settings`` under the same key. Whoever needs a value asks ``whole`` or ``chosen`` here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from fairs.errors import Invalid
from fairs.institutions.colours import accent

Text = Mapping[str, str]
"""A text by language: ``zh`` and ``en``."""


class DutyKind(StrEnum):
    """What sort of value a duty has."""

    WHOLE = "whole"
    CHOICE = "choice"
    COLOUR = "colour"


class NotWhole(Invalid):
    """The value is no whole number within the limits of the duty."""

    code = "duty_not_whole"
    sentence = "请填写 %(least)s 到 %(most)s 之间的整数。"
    field = "value"


class NotOffered(Invalid):
    """The value is none of the duty's choices."""

    code = "duty_not_offered"
    sentence = "请从列出的选项中选择。"
    field = "value"


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One line of the duty table; its texts are in both languages, by ``zh`` and ``en``.

    ``source`` is the row of the requirements; ``basis`` says to people what the usual value rests on.
    """

    key: str
    group: str
    kind: DutyKind
    value: int | str
    source: str
    basis: Text
    who: str
    label: Text
    help: Text
    effect: Text
    unit: Text = field(default_factory=dict)
    least: int = 0
    most: int = 0
    choices: Mapping[str, Text] = field(default_factory=dict)

    def read(self, raw: object) -> int | str:
        """``raw`` as a value of this duty. Raises NotWhole, NotOffered, NotAColour or TooPale."""
        if self.kind is DutyKind.CHOICE:
            if raw not in self.choices:
                raise NotOffered
            return str(raw)
        text = str(raw).strip()
        if self.kind is DutyKind.COLOUR:
            return accent(text) if text else ""
        plain = text.isascii() and text.isdecimal() and len(text) < 10
        if not plain or not self.least <= int(text) <= self.most:
            raise NotWhole(least=self.least, most=self.most)
        return int(text)

    def worded(self, value: int | str, language: str) -> str:
        """How a value reads in a language: a choice's words, a number with its unit, a colour as it is."""
        words = self.choices.get(str(value))
        return words[language] if words else f"{value} {self.unit.get(language, '')}".strip()


@cache
def _content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        files("fairs.institutions").joinpath("duties.yaml").read_text("utf-8")
    )
    return loaded


def version() -> int:
    """The version of the table, shown beside it."""
    return int(_content()["version"])


def groups() -> Mapping[str, Text]:
    """Headings by key, in the order of the table."""
    return dict(_content()["groups"])


@cache
def duties() -> Mapping[str, Duty]:
    """Every duty by its key, in the order of the table."""
    return {line["key"]: Duty(**line | {"kind": DutyKind(line["kind"])}) for line in _content()["duties"]}


def of_group(settings: Mapping[str, Any], group: str) -> list[tuple[Duty, int | str]]:
    """The duties of a group with what is in force, in the order of the table."""
    return [(one, in_force(settings, one.key)) for one in duties().values() if one.group == group]


def whole(settings: Mapping[str, Any], key: str) -> int:
    """The number in force: the university's own if it is one that may be set, else the usual one."""
    return int(in_force(settings, key))


def chosen(settings: Mapping[str, Any], key: str) -> str:
    """The choice in force: the university's own if it is one that may be set, else the usual one."""
    return str(in_force(settings, key))


def in_force(settings: Mapping[str, Any], key: str) -> int | str:
    """The value in force: the university's own if it is one that may be set, else the usual one."""
    duty = duties()[key]
    if key not in settings:
        return duty.value
    try:
        return duty.read(settings[key])
    except Invalid:
        # limits may have become narrower since it was set: then the usual value is the safe one
        return duty.value
