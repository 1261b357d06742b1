"""The form of a new event: few questions with good defaults, the rare ones behind a fold."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from fairs.clock import at_campus, campus_day
from fairs.institutions.models import University
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    FairDraft,
    ItemDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
)
from fairs.programmes.forms import (
    ManyField,
    WordsForm,
    lines,
    organisers_of,
)
from fairs.programmes.kinds import ItemKind, PlaceKind
from fairs.programmes.rules import (
    EventKind,
)
from fairs.web.forms import DayField

MOST_DAYS = 14


class EventForm(WordsForm):
    """A new event. What its kind does not ask for is taken away by ``event_form``."""

    kind = HiddenField(validators=[InputRequired()])
    department = SelectField(_("主办院系"), coerce=str, validators=[Optional()])
    host = StringField(
        _("宣讲单位"),
        [Length(max=120)],
        description=_("单位全称或统一社会信用代码，须已通过本校资质审核。"),
    )
    talk = SelectField(
        _("成套的宣讲会"),
        coerce=str,
        validators=[Optional()],
        description=_("选了宣讲会就不必填单位；宣讲会取消时，成套的笔试面试一起取消。"),
    )
    place_kind = SelectField(_("走进哪里"), coerce=str, validators=[Optional()])
    starts_on = DayField(_("日期"), [InputRequired(_("请填写日期。"))])
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))], default=time(9))
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))], default=time(12))
    accept_clashes = BooleanField(_("已了解，仍按此日期办理"))
    days = IntegerField(
        _("连续几天"),
        [InputRequired(_("请填写天数。")), NumberRange(1, MOST_DAYS, _("请填写 1 到 14。"))],
        default=1,
        description=_("每天时间相同，之后可以逐日修改。"),
    )
    space = SelectField(_("场地"), coerce=str, validators=[Optional()])
    late_reason = StringField(
        _("紧急办理的原因"),
        [Optional(), Length(max=200)],
        description=_("宣讲会教室提前不到 5 个工作日预订时填写。"),
    )
    place = StringField(
        _("具体位置"), [Optional(), Length(max=120)], description=_("例如“二层东厅”，可不填。")
    )
    sub_venues = TextAreaField(
        _("分会场"), [Optional(), Length(max=2000)], description=_("每行一个，例如“机械学院 会议室 301”。")
    )
    attendee_roles = ManyField(
        _("须参会的角色"),
        description=_("有这些角色的人会收到通知，日历里也会有；院系的会议只通知本院系的人。"),
    )
    attendees = TextAreaField(
        _("其他须参会人员"),
        [Optional(), Length(max=4000)],
        description=_("每行一人；写成“姓名：邮箱”的，有本校账号就会收到通知。"),
    )
    service_desks = TextAreaField(
        _("服务台"), [Optional(), Length(max=2000)], description=_("每行一个，例如“区人社局：政策咨询”。")
    )
    slots = IntegerField(
        _("分几个入场时段"),
        [InputRequired(_("请填写数量。")), NumberRange(1, 24, _("请填写 1 到 24。"))],
        default=1,
    )
    capacity = IntegerField(
        _("每个时段名额"),
        [InputRequired(_("请填写名额。")), NumberRange(0, 50_000, _("请填写 0 到 50000。"))],
        default=300,
        description=_("填 0 表示不需要预约。"),
    )
    walk_in = IntegerField(
        _("其中留给现场入场"), [Optional(), NumberRange(0, 50_000, _("请填写 0 到 50000。"))], default=0
    )
    expected = IntegerField(
        _("预计参加人数"),
        [Optional(), NumberRange(0, 200_000, _("请填写 0 到 200000。"))],
        description=_("用于安全工作方案。面向社会公众且预计 1000 人以上的，需办理大型活动安全许可。"),
    )
    open_to_public = BooleanField(_("面向社会公众开放"))
    requests_until = DayField(_("单位申请截止"), [Optional()], description=_("不填则为活动开始前 7 天。"))
    max_reps = IntegerField(
        _("每个展位参会人员上限"), [Optional(), NumberRange(1, 20, _("请填写 1 到 20。"))], default=2
    )
    series = StringField(
        _("编号系列"),
        [Optional(), Length(max=120)],
        description=_("例如“津英就业”，编号自动接着上一场，显示为“第 12 场”。"),
    )
    partners = ManyField(_("联合举办的学校"), coerce=str)
    booth_quota = IntegerField(_("每所联合学校的展位名额"), [Optional(), NumberRange(0, 5000)])
    ticket_quota = IntegerField(_("每所联合学校的预约名额"), [Optional(), NumberRange(0, 200_000)])
    programme = SelectField(_("所属系列活动"), coerce=str, validators=[Optional()])
    outside_reason = StringField(
        _("不在系列活动时间内的理由"),
        [Optional(), Length(max=200)],
        description=_("日期在系列活动时间之外时填写。"),
    )

    def validate_host(self, field: StringField) -> None:
        """An employer holds a talk, a test or an interview. Raises ValidationError, shown at the field."""
        if not (field.data or "").strip() and not self.typed("talk"):
            raise ValidationError(gettext("请填写单位，或选择成套的宣讲会。"))

    def typed(self, name: str, default: Any = None) -> Any:
        """What stands in a field; ``default`` where it is empty or this kind of event does not have it."""
        value = self[name].data if name in self else None
        return default if value in (None, "") else value

    def draft(self, university: University) -> EventDraft:
        """The event as typed; what stays empty gets the usual value."""
        form: Any = self  # validated: what is required has a value
        first = at_campus(form.starts_on.data, form.starts.data)
        return EventDraft(
            **vars(self.texts()),
            kind=EventKind(form.kind.data),
            university_id=university.id,
            department_id=_number(self.typed("department")),
            days=self._days(),
            slots=self._slots(),
            fair=self._fair(first),
            targets=self.targets(),
            organisers=organisers_of(self, university),
            partners=self._partners(),
            programmes=self._programmes(),
            space_id=_number(self.typed("space")),
            host=self.typed("host", ""),
            talk_id=_number(self.typed("talk")),
            items=self._items(),
            place_kind=PlaceKind(self.typed("place_kind")) if self.typed("place_kind") else None,
            series=self.typed("series", "").strip(),
            accept_clashes=bool(form.accept_clashes.data),
            late_reason=self.typed("late_reason", ""),
        )

    def _days(self) -> list[DayDraft]:
        form: Any = self
        return [
            DayDraft(
                on=form.starts_on.data + timedelta(days=i),
                starts=form.starts.data,
                ends=form.ends.data,
                place=self.typed("place", "").strip(),
            )
            for i in range(self.typed("days", 1))
        ]

    def _slots(self) -> SlotDraft:
        capacity = self.typed("capacity", 0)
        walk_in = min(self.typed("walk_in", 0), capacity)
        return SlotDraft(count=self.typed("slots", 1), capacity=capacity, walk_in_quota=walk_in)

    def _fair(self, first: datetime) -> FairDraft:
        until = self.typed("requests_until") or campus_day(first) - timedelta(days=7)
        places = self.typed("slots", 1) * self.typed("capacity", 0)
        return FairDraft(
            expected_attendance=self.typed("expected", places),
            open_to_public=bool(self.typed("open_to_public", False)),
            requests_until=at_campus(until, time(23, 59)),
            hold_until=first + timedelta(minutes=30),
            free_cancel_until=first - timedelta(days=1),
            max_reps=self.typed("max_reps", 2),
        )

    def _items(self) -> list[ItemDraft]:
        called = [
            ItemDraft(kind=ItemKind.ATTENDEE_ROLE, name=one) for one in self.typed("attendee_roles", ())
        ]
        return called + [
            ItemDraft(kind=kind, name=line.partition("：")[0][:80], detail=line.partition("：")[2])
            for name, kind in LISTS.items()
            for line in lines(self.typed(name, ""))
        ]

    def _partners(self) -> list[PartnerDraft]:
        return [
            PartnerDraft(
                university_id=int(number),
                booth_quota=self.typed("booth_quota"),
                ticket_quota=self.typed("ticket_quota"),
            )
            for number in self.typed("partners", ())
        ]

    def _programmes(self) -> list[ProgrammeDraft]:
        number = _number(self.typed("programme"))
        reason = self.typed("outside_reason", "").strip()
        return [ProgrammeDraft(programme_id=number, outside_reason=reason)] if number else []


LISTS = {
    "sub_venues": ItemKind.SUB_VENUE,
    "attendees": ItemKind.ATTENDEE,
    "service_desks": ItemKind.SERVICE_DESK,
}
"""The fields that hold an event's own lists."""


def _number(text: str | None) -> int | None:
    return int(text) if text else None
