"""Forms of joint fairs."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from fairs.institutions.models import University
from fairs.programmes.drafts import PartnerDraft
from fairs.programmes.models import EventSchool

MOST_TICKETS, MOST_BOOTHS = 200_000, 5_000


class QuotaForm(FlaskForm):
    """How many places and booths a university has; empty is without limit."""

    version = IntegerField(widget=HiddenInput(), default=0)
    tickets = IntegerField(
        _("预约名额（人次）"),
        [Optional(), NumberRange(0, MOST_TICKETS, _("请填写 0 到 200000。"))],
        description=_("这所学校的学生一共可以预约多少个名额，每人每天算一个。不填表示不限。"),
    )
    booths = IntegerField(
        _("展位名额"),
        [Optional(), NumberRange(0, MOST_BOOTHS, _("请填写 0 到 5000。"))],
        description=_("经由这所学校参加的单位最多可以安排多少个展位。不填表示不限。"),
    )


class InviteForm(QuotaForm):
    """Which university is asked, with which quotas."""

    partner = SelectField(_("学校"), [DataRequired(_("请选择学校。"))], coerce=str)

    def offer(self, universities: Collection[University]) -> None:
        """Fill the universities that can be asked."""
        self.partner.choices = [("", gettext("请选择"))] + [(u.slug, u.name) for u in universities]

    def draft(self, universities: Collection[University]) -> PartnerDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: the slug is one of the choices
        chosen = next(u for u in universities if u.slug == form.partner.data)
        return PartnerDraft(
            university_id=chosen.id, ticket_quota=form.tickets.data, booth_quota=form.booths.data
        )


class AnswerForm(FlaskForm):
    """Yes or no to an invitation."""

    version = IntegerField(widget=HiddenInput(), default=0)
    answer = HiddenField(validators=[AnyOf(["accept", "decline"], _("请选择接受或谢绝。"))])
    note = TextAreaField(
        _("说明"),
        [Optional(), Length(max=300, message=_("请控制在 300 字以内。"))],
        description=_("对方会看到，例如谢绝的原因或带队老师。"),
        render_kw={"rows": 3},
    )


class LeaveForm(FlaskForm):
    """Why a university leaves."""

    version = IntegerField(widget=HiddenInput(), default=0)
    reason = TextAreaField(
        _("退出的原因"),
        [InputRequired(_("请写明退出的原因，原因会告知已预约的学生。")), Length(max=300)],
        render_kw={"rows": 3},
    )


def quota_form(row: EventSchool) -> QuotaForm:
    """The form of a university's quotas, with what they are now."""
    form = QuotaForm()
    if not form.is_submitted():
        form.version.data, form.tickets.data = row.version, row.ticket_quota
        form.booths.data = row.booth_quota
    return form


def leave_form(row: EventSchool) -> LeaveForm:
    """The form of leaving."""
    form = LeaveForm()
    if not form.is_submitted():
        form.version.data = row.version
    return form


def answer_form(row: EventSchool) -> AnswerForm:
    """The form of an answer."""
    form = AnswerForm()
    if not form.is_submitted():
        form.version.data = row.version
    return form
