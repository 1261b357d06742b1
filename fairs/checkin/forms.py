"""Forms of the office's door page."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from fairs.checkin.rules import DIRECTION_LABELS
from fairs.web.forms import SelectChoice


class GateForm(FlaskForm):
    """A door of a hall. The halls are set by the view."""

    name = StringField(_("入口名称"), [DataRequired(_("请填写入口名称。")), Length(max=40)])
    space = SelectField(_("场馆"), [InputRequired()])
    direction = SelectField(
        _("方向"),
        [InputRequired()],
        choices=[SelectChoice(way.value, _(label)) for way, label in DIRECTION_LABELS.items()],
    )


class PassForm(FlaskForm):
    """A day pass for one phone."""

    label = StringField(
        _("交给谁"),
        [DataRequired(_("请填写交给谁。")), Length(max=60)],
        description=_("例如“志愿者小林的手机”，便于丢失时停用。"),
    )
    hours = IntegerField(
        _("有效几小时"),
        [InputRequired(_("请填写有效几小时。")), NumberRange(1, 24, _("通行证有效期为 1 至 24 小时。"))],
        default=10,
    )
