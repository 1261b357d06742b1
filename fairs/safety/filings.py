"""What is reported to the authorities around a fair, by preset: offsets are data, not code (P23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

import yaml

from fairs.workdays.rules import WorkCalendar

NO_PRESET = "none"


class FaultyPresets(Exception):
    """The file of presets cannot be used; says why."""


@dataclass(frozen=True)
class Duty:
    """Something to be filed; ``offset`` days from the first day (before, negative) or the last one (after)."""

    key: str
    offset: int
    words: Mapping[str, str]


@dataclass(frozen=True)
class Preset:
    """The duties of one place."""

    key: str
    title: Mapping[str, str]
    duties: tuple[Duty, ...]


def read(text: str) -> Mapping[str, Preset]:
    """The presets by key. Raises FaultyPresets."""
    try:
        raw = yaml.safe_load(text)
        presets = {
            key: Preset(
                key,
                {"zh": str(one["title"]["zh"]), "en": str(one["title"]["en"])},
                tuple(
                    Duty(str(d["id"]), int(d["offset"]), {"zh": str(d["zh"]), "en": str(d["en"])})
                    for d in one["duties"]
                ),
            )
            for key, one in raw.items()
        }
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as fault:
        raise FaultyPresets(f"filings.yaml: {fault!r}") from fault
    if NO_PRESET not in presets or presets[NO_PRESET].duties:
        raise FaultyPresets("filings.yaml: needs an empty preset 'none'")
    return presets


PRESETS = read(files("fairs.safety").joinpath("filings.yaml").read_text("utf-8"))
"""Read when the program starts."""


@dataclass(frozen=True)
class Due:
    """A duty of one event with its date; moved back to a working day before the event, forward never."""

    duty: Duty
    on: date


def due(preset: str, first_day: date, last_day: date, days: WorkCalendar) -> tuple[Due, ...]:
    """What is to be filed for an event, by date. Raises CalendarTooShort at the beginning of time."""
    chosen = PRESETS.get(preset, PRESETS[NO_PRESET])
    found = []
    for duty in chosen.duties:
        on = (first_day if duty.offset <= 0 else last_day) + timedelta(days=duty.offset)
        found.append(Due(duty, on if days.is_workday(on) else days.previous_workday(on)))
    return tuple(sorted(found, key=lambda one: one.on))
