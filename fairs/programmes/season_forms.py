"""Forms of programmes, their plan documents, tags, and activities that others run."""

from datetime import date, datetime, time
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from fairs.clock import at_campus, campus
from fairs.institutions import codes
from fairs.institutions.rules import CodeKind
from fairs.programmes import queries
from fairs.programmes import season_queries as seasons
from fairs.programmes.actions import ProgrammeTexts
from fairs.programmes.campaigns import Listed, campaigns
from fairs.programmes.external import ActivityDraft
from fairs.programmes.forms import ManyField, spoken
from fairs.programmes.models import Event, Programme
from fairs.programmes.publishing import PlanDraft
from fairs.programmes.rules import PROGRAMME_LABELS, ProgrammeKind, TargetDimension
from fairs.programmes.season_models import ExternalActivity, ProgrammePlan
from fairs.programmes.seasons import template
from fairs.programmes.tags import Tags
from fairs.web.forms import DayField


class ProgrammeForm(FlaskForm):
    """A programme: what it is called and when it is."""

    kind = SelectField(_("类型"), [InputRequired()])
    name = StringField(
        _("名称"),
        [DataRequired(_("请填写名称。")), Length(max=100)],
        description=_("例如“2027届校园招聘月”。"),
    )
    theme = StringField(
        _("主题"),
        [Optional(), Length(max=100)],
        description=_("印在活动页面和展位卡上。"),
    )
    slogan = StringField(_("口号"), [Optional(), Length(max=100)])
    starts_on = DayField(_("开始日期"), [InputRequired(_("请填写日期。"))])
    ends_on = DayField(_("结束日期"), [InputRequired(_("请填写日期。"))])
    cohort = IntegerField(
        _("面向哪一届"), [Optional(), NumberRange(2000, 2100)], description=_("毕业年份，例如 2027。")
    )
    parent = SelectField(
        _("上级系列"),
        [Optional()],
        coerce=str,
        description=_("例如启动仪式和各项子活动都放在同一个招聘月下面，合计会包含下级。"),
    )
    summary = TextAreaField(_("说明"), [Optional(), Length(max=5000)])

    def texts(self) -> ProgrammeTexts:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return ProgrammeTexts(
            kind=ProgrammeKind(form.kind.data),
            name=form.name.data.strip(),
            theme=(form.theme.data or "").strip(),
            slogan=(form.slogan.data or "").strip(),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            cohort=form.cohort.data,
            parent_id=int(form.parent.data) if form.parent.data else None,
            summary=(form.summary.data or "").strip(),
        )


def programme_form(university_id: int, today: date, programme: Programme | None = None) -> ProgrammeForm:
    """The form of a programme, new (``?kind=`` prefills it from a template, S16) or old."""
    form = ProgrammeForm(obj=programme)
    form.kind.choices = spoken(PROGRAMME_LABELS)
    offered = seasons.offered_parents(university_id, programme.id if programme else None)
    form.parent.choices = [("", gettext("没有上级"))] + [(str(row.id), row.name) for row in offered]
    if form.is_submitted():
        return form
    if programme is not None:
        form.kind.data, form.parent.data = programme.kind.value, str(programme.parent_id or "")
    elif (kind := request.args.get("kind")) in set(ProgrammeKind):
        usual = template(ProgrammeKind(kind), today)
        form.kind.data, form.name.data, form.cohort.data = usual.kind.value, usual.name, usual.cohort
        form.starts_on.data, form.ends_on.data = usual.starts_on, usual.ends_on
    if programme is None:
        above = next((p for p in offered if p.public_id == request.args.get("parent")), None)
        form.parent.data = str(above.id) if above else ""
    return form


class PlanDocumentForm(FlaskForm):
    """A programme's plan document with its owner and duties (S31)."""

    owner = StringField(_("负责人"), [DataRequired(_("请填写负责人。")), Length(max=60)])
    duties = TextAreaField(
        _("职责分工"),
        [DataRequired(_("请写明职责分工。")), Length(max=5000)],
        description=_("谁负责统筹、场地、单位邀请、审核、安全、宣传和统计。"),
        render_kw={"rows": 5},
    )
    file = FileField(
        _("工作方案"), [FileRequired(_("请选择文件。"))], description=_("PDF 或图片，不超过 10 MB。")
    )

    def draft(self) -> PlanDraft:
        """What was handed in, for the action."""
        form: Any = self  # validated: what is required has a value
        sent = form.file.data
        return PlanDraft(
            owner=form.owner.data,
            duties=form.duties.data,
            content=sent.read(),
            name=sent.filename or "",
        )


def plan_document_form(plan: ProgrammePlan | None) -> PlanDocumentForm:
    """The form of a plan document, with the words of the one in force."""
    return PlanDocumentForm(obj=None if plan is None else _Words(plan.owner, plan.duties))


class _Words:
    def __init__(self, owner: str, duties: str) -> None:
        self.owner, self.duties = owner, duties


