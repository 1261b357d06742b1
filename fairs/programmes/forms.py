"""Forms of the words and the parts of an event."""

from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from fairs.employers.rules import INDUSTRIES, REGIONS
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.programmes import queries
from fairs.programmes.drafts import (
    EventTexts,
    OrganiserDraft,
    Target,
)
from fairs.programmes.kinds import FIELDS, GROUP_LABELS, SOME_KINDS
from fairs.programmes.models import Event
from fairs.programmes.rules import (
    LEVEL_LABELS,
    MODE_LABELS,
    SCOPE_LABELS,
    EventKind,
    EventLevel,
    EventMode,
    EventScope,
    OrganiserRole,
    TargetDimension,
)
from fairs.students.rules import DEGREE_LABELS
from fairs.web.forms import ask_while_typed


def spoken(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Choices of an enum in the reader's language."""
    return [(kind.value, gettext(label)) for kind, label in labels.items()]


class ManyField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """What is not (or no longer) offered is named in the reader's language."""
        offered = {value for value, *_rest in self.iter_choices()}
        for code in self.data or ():
            if code not in offered:
                raise ValidationError(gettext("没有“%(code)s”这一项，请从列表中选择。", code=code))


class WordsForm(FlaskForm):
    """What an event is called, for whom it is, and who holds it."""

    title = StringField(
        _("活动名称"),
        [DataRequired(_("请填写活动名称。")), Length(max=120)],
        description=_("学生和单位在列表里看到的名称。"),
    )
    mode = SelectField(_("举办方式"), [InputRequired()], default=EventMode.ONSITE.value)
    online_url = StringField(
        _("线上链接"),
        [Optional(), Length(max=300)],
        description=_("只有已预约的学生和已确认的单位能看到。"),
    )
    scope = SelectField(_("范围"), [InputRequired()], default=EventScope.SCHOOL.value)
    level = SelectField(_("级别"), [InputRequired()], default=EventLevel.SCHOOL.value)
    majors = ManyField(_("面向专业"), description=_("都不勾选表示面向全校所有专业。"))
    degrees = ManyField(_("面向学历"))
    industries = SelectMultipleField(_("行业"), description=_("可选多个，用于筛选和统计。"))
    regions = SelectMultipleField(_("地区"), description=_("可选多个，用于筛选和统计。"))
    groups = ManyField(_("面向重点群体"), description=_("只用于邀请和统计，不公开显示。"))
    summary = TextAreaField(
        _("活动说明"),
        [Optional(), Length(max=5000)],
        description=_("流程、交通、注意事项等，公开显示。"),
    )
    hosts = TextAreaField(
        _("主办单位"), [Optional(), Length(max=2000)], description=_("每行一个，按印刷顺序。")
    )
    organisers = TextAreaField(_("承办单位"), [Optional(), Length(max=2000)], description=_("每行一个。"))
    co_organisers = TextAreaField(_("协办单位"), [Optional(), Length(max=2000)], description=_("每行一个。"))
    supporters = TextAreaField(_("支持单位"), [Optional(), Length(max=2000)], description=_("每行一个。"))
    accountable = SelectField(_("安全责任单位"), [Optional()], default=OrganiserRole.HOST.value)

    def texts(self) -> EventTexts:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return EventTexts(
            title=form.title.data.strip(),
            summary=(form.summary.data or "").strip(),
            online_url=(form.online_url.data or "").strip(),
            level=EventLevel(form.level.data),
            mode=EventMode(form.mode.data),
            scope=EventScope(form.scope.data),
        )

    def targets(self) -> list[Target]:
        """Whom the event is for, in every dimension that the form has, for the action."""
        return [
            (dimension, code)
            for name, dimension in AIMS.items()
            if name in self
            for code in self[name].data or ()
        ]


AIMS = {
    "majors": TargetDimension.MAJOR,
    "degrees": TargetDimension.DEGREE,
    "industries": TargetDimension.INDUSTRY,
    "regions": TargetDimension.REGION,
    "groups": TargetDimension.GROUP,
}
"""The fields that say whom an event is for, and their dimensions (S7, S24)."""


def words_form(event: Event) -> WordsForm:
    """The form that words an event anew."""
    form = WordsForm(obj=event)
    offer_words(form, event.university_id)
    keep_fields(form, event.kind)
    if not form.is_submitted():
        form.mode.data, form.scope.data, form.level.data = event.mode, event.scope, event.level
        fill_aims(form, event.id)
    return form


def keep_fields(form: FlaskForm, kind: EventKind) -> None:
    """Take away what this kind of event does not ask for."""
    for name in SOME_KINDS - FIELDS[kind]:
        if name in form:
            del form[name]


def fill_aims(form: WordsForm, event_id: int) -> None:
    """Tick whom an event is for, and write who holds it."""
    for name, dimension in AIMS.items():
        if name in form:
            form[name].data = queries.targets(event_id, dimension)
    rows = queries.organisers(event_id)
    for role, box in ORGANISER_BOXES.items():
        form[box].data = "\n".join(row.name for row in rows if row.role is role)
    form.accountable.data = next((row.role.value for row in rows if row.is_accountable), "host")


def offer_words(form: WordsForm, university_id: int) -> None:
    """The choices of the fields that word an event."""
    for field in (form.title, form.summary):
        ask_while_typed(field, url_for("postings.office_hints", field=field.name))
    form.mode.choices = spoken(MODE_LABELS)
    form.scope.choices = spoken(SCOPE_LABELS)
    form.level.choices = spoken(LEVEL_LABELS)
    majors = {major.national_code: major.name for major in institutions.majors(university_id)}
    form.majors.choices = list(majors.items())
    form.degrees.choices = spoken(DEGREE_LABELS)
    form.industries.choices = [(name, gettext(name)) for name in INDUSTRIES]
    form.regions.choices = [(name, gettext(name)) for name in REGIONS]
    form.groups.choices = [(code, gettext(label)) for code, label in GROUP_LABELS.items()]
    form.accountable.choices = [
        (role.value, gettext(label))
        for role, label in (
            (OrganiserRole.HOST, "第一主办单位"),
            (OrganiserRole.ORGANISER, "第一承办单位"),
        )
    ]


ORGANISER_BOXES = {
    OrganiserRole.HOST: "hosts",
    OrganiserRole.ORGANISER: "organisers",
    OrganiserRole.CO_ORGANISER: "co_organisers",
    OrganiserRole.PARTNER: "supporters",
}
"""Which field lists the organisations of a role, in printed order (S4)."""


def organisers_of(form: WordsForm, university: University) -> list[OrganiserDraft]:
    """The organisations as typed, line by line; none if all boxes are empty."""
    named = [(role, name) for role, box in ORGANISER_BOXES.items() for name in lines(form[box].data)]
    answers = [i for i, (role, _name) in enumerate(named) if role.value == form.accountable.data]
    return [
        OrganiserDraft(
            name=name,
            role=role,
            university_id=university.id if name == university.name else None,
            is_accountable=i == min(answers, default=-1),
        )
        for i, (role, name) in enumerate(named)
    ]


def lines(text: str | None) -> list[str]:
    """The lines of a box that say something."""
    return [line.strip()[:100] for line in (text or "").splitlines() if line.strip()][:50]
