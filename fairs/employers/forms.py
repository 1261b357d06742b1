"""Forms of registering, of an employer's own pages and of the office's decision."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from fairs.employers.models import Employer
from fairs.employers.registration import NewContact, Unit, clean_website
from fairs.employers.rules import (
    EMPLOYER_KIND_LABELS,
    OWNERSHIP_LABELS,
    SIZE_LABELS,
    EmployerKind,
    EmployerSize,
    Ownership,
)
from fairs.employers.sections import INDUSTRIES, REGIONS
from fairs.errors import Refusal
from fairs.web.forms import DayField, SelectChoice
from fairs.web.language import called
from fairs.web.refusals import sentence_of

Choices = list[SelectChoice]


def _choices(labels: Mapping[Any, str] | Iterable[str]) -> Choices:
    pairs = labels.items() if isinstance(labels, Mapping) else ((word, word) for word in labels)
    return [SelectChoice("", _("请选择")), *(SelectChoice(str(value), _(label)) for value, label in pairs)]


def _select(label: Any, labels: Mapping[Any, str] | Iterable[str], **kwargs: Any) -> SelectField:
    return SelectField(label, [InputRequired(_("请选择一项。"))], choices=_choices(labels), **kwargs)


class _CodeFields:
    """A code that is checked while it is typed, or the reason for having none."""

    uscc = StringField(
        _("统一社会信用代码"),
        [Length(max=40)],
        description=_("18 位，见营业执照、事业单位法人证书或社会组织登记证书。"),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    no_code = BooleanField(
        _("本单位没有统一社会信用代码（如驻华机构、部队）"), render_kw={"data-shows": "#exemption-part"}
    )
    exemption = TextAreaField(
        _("没有代码的原因"),
        [Length(max=200)],
        description=_("就业中心会看到这段说明，并据此核对。"),
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # one of the two is needed, so neither is marked as optional
        self.uscc.flags.required = self.exemption.flags.required = True

    def identity(self) -> tuple[str, str | None]:
        """(typed code, typed reason): the reason counts only if the box is ticked."""
        return self.uscc.data or "", (self.exemption.data or "") if self.no_code.data else None


class CodeForm(_CodeFields, FlaskForm):
    """First step of registering: who is it?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = {"hx-get": url_for("employers.code_check"), "hx-trigger": "input changed delay:400ms"}
        self.uscc.render_kw = {**self.uscc.render_kw, **live, "hx-target": "#code-answer", "maxlength": 24}


class UnitForm(FlaskForm):
    """What an employer is."""

    legal_name = StringField(
        _("单位全称"),
        [DataRequired(_("请填写单位全称。")), Length(max=120)],
        description=_("与营业执照或登记证书上的名称逐字一致。"),
        render_kw={"autocomplete": "organization"},
    )
    kind = _select(_("单位类型"), EMPLOYER_KIND_LABELS, description=_("决定需要哪些材料。"))
    ownership = _select(_("所有制"), OWNERSHIP_LABELS)
    size = _select(_("规模"), SIZE_LABELS, description=_("按国家统计局大中小微型划分。"))
    industry = _select(_("行业"), INDUSTRIES)
    region = _select(_("所在地区"), REGIONS)
    website = StringField(
        _("单位网站"), [Optional(), Length(max=200)], render_kw={"type": "url", "inputmode": "url"}
    )

    ncss_registered = BooleanField(
        _("已注册国家大学生就业服务平台"),
        description=_("还没有注册的，欢迎到 www.ncss.cn 免费注册，岗位可以同步展示。"),
    )

    def validate_website(self, field: Any) -> None:
        """The address is checked, and completed, by the rule."""
        try:
            field.data = clean_website(field.data or "")
        except Refusal as refusal:
            raise ValidationError(sentence_of(refusal)) from refusal

    def unit(self, uscc: str | None, exemption: str | None) -> Unit:
        """The filled-in unit under an identity."""
        return Unit(
            uscc=uscc,
            exemption=exemption,
            legal_name=(self.legal_name.data or "").strip(),
            kind=EmployerKind(self.kind.data),
            ownership=Ownership(self.ownership.data),
            size=EmployerSize(self.size.data),
            industry=self.industry.data,
            region=self.region.data,
            website=self.website.data or "",
            ncss_registered=bool(self.ncss_registered.data),
        )


class DataForm(_CodeFields, UnitForm):
    """An employer's own data, with its code."""

    def __init__(self, obj: Employer, **kwargs: Any) -> None:
        super().__init__(obj=obj, **kwargs)
        for name in ("industry", "region"):  # a sheet of the office may have said it in other words
            stored = getattr(obj, name)
            if stored and stored not in {choice.value for choice in self[name].choices}:
                self[name].choices = [*self[name].choices, SelectChoice(stored, stored)]


