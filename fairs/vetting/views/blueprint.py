"""The blueprint that the pages of vetting share, and what their templates may call."""

from typing import Any

from flask import Blueprint
from flask_babel import gettext

from fairs import clock
from fairs.clauses.documents import REMARK_LABELS, Remark
from fairs.clauses.rules import CATEGORY_NAMES
from fairs.vetting import marks
from fairs.vetting.badges import badge_of, severity_badge
from fairs.vetting.desk import case_url
from fairs.vetting.rules import SUBJECT_LABELS, VERDICT_LABELS

bp = Blueprint("vetting", __name__)


@bp.app_template_global("marked_text")
def marked_text(text: str, field: str, numbered: list[Any]) -> list[marks.Segment]:
    """A field's text, cut at its findings; a hint leads to its first place, in whichever field that is."""
    leads = {hint.finding for hint in marks.once(numbered)}
    return marks.marked(text, [(number, one) for number, one in numbered if one.field == field], leads)


@bp.app_template_global("remark_words")
def remark_words(remark: Remark) -> str:
    """A remark in words; names that are put in (an element's) are words too."""
    params = {
        name: gettext(value) if isinstance(value, str) else value for name, value in remark.params.items()
    }
    return str(gettext(remark.reason) % params)


bp.add_app_template_global(marks.numbered, "numbered_findings")
bp.add_app_template_global(marks.once, "once")
bp.add_app_template_global(REMARK_LABELS.get, "remark_label")
bp.add_app_template_global(case_url, "case_url")
bp.add_app_template_global(CATEGORY_NAMES.get, "category_label")
bp.add_app_template_global(VERDICT_LABELS.get, "verdict_label")
bp.add_app_template_global(SUBJECT_LABELS.get, "subject_label")
bp.add_app_template_global(marks.TEXT_LABELS.get, "text_label")
bp.add_app_template_global(clock.campus_day, "campus_day")
bp.add_app_template_global(severity_badge, "severity_badge")
bp.add_app_template_global(badge_of, "case_badge")
# words that may hold a percent sign: the templates' own gettext would take it for a place to fill
bp.add_app_template_global(gettext, "in_own_words")
