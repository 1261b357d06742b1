"""Code lists that each office keeps itself: industrial chains of its province, industry committees (S9, S92).

The notices give one province's chains and only the number of the committees. So the chains of ``chains.json`` serve
until a university imports its own, and nobody has committees before that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sqlalchemy as sa

from fairs.database import db
from fairs.institutions.models import ListedCode
from fairs.institutions.rules import CodeKind

MOST = 500
"""Lines of one list of one university."""


@dataclass(frozen=True)
class Entry:
    """A line of a code list: what is stored, how it is called, its province; an ended one is offered no more."""

    code: str
    name: str
    area: str = ""
    ended: bool = False


@cache
def built_in() -> Mapping[str, Entry]:
    """The chains that the installation knows, by code, in the order of the file."""
    provinces = json.loads(files("fairs.institutions").joinpath("chains.json").read_text("utf-8"))[
        "provinces"
    ]
    return {
        code: Entry(code, name, province)
        for province, names in provinces.items()
        for code, name in names.items()
    }


CHAIN_LABELS = {code: one.name for code, one in built_in().items()}
"""The built-in chains as words, so that the translations know them."""


def own(kind: CodeKind, university_id: int) -> dict[str, Entry]:
    """The list that a university has imported, by code, ended lines too."""
    chosen = sa.select(ListedCode).where(ListedCode.university_id == university_id, ListedCode.kind == kind)
    rows = db.session.scalars(chosen.order_by(ListedCode.area, ListedCode.code).limit(MOST))
    return {row.code: Entry(row.code, row.name, row.area, row.ended_at is not None) for row in rows}


def offered(kind: CodeKind, university_id: int) -> dict[str, Entry]:
    """What may be chosen now: the university's own list; of chains the built-in one until there is one."""
    mine = own(kind, university_id)
    if not mine and kind is CodeKind.CHAIN:
        return dict(built_in())
    return {code: one for code, one in mine.items() if not one.ended}


def known(kind: CodeKind, university_id: int) -> dict[str, Entry]:
    """Every line that something may still carry, the university's own words before the built-in ones."""
    mine = own(kind, university_id)
    return {**built_in(), **mine} if kind is CodeKind.CHAIN else mine


def chain_names(university_id: int) -> dict[str, str]:
    """The name of every chain that something may carry, by code."""
    return {code: one.name for code, one in known(CodeKind.CHAIN, university_id).items()}
