"""The page of the office's own code lists: industrial chains, industry committees (S9, S92)."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from fairs.accounts import access
from fairs.administration.codelists import ENDED, IN_USE
from fairs.administration.listed import CODE_LISTS
from fairs.administration.master import LISTS
from fairs.administration.views.blueprint import bp
from fairs.files.answers import list_answer
from fairs.institutions import codes
from fairs.institutions.rules import CodeKind


@bp.get("/<school>/office/code-lists")
@access.office
def code_lists() -> str:
    """Chains and committees as they are now, and the way to change them."""
    here = access.school().id
    chains = codes.own(CodeKind.CHAIN, here)
    return render_template(
        "administration/codes.html",
        chains=chains or codes.offered(CodeKind.CHAIN, here),
        built_in=not chains,
        committees=codes.own(CodeKind.COMMITTEE, here),
        state_labels={False: IN_USE, True: ENDED},
    )


@bp.get("/<school>/office/code-lists/<any(chains, committees):kind>.xlsx")
@access.office
def code_list_sheet(kind: str) -> Any:
    """A list in the columns of its import: change it, hand it in again."""
    which, here, columns = CODE_LISTS[kind], access.school().id, LISTS[kind].columns
    rows = codes.own(which, here) or codes.offered(which, here)
    lines = [[_cell(one, column.key) for column in columns] for one in rows.values()]
    return list_answer(_(LISTS[kind].title), [column.title for column in columns], lines)


def _cell(one: codes.Entry, key: str) -> str:
    return (ENDED if one.ended else IN_USE) if key == "ended" else str(getattr(one, key))