class TagsForm(FlaskForm):
    """To which campaigns, committees and industrial chains an event belongs."""

    version = IntegerField(widget=HiddenInput(), default=0)
    campaigns = ManyField(_("专项行动"))
    chains = ManyField(_("重点产业链"), description=_("这场活动主要服务的产业链，可以选几条，也可以不选。"))
    committees = ManyField(_("行业就指委"), description=_("由行业就业创业指导委员会主办或参与时勾选。"))

    def chosen(self) -> Tags:
        """What was ticked, for the action."""
        ticked: list[list[str]] = [
            self[name].data or [] if name in self else [] for name in ("campaigns", "committees", "chains")
        ]
        return Tags(*ticked)


def tags_form(event: Event) -> TagsForm:
    """The form of an event's tags."""
    form, here = TagsForm(), event.university_id
    for name, dimension in (
        ("campaigns", TargetDimension.CAMPAIGN),
        ("committees", TargetDimension.COMMITTEE),
        ("chains", TargetDimension.CHAIN),
    ):
        mine = queries.targets(event.id, dimension)
        form[name].choices = (
            _offered(campaigns().values(), mine)
            if dimension is TargetDimension.CAMPAIGN
            else _listed(CodeKind(dimension.value), here, mine)
        )
        if not form.is_submitted():
            form[name].data = mine
    if not form.committees.choices:
        del form.committees
    if not form.is_submitted():
        form.version.data = event.version
    return form


def _listed(kind: CodeKind, university_id: int, mine: list[str]) -> list[tuple[str, str]]:
    """A list of the office's own: what is on offer, and what the event carries already."""
    now, ever = codes.offered(kind, university_id), codes.known(kind, university_id)
    lines = now | {code: ever[code] for code in mine if code in ever}
    return [(code, gettext(one.name)) for code, one in lines.items()]


def _offered(listed: Any, mine: list[str]) -> list[tuple[str, str]]:
    lines: list[Listed] = [one for one in listed if not one.ended or one.code in mine]
    return [(one.code, gettext(one.name)) for one in lines]


class ActivityForm(FlaskForm):
    """An activity of somebody else."""

    version = IntegerField(widget=HiddenInput(), default=0)
    title = StringField(_("活动名称"), [DataRequired(_("请填写活动名称。")), Length(max=120)])
    organiser = StringField(_("主办方"), [Optional(), Length(max=120)])
    campaign = SelectField(_("专项行动"), [Optional()], coerce=str)
    programme = SelectField(_("所属系列活动"), [Optional()], coerce=str)
    url = StringField(
        _("网址"),
        [DataRequired(_("请填写网址。")), Length(max=300)],
        description=_("学生从这里进入对方平台，以 https:// 开头。"),
        render_kw={"type": "url", "inputmode": "url"},
    )
    audience = StringField(
        _("面向"), [Optional(), Length(max=200)], description=_("例如“2027届毕业生，机械类专业”。")
    )
    starts_on = DayField(_("开始日期"), [InputRequired(_("请填写日期。"))])
    starts = TimeField(_("开始时间"), [InputRequired(_("请填写时间。"))], default=time(9))
    ends_on = DayField(_("结束日期"), [InputRequired(_("请填写日期。"))])
    ends = TimeField(_("结束时间"), [InputRequired(_("请填写时间。"))], default=time(18))
    deadline_on = DayField(
        _("报名截止日期"), [Optional()], description=_("到这一天 23:59 截止。没有单独的截止时间可不填。")
    )
    summary = TextAreaField(_("说明"), [Optional(), Length(max=5000)])

    def draft(self) -> ActivityDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return ActivityDraft(
            title=form.title.data.strip(),
            organiser=(form.organiser.data or "").strip(),
            campaign=form.campaign.data or "",
            programme_id=int(form.programme.data) if form.programme.data else None,
            url=form.url.data.strip(),
            audience=(form.audience.data or "").strip(),
            starts_at=at_campus(form.starts_on.data, form.starts.data),
            ends_at=at_campus(form.ends_on.data, form.ends.data),
            deadline_at=_deadline(form),
            summary=(form.summary.data or "").strip(),
        )


def _deadline(form: Any) -> datetime | None:
    """The end of the day typed; on the activity's own last day it is the end of the activity."""
    if form.deadline_on.data is None:
        return None
    if form.deadline_on.data == form.ends_on.data:
        return at_campus(form.ends_on.data, form.ends.data)
    return at_campus(form.deadline_on.data, time(23, 59))


def activity_form(university_id: int, row: ExternalActivity | None = None) -> ActivityForm:
    """The form of an external activity, new or old."""
    form = ActivityForm(obj=row)
    mine = [row.campaign] if row else []
    form.campaign.choices = [("", gettext("没有")), *_offered(campaigns().values(), mine)]
    there = queries.programmes(university_id)
    form.programme.choices = [("", gettext("不属于系列活动"))] + [(str(p.id), p.name) for p in there]
    if row is not None and not form.is_submitted():
        form.programme.data = str(row.programme_id or "")
        starts, ends = campus(row.starts_at), campus(row.ends_at)
        form.starts_on.data, form.starts.data = starts.date(), starts.time()
        form.ends_on.data, form.ends.data = ends.date(), ends.time()
        form.deadline_on.data = campus(row.deadline_at).date() if row.deadline_at else None
    return form
