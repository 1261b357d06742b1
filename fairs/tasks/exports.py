"""Long sheets as background work: asked for from a list, waiting as a file on the task's page."""

import json
from hashlib import sha256
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.files.exporting import Exporting, Filters, hand_over
from fairs.institutions.models import University
from fairs.tasks import actions, queries
from fairs.web.language import current
from fairs.web.refusals import back_to

KIND = "tasks.export"


def _later(one: Exporting, here: University, filters: Filters) -> Any:
    """Queue the sheet and show its task; the one that is being made, if the same was asked for already."""
    by, school_id = access.me().person_id, here.id
    params = {
        "sheet": one.key,
        "school": school_id,
        "filters": dict(filters),
        "by": by,
        "language": current(),
    }
    dedupe = f"{KIND}:{sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()}"
    if live := queries.live_task(dedupe):
        return redirect(url_for("tasks.task", task=live))
    task = actions.enqueue(
        KIND, params, dedupe=dedupe, university_id=school_id, by=by, now=clock.now()
    ).public_id
    return back_to("tasks.task", _("名单较长，正在后台生成表格，完成后在这里下载。"), "info", task=task)


def install() -> None:
    """From now on long sheets are made here."""
    hand_over(_later)
