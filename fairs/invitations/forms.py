"""Forms of a letter, of inviting by mail address, and of the answer."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from fairs.clock import at_campus, campus_day
from fairs.invitations.rules import DECLINE_LABELS, LetterDraft, answer_until
from fairs.web.forms import DayField, SelectChoice

_LANGUAGES = [SelectChoice("zh", _("中文")), SelectChoice("en", _("英文"))]


class LetterForm(FlaskForm):
    """What the inviter says, and until when the answer is waited for."""

    expires_on = DayField(
        _("答复截止日"), [DataRequired(_("请填写答复截止日。"))], description=_("当天结束前都可以答复。")
    )
    language = SelectField(
        _("邀请函语言"),
        [Optional()],
        choices=[SelectChoice("", _("按对方使用的语言")), *_LANGUAGES],
        default="",
    )
    introducer = StringField(
        _("引荐人"),
        [Optional(), Length(max=80)],
        description=_(
            "商会、校友会、老师等，用于统计引荐成效，不写进邀请函；不填则按单位档案里的引荐人统计。"
        ),
        render_kw={"list": "introducers", "autocomplete": "off"},
    )
    words = TextAreaField(
        _("想对单位说的话"),
        [Optional(), Length(max=800, message=_("请控制在 800 字以内。"))],
        description=_("会原样写进邀请函。时间、地点和答复方式由系统写好。"),
        render_kw={"rows": 4},
    )

    def suggest(self, requests_until: datetime | None, now: datetime) -> None:
        """The usual last day to answer."""
        if not self.is_submitted():
            usual = answer_until(requests_until, now)
            self.expires_on.data = campus_day(usual - timedelta(seconds=1))

    def letter(self, requests_until: datetime | None) -> LetterDraft:
        """What was typed; the last day ends a minute before midnight, or with the requests."""
        assert self.expires_on.data is not None
        evening = at_campus(self.expires_on.data, time(23, 59))
        last_day = requests_until is not None and campus_day(requests_until) == self.expires_on.data
        return LetterDraft(
            expires_at=requests_until if last_day and requests_until else evening,
            language=self.language.data or "",
            introducer=self.introducer.data or "",
            words=(self.words.data or "").replace("\r\n", "\n"),
        )


class MailForm(LetterForm):
    """Somebody who is not in the directory."""

    name = StringField(_("单位名称"), [DataRequired(_("请填写单位名称。")), Length(max=120)])
    email = StringField(
        _("邮箱"),
        [DataRequired(_("请填写邮箱。")), Email(_("邮箱格式不正确。")), Length(max=120)],
        description=_("对方打开链接后先登记单位，再接受邀请。"),
        render_kw={"type": "email", "inputmode": "email", "autocomplete": "off"},
    )
    language = SelectField(_("邀请函语言"), choices=_LANGUAGES, default="zh")


class DeclineForm(FlaskForm):
    """Why an employer does not come."""

    kind = RadioField(
        _("谢绝的原因"),
        [InputRequired(_("请选择一个原因。"))],
        choices=[SelectChoice(kind.value, _(label)) for kind, label in DECLINE_LABELS.items()],
    )
    note = StringField(_("补充说明"), [Optional(), Length(max=300)])
    stop = BooleanField(_("以后不再接收这所学校的邀请"))


def resend_until(requests_until: datetime | None, now: datetime) -> dict[str, Any]:
    """Until when a letter is open that is sent once more."""
    return {"expires_at": answer_until(requests_until, now)}
