"""Locking an employer out."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from fairs.employers.actions.papers import Upload
from fairs.employers.actions.sanctions import Bar
from fairs.employers.sanctions import SanctionKind
from fairs.web.forms import DayField, SelectChoice


class BarForm(FlaskForm):
    """Suspended or blacklisted, why, until when, shown by what."""

    version = IntegerField(widget=HiddenInput(), default=0)
    kind = RadioField(
        _("怎样处理"),
        [InputRequired(_("请选择怎样处理。"))],
        choices=[
            SelectChoice(SanctionKind.SUSPENSION.value, _("暂停：查清之前先停，本校老师可以解除")),
            SelectChoice(
                SanctionKind.BLACKLIST.value, _("黑名单：就业歧视、欺诈等，须有证据和期限，复核后才能恢复")
            ),
        ],
    )
    reason = TextAreaField(
        _("原因"),
        [DataRequired(_("请写明原因，对方会看到这段文字。")), Length(max=1000)],
        description=_("单位会看到这段文字。"),
        render_kw={"rows": 3},
    )
    until_on = DayField(_("截止日期"), [Optional()], description=_("列入黑名单必须填写；暂停可以不填。"))
    evidence = FileField(
        _("证据材料"),
        [Optional()],
        description=_("列入黑名单必须上传。PDF、PNG 或 JPEG，不超过 10 MB。"),
        render_kw={"accept": "application/pdf,image/png,image/jpeg"},
    )

    def bar(self) -> Bar:
        """What was decided."""
        kept = self.evidence.data
        evidence = Upload(kept.read(), kept.filename) if kept else None
        return Bar(SanctionKind(self.kind.data), self.reason.data or "", self.until_on.data, evidence)
