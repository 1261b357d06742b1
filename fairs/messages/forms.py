"""The form with which an activation link is asked for."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import DataRequired, Email, Length


class ForgottenForm(FlaskForm):
    """The mailbox of an account."""

    mailbox = EmailField(
        _("邮箱"),
        [
            DataRequired(_("请填写邮箱。")),
            Length(max=120),
            Email(_("请填写完整的邮箱，如 name@example.com。")),
        ],
        filters=[lambda typed: typed.strip() if typed else typed],
        description=_("注册时填写的邮箱，或学校为您登记的邮箱。"),
        render_kw={"autocomplete": "email", "autocapitalize": "none"},
    )
