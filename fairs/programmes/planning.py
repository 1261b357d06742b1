"""The form of a new event: few questions with good defaults, the rare ones behind a fold."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from fairs.accounts.rules import OFFICE, Viewer
from fairs.clock import at_campus, campus, campus_day
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes import queries
from fairs.programmes.drafts import (
    DayDraft,
    EventDraft,
    FairDraft,
    OrganiserDraft,
    PartnerDraft,
    ProgrammeDraft,
    SlotDraft,
)
from fairs.programmes.forms import ManyField, WordsForm, fill_slots, offer_words, spoken
from fairs.programmes.models import Event
from fairs.programmes.rules import (
    EVENT_KIND_LABELS,
    EventKind,
    EventLevel,
    EventScope,
    OrganiserRole,
    TargetDimension,
)
from fairs.venues import queries as venues
from fairs.web.forms import DayField

MOST_DAYS = 14


class EventForm(WordsForm):
    """A new event."""

    kind = SelectField(_("活动类型"), [InputRequired()], default=EventKind.JOB_FAIR.value)
    department = SelectField(_("主办院系"), coerce=str, validators=[Optional()])
    starts_on = DayField(_("日期"), [InputRequired(_("请填写日期。"))])
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))], default=time(9))
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))], default=time(12))
    days = IntegerField(
        _("连续几天"),
        [InputRequired(_("请填写天数。")), NumberRange(1, MOST_DAYS, _("请填写 1 到 14。"))],
        default=1,
        description=_("每天时间相同，之后可以逐日修改。"),
    )
    space = SelectField(_("场地"), coerce=str, validators=[Optional()])
    place = StringField(
        _("具体位置"), [Optional(), Length(max=120)], description=_("例如“二层东厅”，可不填。")
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
    hosts = TextAreaField(_("主办单位"), [Optional()], description=_("每行一个，按印刷顺序。"))
    organisers = TextAreaField(_("承办单位"), [Optional()], description=_("每行一个。"))
    co_organisers = TextAreaField(_("协办单位"), [Optional()], description=_("每行一个。"))
    supporters = TextAreaField(_("支持单位"), [Optional()], description=_("每行一个。"))
    accountable = SelectField(_("安全责任单位"), [InputRequired()], default="host")
    partners = ManyField(_("联合举办的学校"), coerce=str)
    booth_quota = IntegerField(_("每所联合学校的展位名额"), [Optional(), NumberRange(0, 5000)])
    ticket_quota = IntegerField(_("每所联合学校的预约名额"), [Optional(), NumberRange(0, 200_000)])
    programme = SelectField(_("所属系列活动"), coerce=str, validators=[Optional()])
    outside_reason = StringField(
        _("不在系列活动时间内的理由"),
        [Optional(), Length(max=200)],
        description=_("日期在系列活动时间之外时填写。"),
    )

    def draft(self, university: University, source: Event | None) -> EventDraft:
        """The event as typed; what stays empty gets the usual value."""
        form: Any = self  # validated: what is required has a value
        first = at_campus(form.starts_on.data, form.starts.data)
        return EventDraft(
            **vars(self.texts()),
            kind=EventKind(form.kind.data),
            university_id=university.id,
            department_id=int(form.department.data) if form.department.data else None,
            days=self._days(),
            slots=SlotDraft(
                count=form.slots.data,
                capacity=form.capacity.data,
                walk_in_quota=min(form.walk_in.data or 0, form.capacity.data),
            ),
            fair=self._fair(first),
            targets=self.targets(),
            organisers=self._organisers(university),
            partners=self._partners(),
            programmes=self._programmes(),
            space_id=int(form.space.data) if form.space.data else None,
            cloned_from_id=source.id if source else None,
        )

    def _days(self) -> list[DayDraft]:
        form: Any = self
        place = (form.place.data or "").strip()
        return [
            DayDraft(
                on=form.starts_on.data + timedelta(days=i),
                starts=form.starts.data,
                ends=form.ends.data,
                place=place,
            )
            for i in range(form.days.data)
        ]

    def _fair(self, first: datetime) -> FairDraft:
        form: Any = self
        until = form.requests_until.data or campus_day(first) - timedelta(days=7)
        places = form.slots.data * form.capacity.data
        return FairDraft(
            expected_attendance=places if form.expected.data is None else form.expected.data,
            open_to_public=bool(form.open_to_public.data),
            requests_until=at_campus(until, time(23, 59)),
            hold_until=first + timedelta(minutes=30),
            free_cancel_until=first - timedelta(days=1),
            max_reps=form.max_reps.data or 2,
        )

    def _organisers(self, university: University) -> list[OrganiserDraft]:
        boxes = (
            (OrganiserRole.HOST, self.hosts),
            (OrganiserRole.ORGANISER, self.organisers),
            (OrganiserRole.CO_ORGANISER, self.co_organisers),
            (OrganiserRole.PARTNER, self.supporters),
        )
        named = [(role, name) for role, box in boxes for name in _lines(box.data)]
        named = named or [(OrganiserRole.HOST, university.name)]
        answers = [i for i, (role, _name) in enumerate(named) if role.value == self.accountable.data]
        return [
            OrganiserDraft(
                name=name,
                role=role,
                university_id=university.id if name == university.name else None,
                is_accountable=i == min(answers, default=-1),
            )
            for i, (role, name) in enumerate(named)
        ]

    def _partners(self) -> list[PartnerDraft]:
        return [
            PartnerDraft(
                university_id=int(number),
                booth_quota=self.booth_quota.data,
                ticket_quota=self.ticket_quota.data,
            )
            for number in self.partners.data or ()
        ]

    def _programmes(self) -> list[ProgrammeDraft]:
        if not self.programme.data:
            return []
        reason = (self.outside_reason.data or "").strip()
        return [ProgrammeDraft(programme_id=int(self.programme.data), outside_reason=reason)]


def _lines(text: str | None) -> list[str]:
    return [line.strip()[:100] for line in (text or "").splitlines() if line.strip()]


def event_form(
    university: University, who: Viewer, today: date, source: Event | None, programme: str | None = None
) -> EventForm:
    """The form of a new event, filled with what ``source`` (an earlier event) was like.

    ``programme``: the public id of the programme for which it is planned. A coordinator plans for the own
    department only.
    """
    form = EventForm(obj=source) if source else EventForm()
    offer_words(form, university.id)
    form.kind.choices = spoken(EVENT_KIND_LABELS)
    form.space.choices = [("", gettext("以后再定"))] + [
        (str(space.id), gettext("%(name)s（可容纳 %(persons)s 人）", name=space.name, persons=space.capacity))
        for space in venues.spaces(university.id)
    ]
    form.accountable.choices = [
        (OrganiserRole.HOST.value, gettext("第一主办单位")),
        (OrganiserRole.ORGANISER.value, gettext("第一承办单位")),
    ]
    form.partners.choices = [
        (str(u.id), u.name) for u in institutions.universities() if u.id != university.id
    ]
    seasons = queries.programmes(university.id, ending_from=today)
    form.programme.choices = [("", gettext("不属于系列活动"))] + [(str(p.id), p.name) for p in seasons]
    _offer_departments(form, university.id, who)
    if not form.is_submitted():
        _fill(form, university, source, who)
        form.programme.data = next((str(p.id) for p in seasons if p.public_id == programme), "")
    return form


def _offer_departments(form: EventForm, university_id: int, who: Viewer) -> None:
    own = who.departments(university_id)
    everything = who.has(OFFICE, university_id)
    there = [d for d in institutions.departments(university_id) if everything or d.id in own]
    none = [("", gettext("就业中心"))] if everything else []
    form.department.choices = none + [(str(d.id), d.name) for d in there]


def _fill(form: EventForm, university: University, source: Event | None, who: Viewer) -> None:
    form.hosts.data = university.name
    if source is not None:
        _fill_from(form, source)
    elif not who.has(OFFICE, university.id):
        form.kind.data, form.scope.data = EventKind.SPECIALTY_FAIR.value, EventScope.DEPARTMENT.value
        form.level.data = EventLevel.DEPARTMENT.value


def _fill_from(form: EventForm, source: Event) -> None:
    for name in ("kind", "mode", "scope", "level"):
        form[name].data = getattr(source, name).value
    form.department.data = str(source.department_id or "")
    form.majors.data = queries.targets(source.id, TargetDimension.MAJOR)
    days = queries.occurrences(source.id)
    form.starts.data, form.ends.data = campus(days[0].starts_at).time(), campus(days[0].ends_at).time()
    form.days.data, form.place.data = len(days), days[0].place
    fill_slots(form, days[0])
    fair = queries.fair_of(source.id)
    if fair is not None:
        form.expected.data, form.max_reps.data = fair.expected_attendance, fair.max_reps
        form.open_to_public.data = fair.open_to_public
