"""What people fill in: a report, the result of a case, an alert, a look at a booth."""

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from fairs.clock import at_campus
from fairs.database import new_public_id
from fairs.employers.actions.papers import Upload
from fairs.protection.actions import Draft
from fairs.protection.alerts import (
    AUDIENCE_LABELS,
    GUARD_LABELS,
    SEVERITY_LABELS,
    AlertDraft,
    AlertPeriodWrong,
    Audience,
    Guard,
    Severity,
)
from fairs.protection.inspecting import MEASURE_LABELS, POINT_LABELS, Measure, Point, Seen
from fairs.protection.models import Alert
from fairs.protection.notices import last_day
from fairs.protection.rules import LONGEST, REASON_LABELS, Reason
from fairs.web.forms import DayField


class ReportForm(FlaskForm):
    """A report; a student may give the name, a visitor a way to be reached."""

    once = HiddenField(validators=[Length(max=40)])
    reason = RadioField(_("哪方面的问题"), [InputRequired(_("请选择是哪方面的问题。"))])
    text = TextAreaField(
        _("发生了什么"),
        [DataRequired(_("请写明发生了什么：时间、地点、对方怎么说的。")), Length(max=LONGEST)],
        description=_("写清时间、地点、对方怎么说的；老师据此核查。"),
        render_kw={"rows": 5},
    )
    picture = FileField(
        _("截图或照片"),
        [Optional()],
        description=_("PNG、JPEG 或 PDF，不超过 10 MB。"),
        render_kw={"accept": "image/png,image/jpeg,application/pdf"},
    )
    named = RadioField(
        _("是否署名"),
        [InputRequired()],
        default="yes",
        description=_("无论是否署名，单位都不会知道是谁反映的。"),
    )
    contact = StringField(
        _("联系方式"),
        [Optional(), Length(max=120)],
        description=_("手机或邮箱，只有就业中心老师能看到；留下才能告诉您结果。"),
        render_kw={"autocomplete": "off"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(one.value, gettext(label)) for one, label in REASON_LABELS.items()]
        self.named.choices = [
            ("yes", gettext("署名：老师可以联系我，5 个工作日内答复")),
            ("no", gettext("不署名：老师看不到我的姓名，办结后仍会通知我")),
        ]
        self.once.data = (self.once.data or new_public_id())[:40]

    def draft(self) -> Draft:
        """What is reported."""
        kept = self.picture.data
        picture = Upload(kept.read(), kept.filename) if kept else None
        return Draft(Reason(self.reason.data), self.text.data or "", self.once.data or "", picture)


class ResultForm(FlaskForm):
    """What the officer found."""

    version = IntegerField(widget=HiddenInput(), default=0)
    result = RadioField(_("核查结果"), [InputRequired(_("请选择核查结果。"))])
    answer = TextAreaField(
        _("给反映人的答复"),
        [DataRequired(_("请写给反映人的答复：查了什么、结果怎样。")), Length(max=LONGEST)],
        description=_("所有反映过这件事的人都会收到这段文字。"),
        render_kw={"rows": 4},
    )
    ground = TextAreaField(
        _("给单位的说明"),
        [Optional(), Length(max=300)],
        description=_("属实时必填，单位会看到。不要写反映人的任何信息。"),
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        takes_down = kwargs.pop("takes_down", True)
        super().__init__(*args, **kwargs)
        upheld = (
            gettext("属实：立即下架这条招聘信息，并通知单位") if takes_down else gettext("属实：通知单位")
        )
        self.result.choices = [("upheld", upheld), ("unfounded", gettext("未发现问题"))]


class AlertForm(FlaskForm):
    """An alert for another officer to approve."""

    version = IntegerField(widget=HiddenInput(), default=0)
    guard = SelectField(_("类型"), [InputRequired()])
    severity = RadioField(_("程度"), [InputRequired()], default=Severity.WARNING.value)
    title = StringField(_("标题"), [DataRequired(_("请填写标题。")), Length(max=120)])
    body = TextAreaField(
        _("正文"),
        [DataRequired(_("请填写正文。")), Length(max=LONGEST)],
        description=_("只有本校黑名单中的单位可以点名，并且须经另一位老师批准。"),
        render_kw={"rows": 6},
    )
    audience = SelectField(_("发给"), [InputRequired()])
    employer = SelectField(_("点名的单位"), [Optional()])
    until_on = DayField(_("显示到"), [InputRequired(_("请选择结束日期。"))])

    def offer(self, departments: Iterable[Any], events: Iterable[Any], employers: Iterable[Any]) -> None:
        """What can be chosen at this university."""
        self.guard.choices = [(one.value, gettext(label)) for one, label in GUARD_LABELS.items()]
        self.severity.choices = [(one.value, gettext(label)) for one, label in SEVERITY_LABELS.items()]
        self.audience.choices = [
            (Audience.UNIVERSITY.value, gettext(AUDIENCE_LABELS[Audience.UNIVERSITY])),
            *((f"department:{one.id}", one.name) for one in departments),
            *((f"event:{one.id}", one.title) for one in events),
        ]
        self.employer.choices = [
            ("", gettext("不点名")),
            *((str(one.id), one.legal_name) for one in employers),
        ]

    def fill(self, alert: Alert) -> None:
        """What was written before."""
        self.guard.data, self.severity.data = alert.guard.value, alert.severity.value
        self.title.data, self.body.data = alert.title, alert.body
        of = alert.department_id or alert.event_id
        self.audience.data = f"{alert.audience.value}:{of}" if of else alert.audience.value
        self.employer.data = str(alert.employer_id or "")
        self.until_on.data = last_day(alert)

    def draft(self) -> AlertDraft:
        """What was written. Raises AlertPeriodWrong without a day."""
        if self.until_on.data is None:
            raise AlertPeriodWrong
        kind, _colon, number = (self.audience.data or "").partition(":")
        audience, of = Audience(kind), int(number) if number else None
        return AlertDraft(
            guard=Guard(self.guard.data),
            severity=Severity(self.severity.data),
            audience=audience,
            title=self.title.data or "",
            body=self.body.data or "",
            expires_at=at_campus(self.until_on.data + timedelta(days=1), time()),
            department_id=of if audience is Audience.DEPARTMENT else None,
            event_id=of if audience is Audience.EVENT else None,
            employer_id=int(self.employer.data) if self.employer.data else None,
        )


class InspectionForm(FlaskForm):
    """Four answers with one thumb, a note and what is to follow."""

    once = HiddenField(validators=[Length(max=40)])
    brochure = RadioField(_("简章与学校审核的一致"), [InputRequired(_("请选择。"))])
    no_fees = RadioField(_("没有收费、押金"), [InputRequired(_("请选择。"))])
    no_papers = RadioField(_("没有扣押证件"), [InputRequired(_("请选择。"))])
    staffed = RadioField(_("展位有招聘人员"), [InputRequired(_("请选择。"))])
    note = TextAreaField(
        _("看到了什么"),
        [Optional(), Length(max=500)],
        description=_("发现问题时必填。"),
        render_kw={"rows": 2},
    )
    measure = SelectField(_("怎样处理"), [InputRequired()], default=Measure.NONE.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in Point:
            self[point.value].choices = [("yes", gettext("是")), ("no", gettext("否"))]
        self.measure.choices = [(one.value, gettext(label)) for one, label in MEASURE_LABELS.items()]
        self.once.data = (self.once.data or new_public_id())[:40]

    def seen(self) -> Seen:
        """What was seen."""
        answers = {point: self[point.value].data == "yes" for point in POINT_LABELS}
        return Seen(answers, self.note.data or "", Measure(self.measure.data))
