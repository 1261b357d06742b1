"""What people on the floor fill in: an incident, what was done, a round through a hall."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from fairs.database import new_public_id
from fairs.onsite.actions import Happening
from fairs.onsite.rules import (
    INCIDENT_KIND_LABELS,
    SEVERITY_LABELS,
    IncidentKind,
    Point,
    Severity,
    Sweep,
)
from fairs.venues.models import Space


class IncidentForm(FlaskForm):
    """What happened; two choices and one sentence, typed standing."""

    once = HiddenField(validators=[Length(max=40)])
    kind = SelectField(_("发生了什么"), [InputRequired()])
    space = SelectField(_("哪个场馆"), [Optional()])
    text = TextAreaField(
        _("具体情况"),
        [DataRequired(_("请写一句话：在哪里、发生了什么、怎样处理的。")), Length(max=500)],
        description=_("在哪里、怎么回事、谁在处理。不要写学生的学号和病情细节。"),
        render_kw={"rows": 3},
    )
    severity = RadioField(
        _("程度"),
        [InputRequired()],
        default=Severity.MINOR.value,
        description=_("选“严重”时，就业中心、保卫处和活动责任人会立即收到通知。"),
    )

    def offer(self, spaces: Iterable[Space]) -> None:
        """What can be chosen at this event; the first hall is offered."""
        halls = [(one.public_id, one.name) for one in spaces]
        self.kind.choices = [(one.value, gettext(label)) for one, label in INCIDENT_KIND_LABELS.items()]
        self.severity.choices = [(one.value, gettext(label)) for one, label in SEVERITY_LABELS.items()]
        self.space.choices = [*halls, ("", gettext("场馆以外"))]
        self.once.data = (self.once.data or new_public_id())[:40]

    def seen(self) -> Happening:
        """What is noted."""
        return Happening(
            IncidentKind(self.kind.data),
            Severity(self.severity.data),
            self.text.data or "",
            self.space.data or "",
            self.once.data or "",
        )


class OutcomeForm(FlaskForm):
    """How an incident was settled."""

    text = TextAreaField(
        _("怎样处理的"),
        [DataRequired(_("请写一句话：在哪里、发生了什么、怎样处理的。")), Length(max=500)],
        render_kw={"rows": 3},
    )


class SweepForm(FlaskForm):
    """A round through a hall: each point yes or no."""

    seen = HiddenField(validators=[Length(max=13)])
    empty = RadioField(_("场内没有参加者和单位人员"), [InputRequired(_("请选择。"))])
    exits = RadioField(_("出口和通道畅通，围挡已撤除"), [InputRequired(_("请选择。"))])
    power = RadioField(_("展位电源已切断"), [InputRequired(_("请选择。"))])
    fire = RadioField(_("消防器材在位完好，没有火种"), [InputRequired(_("请选择。"))])
    items = RadioField(_("遗留物品已收存，垃圾已清理"), [InputRequired(_("请选择。"))])
    note = TextAreaField(
        _("说明"),
        [Optional(), Length(max=500)],
        description=_("有“否”时必填：什么问题，由谁处理。"),
        render_kw={"rows": 2},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in Point:
            self[point.value].choices = [("yes", gettext("是")), ("no", gettext("否"))]

    def sweep(self) -> Sweep:
        """What was seen."""
        answers = {point: self[point.value].data == "yes" for point in Point}
        return Sweep(answers, self.note.data or "")
