"""The part of a form that asks why a clause that should go stays (S36), and words that are checked while typed."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, TextAreaField
from wtforms.validators import Length, Optional

from fairs.employers.office_forms import upload_of
from fairs.postings.statutes import Stated
from fairs.web.forms import ask_while_typed


class StatuteForm(FlaskForm):
    """A form of words that are vetted: ground and document are asked for where the words hold such a clause."""

    ground = TextAreaField(
        _("法定依据"),
        [Optional(), Length(max=1000)],
        description=_("写明法律、法规或公告的名称和条款，说明这里为什么适用。"),
        render_kw={"rows": 3},
    )
    document = FileField(
        _("证明材料"),
        [Optional()],
        description=_("PDF、PNG 或 JPEG，不超过 10 MB。提交后与这一版一起保存，审核老师会看到。"),
        render_kw={"accept": ".pdf,.png,.jpg,.jpeg"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ground", "document"):  # they stand after the words, also in the list of what is wrong
            self._fields[name] = self._fields.pop(name)
            # the action demands them, where the words do: on the page they are shown only then
            self[name].flags.required = True

    def stated(self) -> Stated:
        """What was sent; reads the file, so it is asked once."""
        return Stated(self.ground.data or "", upload_of(self.document))


def check_while_typed(field: Field) -> None:
    """Have the clauses in an employer's text shown in the box below it while it is typed."""
    ask_while_typed(field, url_for("postings.hints", field=field.name))
