"""Pages of the imports of master lists; each has the four pages of ``files.importing``."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import ROLE_LABELS, RoleKind
from fairs.administration import listed
from fairs.administration.actions import imports as actions
from fairs.administration.codelists import ENDED, IN_USE
from fairs.administration.master import CALENDAR_KINDS, LISTS, MasterList
from fairs.administration.views.blueprint import leading
from fairs.clock import campus_day
from fairs.files.forms import PreviewForm
from fairs.files.importing import Confirmed, Importing, add_import
from fairs.files.imports import Words
from fairs.files.models import File
from fairs.institutions.models import University
from fairs.tasks.models import Task
from fairs.venues.rules import SPACE_LABELS, SpaceKind

PATHS = {
    "staff": "people",
    "places": "organisation",
    "spaces": "spaces",
    "calendar": "calendar",
    "chains": "chains",
    "committees": "committees",
}

DAYS = {value: word for word, value in CALENDAR_KINDS.items()}
OF_THE_OFFICE = {"spaces", *listed.CODE_LISTS}
"""Lists that every officer may import; the others are for those who lead."""


def _words(kind: MasterList) -> Callable[[University], Words]:
    """How a preview words each field of a list."""

    def words(school: University) -> Words:
        around = listed.around(school.id)
        departments = {number: name for name, number in around.departments.items()}
        campuses = {number: name for name, number in around.campuses.items()}
        special: dict[str, dict[str, Callable[[Any], str]]] = {
            "staff": {
                "kind": lambda value: gettext(ROLE_LABELS[RoleKind(value)]),
                "department_id": lambda value: departments.get(value, ""),
            },
            "spaces": {
                "kind": lambda value: gettext(SPACE_LABELS[SpaceKind(value)]),
                "campus_id": lambda value: campuses.get(value, ""),
            },
            "calendar": {"kind": lambda value: gettext(DAYS[value])},
            **{key: {"ended": _state} for key in listed.CODE_LISTS},
        }
        own = special.get(kind.key, {})
        return {name: own.get(name, _plain) for name in kind.shown}

    return words


def _state(ended: bool) -> str:
    return str(gettext(ENDED if ended else IN_USE))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _hand_in(kind: MasterList) -> Callable[..., File]:
    def hand_in(content: bytes, name: str, *, by: int, university_id: int, now: datetime) -> File:
        return actions.hand_in(kind, content, name, by=by, university_id=university_id, now=now)

    return hand_in


def _begin(kind: MasterList) -> Callable[[Any, Confirmed, datetime], Task]:
    def begin(_form: Any, confirmed: Confirmed, now: datetime) -> Task:
        return actions.begin_import(actions.Wish(key=kind.key, **asdict(confirmed)), now)

    return begin


def _plan(kind: MasterList) -> Callable[[File, University], Any]:
    return lambda file, school: listed.import_plan(kind, file, school.id, campus_day(clock.now()))


def _importing(kind: MasterList) -> Blueprint:
    bp = Blueprint(f"{kind.key}_imports", __name__)
    add_import(
        bp,
        Importing(
            path=f"/<school>/office/{PATHS[kind.key]}",
            names=(kind.title, f"{kind.title}导入模板.xlsx"),
            columns=kind.columns,
            headings=tuple(column.title for column in kind.columns),
            form=PreviewForm,
            pages=("administration/import_upload.html", "administration/import_preview.html"),
            hand_in=_hand_in(kind),
            plan=_plan(kind),
            words=_words(kind),
            begin=_begin(kind),
            guard=access.office if kind.key in OF_THE_OFFICE else leading,
            home=actions.PAGES[kind.key],
        ),
    )
    return bp


IMPORTS = tuple(_importing(kind) for kind in LISTS.values())
"""A blueprint for each list: ``staff_imports``, ``places_imports``, ``chains_imports`` …"""
