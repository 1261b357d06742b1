"""Two who write one posting: what the other one saved, beside what was typed."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from fairs.postings import queries
from fairs.postings.content import Content
from fairs.postings.forms import PostingForm
from fairs.postings.models import Posting
from fairs.postings.rules import POSTING_KIND_LABELS
from fairs.postings.versions import seal_of
from fairs.students.rules import DEGREE_LABELS
from fairs.web.language import day


def typed_of(content: Content) -> dict[str, Any]:
    """The content as the form's fields show it; majors by name."""
    named, _unknown = queries.majors_named(content.majors)
    fields = {name: getattr(content, name) for name in content.__dataclass_fields__}
    return fields | {"majors": "，".join(named.values()), "headcount": content.headcount or None}


def saved_meanwhile(form: PostingForm, one: Posting | None) -> list[tuple[str, str]]:
    """What another window saved under this form, where it differs (field, value); from now on it has been seen.

    Nothing where the form was not refused for that.
    """
    if one is None or not form.version.errors:
        return []
    revision = queries.latest_revision(one.id)
    form.version.data = seal_of(revision)
    mine, theirs = typed_of(form.content()), typed_of(queries.content_of(revision))
    rows = [
        (form[name].label.text, _shown(name, theirs[name])) for name in mine if mine[name] != theirs[name]
    ]
    if form.chosen_kind() not in {None, one.kind}:
        rows.insert(0, (form.kind.label.text, _(POSTING_KIND_LABELS[one.kind])))
    return rows


def _shown(name: str, value: Any) -> str:
    if name == "degree":
        return str(_(DEGREE_LABELS.get(value) or "不限"))
    if isinstance(value, date):
        return day(value)
    return "" if value is None else str(value)
