"""The blueprint that the pages of postings share, and what their templates may call."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, url_for
from flask_babel import force_locale, gettext

from fairs.config import settings
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, STANDING_LABELS
from fairs.postings import shelves
from fairs.postings.badges import badge_at, badge_of
from fairs.postings.hints import Hint
from fairs.postings.quality import quality
from fairs.postings.queries import content_of
from fairs.postings.rules import POSTING_KIND_LABELS
from fairs.postings.shelf import PostingShelf
from fairs.students.rules import DEGREE_LABELS
from fairs.vetting.marks import wording_of
from fairs.vetting.mending import Mend, in_english, mended

bp = Blueprint("postings", __name__)
shelves.register(PostingShelf())


def canonical(endpoint: str, **values: Any) -> str:
    """The one address under which search engines know a page."""
    return settings().public_url + url_for(endpoint, **values)


bp.add_app_template_global(canonical, "canonical")
bp.add_app_template_global(quality, "quality_of")
bp.add_app_template_global(content_of, "posting_content")
bp.add_app_template_global(EMPLOYER_KIND_LABELS.get, "employer_kind")
bp.add_app_template_global(OWNERSHIP_LABELS.get, "ownership")
bp.add_app_template_global(STANDING_LABELS.get, "standing_label")
bp.add_app_template_global(badge_of, "posting_badge")
bp.add_app_template_global(badge_at, "posting_badge_at")


@bp.app_template_global()
def mend_of(places: Sequence[Hint]) -> tuple[str, Mend] | None:
    """(wording, change) that one press makes of a clause wherever it is said; None where only advice is given.

    What goes into an English sentence is the wording's English form.
    """
    first = places[0]
    wording = wording_of(first.rewrite)
    if wording is None:
        return None
    with force_locale("en"):
        english = wording_of(gettext(first.rewrite))
    mend = mended(first.text, places, wording, english)
    foreign = english is not None and in_english(first.text, first.start, first.end)
    return (english if foreign and wording and english else wording, mend) if mend else None


bp.add_app_template_global(POSTING_KIND_LABELS.get, "kind_label")
bp.add_app_template_global(DEGREE_LABELS.get, "degree_label")
