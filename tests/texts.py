"""Every text that people may read, as the code has it."""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir

import fairs
from fairs.clauses.catalogue import catalogue
from fairs.errors import Refusal

ROOT = Path(__file__).resolve().parent.parent


def modules() -> list[Any]:
    """Every module of the application."""
    names = [m.name for m in pkgutil.walk_packages(fairs.__path__, "fairs.") if "__main__" not in m.name]
    return [importlib.import_module(name) for name in names]


def in_calls() -> dict[str, str]:
    """Message id → place, of every gettext call in code and templates."""
    found: dict[str, str] = {}
    for folder, pattern in (
        (ROOT / "fairs", "**.py"),
        (ROOT / "templates", "**.html"),
        (ROOT / "templates", "**.txt"),
    ):
        method = "python" if pattern == "**.py" else "jinja2.ext:babel_extract"
        options = {"**": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
        for name, line, message, *_ in extract_from_dir(
            str(folder),
            [(pattern, method)],
            options,
            directory_filter=lambda _: True,
            keywords={"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None},
        ):
            text = message[0] if isinstance(message, tuple) else message
            if text:
                found.setdefault(text, f"{folder.name}/{name}:{line}")
    return found


def in_data() -> dict[str, str]:
    """Message id → place, of refusals' sentences, of label tables and of the rulebook."""
    found: dict[str, str] = {}
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, type) and issubclass(value, Refusal):
                found.setdefault(value.sentence, f"{module.__name__}.{name}")
            elif (name in {"TITLES", "SENTENCES"} or name.endswith(("LABELS", "Y_NAMES"))) and isinstance(
                value, dict
            ):
                for text in _texts(value):
                    found.setdefault(text, f"{module.__name__}.{name}")
    for rule in catalogue().rules:
        for text in (rule.rewrite, *(lawful.rewrite for lawful in rule.lawful)):
            found.setdefault(text, f"rulebook {rule.id}")
    return found


def _texts(value: Any) -> Iterator[str]:
    """The texts of a table of labels, which may hold tables itself."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and not isinstance(value, StrEnum):
        yield value
