"""The officer's decision, and how the office decides."""

from collections.abc import Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput, ListWidget

from fairs.vetting.rules import VerdictKind
from fairs.vetting.sampling import SAMPLE_LABELS, SampleVerdict
from fairs.web.forms import SelectChoice

DECISIONS = (VerdictKind.APPROVE, VerdictKind.RETURN, VerdictKind.REJECT, VerdictKind.LIFT)


class DecisionForm(FlaskForm):
    """A verdict (the button pressed), its reason, and the findings that the officer does not share."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    verdict = HiddenField(validators=[AnyOf(DECISIONS)])
    template = SelectField(_("常用原因"), [Optional()], validate_choice=False)
    reason = TextAreaField(
        _("给单位的说明"),
        [Optional(), Length(max=1000)],
        description=_("退回或不通过时必填，单位会看到这段文字。"),
        render_kw={"rows": 4},
    )
    overruled = SelectMultipleField(validators=[Optional()], coerce=int, validate_choice=False)

    def __init__(self, *args: object, reasons: Mapping[str, str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = reasons
        self.late: list[str] = []
        self.template.choices = [
            SelectChoice("", gettext("选择常用原因")),
            *(SelectChoice(key, gettext(text)) for key, text in reasons.items()),
        ]

    def renew(self, version: int, late: list[str]) -> None:
        """The page now shows ``version``, on which the next press decides; ``late``: what happened meanwhile."""
        self.version.data, self.version.raw_data = version, [str(version)]
        self.late = late
        self.form_errors.clear()

    def full_reason(self) -> str:
        """What the employer reads: the chosen template, then what was typed."""
        typed = (self.reason.data or "").strip()
        template = self.reasons.get(self.template.data or "", "")
        parts = (template if template not in typed else "", typed)
        return "\n".join(part for part in parts if part)


class ReasonTextForm(FlaskForm):
    """The words of a reason."""

    text = StringField(
        _("原因"),
        [InputRequired(_("请写明这条原因。")), Length(max=300)],
        description=_("单位会看到这段文字。"),
    )


class ReviewForm(FlaskForm):
    """A second officer's word on a decision."""

    verdict = RadioField(
        _("您的判断"),
        [InputRequired(_("请选择一项。"))],
        choices=[SelectChoice(one.value, _(label)) for one, label in SAMPLE_LABELS.items()],
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField(
        _("理由"),
        [Optional(), Length(max=1000)],
        description=_("不同意时必填，原审核老师会看到。"),
        render_kw={"rows": 3},
    )

    def said(self) -> tuple[SampleVerdict, str]:
        """Verdict and reason."""
        return SampleVerdict(self.verdict.data), self.reason.data or ""
