"""Checklists of the provinces: versioned files, read and checked when the program starts (S30).

A plan keeps the key of the file that it was answered with, so a file that was in use is never changed: a new
version is a new file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import Any

import yaml

NATIONAL = "national"
_KEYS = {"province", "version", "title", "source", "items"}
_ITEM_KEYS = {"id", "zh", "en"}


class FaultyChecklist(Exception):
    """A file cannot be used; says which one and why."""


class Answer(StrEnum):
    """What is said to an item; what does not apply needs a reason, what is not done too."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


ANSWER_LABELS = {Answer.YES: "已落实", Answer.NO: "未落实", Answer.NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True)
class Item:
    """One question; ``words`` by language."""

    id: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Checklist:
    """A version of a province's checklist; ``key`` is the file's name."""

    key: str
    province: str
    version: int
    title: Mapping[str, str]
    source: str
    items: tuple[Item, ...]

    def unanswered(self, answers: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
        """The ids of items without an answer, not done, or said not to apply without a reason."""
        return tuple(item.id for item in self.items if not _settled(answers.get(item.id)))


def _settled(given: Mapping[str, str] | None) -> bool:
    if not given:
        return False
    answer = given.get("answer")
    return answer == Answer.YES or (answer == Answer.NOT_APPLICABLE and bool(given.get("note", "").strip()))


def read(key: str, text: str) -> Checklist:
    """The checklist of one file. Raises FaultyChecklist."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise FaultyChecklist(f"{key}: cannot be read: {fault}") from fault
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        raise FaultyChecklist(f"{key}: must have exactly {sorted(_KEYS)}")
    if key != f"{raw['province']}-{raw['version']}":
        raise FaultyChecklist(f"{key}: province and version do not fit the file's name")
    items = tuple(_item(key, item) for item in raw["items"] or ())
    names = [item.id for item in items]
    if not items or len(set(names)) != len(names):
        raise FaultyChecklist(f"{key}: items are missing, or an id is used twice")
    title = {"zh": str(raw["title"]["zh"]), "en": str(raw["title"]["en"])}
    return Checklist(key, raw["province"], int(raw["version"]), title, str(raw["source"]), items)


def _item(key: str, raw: Any) -> Item:
    if not isinstance(raw, dict) or set(raw) != _ITEM_KEYS or not all(str(v).strip() for v in raw.values()):
        raise FaultyChecklist(f"{key}: an item must have exactly {sorted(_ITEM_KEYS)}: {raw!r}")
    return Item(str(raw["id"]), {"zh": str(raw["zh"]), "en": str(raw["en"])})


def load() -> Mapping[str, Checklist]:
    """Every checklist by its key. Raises FaultyChecklist, or one without the national default."""
    folder = files("fairs.safety").joinpath("checklists")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    known = {}
    for name in names:
        key = name.removesuffix(".yaml")
        known[key] = read(key, folder.joinpath(name).read_text("utf-8"))
    if not any(one.province == NATIONAL for one in known.values()):
        raise FaultyChecklist("the national default is missing")
    return known


CHECKLISTS = load()
"""Read when the program starts, so that a faulty file stops it there and not on the day of a fair."""


def provinces() -> tuple[str, ...]:
    """The provinces that have a checklist of their own, the national default first."""
    return (NATIONAL, *sorted({one.province for one in CHECKLISTS.values()} - {NATIONAL}))


def newest(province: str) -> Checklist:
    """The newest version of a province's checklist, else of the national one."""
    own = [one for one in CHECKLISTS.values() if one.province == province]
    return max(own, key=lambda one: one.version) if own else newest(NATIONAL)
