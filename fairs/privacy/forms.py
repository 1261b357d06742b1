"""Forms of a person's rights."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, SubmitField
from wtforms.validators import Length, Optional

from fairs.accounts.rules import DocumentKind


class ErasureForm(FlaskForm):
    """Asking to be forgotten."""

    reason = StringField(_("原因"), [Optional(), Length(max=300)])


class WithdrawForm(FlaskForm):
    """Which consent is taken back."""

    document = HiddenField()

    def kind(self) -> DocumentKind | None:
        """The document, if it is one of ours."""
        form: Any = self
        return {one.value: one for one in DocumentKind}.get(form.document.data or "")


class DecisionForm(FlaskForm):
    """An officer's answer."""

    answer = StringField(_("不同意的理由"), [Optional(), Length(max=300)], description=_("申请人会看到。"))
    decline = SubmitField(_("不同意"))
