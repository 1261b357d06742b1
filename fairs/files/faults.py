"""The faults of an import as a sheet, in the reader's language."""

from collections.abc import Sequence

from flask_babel import gettext as _

from fairs.files.imports import Plan
from fairs.files.sheets import Column, write_xlsx


def fault_sheet(plan: Plan, columns: Sequence[Column]) -> bytes:
    """A row per fault: where it is and what to do."""
    titles = {column.key: column.title for column in columns}
    rows = ([error.row, titles[error.column], _(error.sentence, **error.values)] for error in plan.errors)
    return write_xlsx(_("问题清单"), (_("行"), _("列"), _("需要怎么改")), rows)
