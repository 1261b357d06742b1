"""Confirming an import of students."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from fairs.files.forms import PreviewForm


class ApplyForm(PreviewForm):
    """The preview's ticks."""

    gone = BooleanField(
        _("把名单里没有的学生标记为“已离校”"),
        description=_("只涉及与名单同院系、同毕业年份的在校学生；他们将不能再登录预约，记录保留。"),
    )
    links = BooleanField(
        _("给新增的学生发送激活链接"),
        description=_("只发给填写了邮箱的学生；链接 14 天内有效，用它设置密码。"),
    )
