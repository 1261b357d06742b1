"""The officer's decision."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # WTForms 3.3 has it, its stubs not yet
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from fairs.vetting.rules import REASON_LABELS, VerdictKind


class DecisionForm(FlaskForm):
    """A verdict (the button pressed), its reason, and the findings that the officer does not share."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    verdict = HiddenField(validators=[AnyOf([VerdictKind.APPROVE, VerdictKind.RETURN, VerdictKind.REJECT])])
    template = SelectField(_("常用原因"), [Optional()], validate_choice=False)
    reason = TextAreaField(
        _("给单位的说明"),
        [Optional(), Length(max=1000)],
        description=_("退回或不通过时必填，单位会看到这段文字。"),
        render_kw={"rows": 4},
    )
    overruled = SelectMultipleField(validators=[Optional()], coerce=int, validate_choice=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.template.choices = [
            SelectChoice("", gettext("选择常用原因")),
            *(SelectChoice(key, gettext(text)) for key, text in REASON_LABELS.items()),
        ]

    def full_reason(self) -> str:
        """What the employer reads: the chosen template, then what was typed."""
        typed = (self.reason.data or "").strip()
        template = REASON_LABELS.get(self.template.data or "", "")
        parts = (template if template not in typed else "", typed)
        return "\n".join(part for part in parts if part)
