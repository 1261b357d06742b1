"""The background work of this feature: sheets too long to wait for."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from fairs import clock
from fairs.database import db, transaction
from fairs.files import actions as files
from fairs.files.exporting import EXPORTS, Exporting, all_cells
from fairs.files.rules import FilePurpose
from fairs.files.sheets import write_xlsx
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.tasks import registry
from fairs.tasks.exports import KIND
from fairs.tasks.rules import NOTE_LABELS
from fairs.web.language import LANGUAGES


@registry.register(KIND)
def export(progress: registry.Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Make the sheet of a list, as it is when the work begins. A stopped one begins anew."""
    if "result" in progress.checkpoint:
        return dict(progress.checkpoint["result"])
    one, here = EXPORTS[params["sheet"]], institutions.university(params["school"])
    counted = _Counted(one, here, params["filters"], progress)
    with force_locale(LANGUAGES[params["language"]]):
        title = _(one.title)
        content = write_xlsx(title, one.headings(), counted)
    result = {"rows": counted.rows}
    _keep(one, params, content, f"{title}.xlsx", result, progress)
    return result


class _Counted:
    """The rows of a sheet, counted as they are written."""

    def __init__(
        self, one: Exporting, here: University, filters: dict[str, str], progress: registry.Progress
    ) -> None:
        self.one, self.here, self.filters, self.progress = one, here, filters, progress
        self.rows = 0

    def __iter__(self) -> Iterator[Sequence[Any]]:
        for row in all_cells(self.one, self.here, self.filters, self._told):
            self.rows += 1
            yield row

    def _told(self, done: int, of: int) -> None:
        self.progress.report(done, of, NOTE_LABELS["sheet"])
        db.session.refresh(self.here)


@transaction
def _keep(
    one: Exporting,
    params: dict[str, Any],
    content: bytes,
    name: str,
    result: dict[str, int],
    progress: registry.Progress,
) -> None:
    """The file, on the task's page, and the note in the trail: all or nothing."""
    here, by, now = institutions.university(params["school"]), params["by"], clock.now()
    file = files.keep(content, name, FilePurpose.EXPORT, by=by, university_id=here.id, now=now)
    one.log(here, result["rows"], params["filters"], by, now)
    progress.attach(file.id)
    progress.keep({"result": result})
