"""The forms that every import has: handing in a sheet, confirming its preview."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField


class SheetForm(FlaskForm):
    """A filled-in template."""

    sheet = FileField(
        _("填好的表格"),
        [FileRequired(_("请选择要导入的 XLSX 文件。"))],
        description=_("XLSX 格式，不超过 10 MB，一次最多 20,000 行。"),
        render_kw={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    )


class PreviewForm(FlaskForm):
    """What the officer saw when confirming an import."""

    shown = HiddenField()
