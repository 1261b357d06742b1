"""The blueprint that the pages of postings share, and what their templates may call."""

from typing import Any

from flask import Blueprint, url_for

from fairs.config import settings
from fairs.employers.rules import EMPLOYER_KIND_LABELS, OWNERSHIP_LABELS, STANDING_LABELS
from fairs.postings import shelves
from fairs.postings.badges import badge_at, badge_of
from fairs.postings.quality import quality
from fairs.postings.queries import content_of
from fairs.postings.rules import POSTING_KIND_LABELS
from fairs.postings.shelf import PostingShelf
from fairs.students.rules import DEGREE_LABELS
from fairs.vetting.marks import wording_of

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
bp.add_app_template_global(wording_of, "wording_of")
bp.add_app_template_global(POSTING_KIND_LABELS.get, "kind_label")
bp.add_app_template_global(DEGREE_LABELS.get, "degree_label")
