"""Forms and the refusals that answer them: the sentence stands at the field where it happened."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext
from wtforms import DateField, FileField

# one import for all forms: WTForms 3.3 has it, its stubs not yet
from wtforms.fields.choices import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # see above

from fairs.errors import Refusal
from fairs.web.refusals import sentence_of

DROPPED = "刚才选的文件超过 10 MB，没有上传。请压缩后重新选择。"
YEARS = range(2000, 2200)
"""Years that a form takes: far from the ends of the calendar, so that days may be added and taken away."""


class DayField(DateField):
    """A date of our time; a slip of the keyboard such as the year 20260 or 0026 is no date."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the date. Raises ValueError, which WTForms shows at the field."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(self.gettext("Not a valid date value."))


def submitted(form: Any, action: Callable[[], Any]) -> Any:
    """If ``form`` was sent and is valid, do ``action``: its result, or True where it returns nothing.

    None if the form was not sent, is not valid, or the action refused: then the refusal's sentence stands at
    the field that it names (or above the form) and everything typed is kept.
    """
    if not form.validate_on_submit():
        _say_dropped(form)
        return None
    try:
        result = action()
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        show_refusal(form, refusal)
        _say_dropped(form)
        return None
    return True if result is None else result


def _say_dropped(form: Any) -> None:
    """Of a file that is missing because the page did not take it (``static/base.js``) just that is said."""
    for name in request.form.getlist("too_large"):
        if name in form and isinstance(form[name], FileField) and not form[name].data and form[name].errors:
            form[name].errors = [gettext(DROPPED)]


def show_refusal(form: Any, refusal: Refusal) -> None:
    """Put the refusal's sentence beside the field that it names, or above the form.

    What is said of a file stands at the form's only place for one, whatever that is called.
    """
    name = refusal.field if refusal.field in form else None
    if name is None and refusal.field == "file":
        places = [field.name for field in form if isinstance(field, FileField)]
        name = places[0] if len(places) == 1 else None
    if name:
        form[name].errors = [*form[name].errors, sentence_of(refusal)]
    else:
        form.form_errors = [*form.form_errors, sentence_of(refusal)]


def ask_while_typed(field: Any, url: str) -> None:
    """Have ``url`` fill the box below a text (``postings/_checked.html``) anew while it is typed."""
    asks = {"hx-post": url, "hx-target": f"#{field.name}-hints", "hx-indicator": f"#{field.name}-hints"}
    asks |= {"hx-trigger": "input changed delay:600ms", "hx-sync": "this:replace"}
    field.render_kw = {**(field.render_kw or {}), **asks}


def status_of(form: Any) -> int:
    """The HTTP status of a page that shows ``form``: 422 if it has errors."""
    return 422 if form.errors or form.form_errors else 200
