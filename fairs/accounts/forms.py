"""Forms of signing in and setting a password."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length


class SignInForm(FlaskForm):
    """Login and password."""

    login = StringField(
        _("登录名"),
        [DataRequired(_("请填写登录名。")), Length(max=120)],
        description=_("学生填写学号，单位和老师填写邮箱。"),
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _("密码"), [DataRequired(_("请填写密码。"))], render_kw={"autocomplete": "current-password"}
    )


class ActivationForm(FlaskForm):
    """A new password, twice."""

    password = PasswordField(
        _("新密码"),
        [DataRequired(_("请填写密码。")), Length(min=10, message=_("密码至少 10 个字符。"))],
        description=_("至少 10 个字符，建议用几个词组成的短句。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输入一次"),
        [DataRequired(_("请再输入一次密码。")), EqualTo("password", _("两次输入的密码不一致。"))],
        render_kw={"autocomplete": "new-password"},
    )


class DocumentForm(FlaskForm):
    """Agreement to a document."""

    agree = BooleanField(_("我已阅读并同意"), [InputRequired(_("请勾选“我已阅读并同意”后继续。"))])
