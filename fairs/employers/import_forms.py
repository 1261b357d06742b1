"""Confirming an import of employers."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired
from wtforms.widgets import ListWidget

from fairs.files.forms import PreviewForm
from fairs.web.forms import SelectChoice


class ApplyForm(PreviewForm):
    """What the imported employers may do, and whether their contacts are written to."""

    standing = RadioField(
        _("导入后的认证状态"),
        choices=[
            SelectChoice("submitted", _("待审核：由老师逐家审核材料")),
            SelectChoice("verified", _("已认证：材料已在线下核验，一年内有效")),
        ],
        default="submitted",
        validators=[InputRequired()],
        widget=ListWidget(prefix_label=False),
    )
    links = BooleanField(
        _("给新的联系人发送激活链接"),
        description=_("链接 14 天内有效，联系人用它设置密码。"),
    )
