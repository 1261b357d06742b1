"""Writing an employer's own page."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from fairs.postings.statute_forms import StatuteForm
from fairs.profiles.rules import LONGEST


class ProfileForm(StatuteForm):
    """Introduction and logo."""

    introduction = TextAreaField(
        _("单位介绍"),
        [DataRequired(_("请填写单位介绍。")), Length(max=LONGEST)],
        description=_("做什么、在哪里、培养和福利怎样。招聘条件请写在招聘信息里。"),
        render_kw={"rows": 10},
    )
    logo = FileField(
        _("单位标志"),
        [Optional()],
        description=_("PNG 或 JPEG，不超过 10 MB；不上传则沿用原来的。"),
        render_kw={"accept": "image/png,image/jpeg"},
    )


class BrochureForm(StatuteForm):
    """The file of a brochure."""

    file = FileField(
        _("招聘简章"),
        [FileRequired(_("请选择文件。"))],
        description=_("PDF 或 DOCX，不超过 10 MB、60 页。请上传能选中文字的文件，扫描图片要由老师逐页查看。"),
        render_kw={"accept": ".pdf,.docx"},
    )