class ContactForm(FlaskForm):
    """A contact person."""

    name = StringField(
        _("姓名"), [DataRequired(_("请填写姓名。")), Length(max=60)], render_kw={"autocomplete": "name"}
    )
    phone = TelField(
        _("手机或座机"),
        [
            DataRequired(_("请填写电话。")),
            Regexp(r"^[0-9+ ()\-]{7,30}$", message=_("请填写完整的电话号码，可以带区号、空格、- 和括号。")),
        ],
        render_kw={"autocomplete": "tel"},
    )
    mail = EmailField(
        _("邮箱"),
        [DataRequired(_("请填写邮箱。")), Email(_("邮箱格式不正确。")), Length(max=120)],
        description=_("用作登录名，也接收审核结果。"),
        render_kw={"autocomplete": "email"},
    )

    def contact(self, password: str | None = None) -> NewContact:
        """The filled-in person."""
        return NewContact(
            name=(self.name.data or "").strip(),
            phone=(self.phone.data or "").strip(),
            mail=(self.mail.data or "").strip(),
            password=password,
        )


class AccountForm(ContactForm):
    """A contact person who sets a password at once."""

    password = PasswordField(
        _("设置密码"),
        [DataRequired(_("请填写密码。")), Length(min=10, message=_("密码至少 10 个字符。"))],
        description=_("至少 10 个字符，建议用几个词组成的短句。"),
        render_kw={"autocomplete": "new-password"},
    )


class _SchoolFields:
    """The universities to apply to."""

    universities = SelectMultipleField(
        _("申请的学校"),
        [InputRequired(_("请至少选择一所学校。"))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_("每所学校分别审核。以后还可以再申请其他学校。"),
    )

    def offer(self, schools: Iterable[Any]) -> None:
        """Offer these universities; a single one is chosen already."""
        offered = [(school.id, called(school)) for school in schools]
        self.universities.choices = [SelectChoice(str(number), name) for number, name in offered]
        if len(offered) == 1 and not self.universities.raw_data:
            self.universities.data = [offered[0][0]]


class OwnerForm(_SchoolFields, AccountForm):
    """Last data of a registration by somebody new."""


class SchoolsForm(_SchoolFields, FlaskForm):
    """Last data of a registration by somebody who is signed in; also a further application."""


class _LetterField:
    """The letter of authority, by which the career centre decides if no owner answers."""

    letter = FileField(
        _("单位委托书（盖章）"),
        [Optional()],
        description=_("负责人逾期未答复时，就业中心据此确认；也可以稍后上传。"),
        render_kw={"accept": "application/pdf,image/png,image/jpeg"},
    )


class JoinForm(_LetterField, FlaskForm):
    """A request by somebody who is signed in."""


class JoinAccountForm(_LetterField, AccountForm):
    """A request by somebody new."""


class PaperForm(FlaskForm):
    """One paper."""

    file = FileField(
        _("文件"),
        [FileRequired(_("请选择文件。"))],
        description=_("PDF、PNG 或 JPEG，不超过 10 MB。手机可直接拍照。"),
        render_kw={"accept": "application/pdf,image/png,image/jpeg"},
    )
    number = StringField(_("证件编号"), [Optional(), Length(max=60)])
    valid_until = DayField(_("有效期至"), [Optional()], description=_("长期有效的不用填写。"))


RETURN_REASONS = (
    "单位名称与营业执照不一致，请逐字核对。",
    "统一社会信用代码与营业执照不一致。",
    "营业执照不清晰或不完整，请重新上传。",
    "营业执照已过有效期，或登记状态不是存续。",
    "委托书缺少公章，或没有写明经办人和授权事项。",
    "经办人身份证明与委托书上的姓名不一致。",
    "人力资源服务许可证缺失或已过期。",
)
"""Reasons that officers choose from (O3); kept in Chinese whatever language the officer reads."""


class DecisionForm(FlaskForm):
    """The office's decision on what was handed in."""

    version = IntegerField(widget=HiddenInput())
    register_checked = BooleanField(_("已在公示系统核对，名称、代码与登记一致，状态正常"))
    valid_until = DayField(_("通过后有效期至"), [Optional()])
    reasons = SelectMultipleField(
        _("退回或不予通过的原因"),
        choices=[SelectChoice(str(number), _(text)) for number, text in enumerate(RETURN_REASONS)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    reason = TextAreaField(
        _("补充说明"),
        [Length(max=1000)],
        description=_("单位会看到所选原因和这段说明。"),
        render_kw={"rows": 3},
    )

    def whole_reason(self) -> str:
        """Chosen and written reasons, one a line."""
        chosen = [RETURN_REASONS[int(number)] for number in self.reasons.data or []]
        return "\n".join([*chosen, (self.reason.data or "").strip()]).strip()
