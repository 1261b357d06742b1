"""Forms of the words and the parts of an event."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fairs.institutions import queries as institutions
from fairs.programmes import queries
from fairs.programmes.drafts import (
    EventTexts,
    SlotDraft,
    Target,
)
from fairs.programmes.models import Event, Occurrence
from fairs.programmes.rules import (
    LEVEL_LABELS,
    MODE_LABELS,
    SCOPE_LABELS,
    EventLevel,
    EventMode,
    EventScope,
    TargetDimension,
)
from fairs.venues import queries as venues


def spoken(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Choices of an enum in the reader's language."""
    return [(kind.value, gettext(label)) for kind, label in labels.items()]


class ManyField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WordsForm(FlaskForm):
    """What an event is called and for whom it is."""

    title = StringField(
        _("活动名称"),
        [DataRequired(_("请填写活动名称。")), Length(max=120)],
        description=_("学生和单位在列表里看到的名称。"),
    )
    mode = SelectField(_("举办方式"), [InputRequired()], default=EventMode.ONSITE.value)
    online_url = StringField(_("线上链接"), [Optional(), Length(max=300)], description=_("线上参加的网址。"))
    scope = SelectField(_("范围"), [InputRequired()], default=EventScope.SCHOOL.value)
    level = SelectField(_("级别"), [InputRequired()], default=EventLevel.SCHOOL.value)
    majors = ManyField(_("面向专业"), description=_("都不勾选表示面向全校所有专业。"))
    summary = TextAreaField(
        _("活动说明"),
        [Optional(), Length(max=5000)],
        description=_("流程、交通、注意事项等，公开显示。"),
    )

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
        """The majors ticked, for the action."""
        return [(TargetDimension.MAJOR, code) for code in self.majors.data or ()]


def words_form(event: Event) -> WordsForm:
    """The form that words an event anew."""
    form = WordsForm(obj=event)
    offer_words(form, event.university_id)
    if not form.is_submitted():
        form.mode.data, form.scope.data, form.level.data = event.mode, event.scope, event.level
        form.majors.data = queries.targets(event.id, TargetDimension.MAJOR)
    return form


def offer_words(form: WordsForm, university_id: int) -> None:
    form.mode.choices = spoken(MODE_LABELS)
    form.scope.choices = spoken(SCOPE_LABELS)
    form.level.choices = spoken(LEVEL_LABELS)
    majors = {major.national_code: major.name for major in institutions.majors(university_id)}
    form.majors.choices = list(majors.items())


def fill_slots(form: Any, day: Occurrence) -> None:
    slots = queries.slots(day.id)
    form.slots.data = max(1, len(slots))
    form.capacity.data = slots[0].capacity if slots else 0
    form.walk_in.data = slots[0].walk_in_quota if slots else 0


class SlotsForm(FlaskForm):
    """How the days are cut into entry slots."""

    slots = IntegerField(
        _("分几个入场时段"),
        [InputRequired(_("请填写数量。")), NumberRange(1, 24, _("请填写 1 到 24。"))],
    )
    capacity = IntegerField(
        _("每个时段名额"),
        [InputRequired(_("请填写名额。")), NumberRange(0, 50_000, _("请填写 0 到 50000。"))],
        description=_("填 0 表示不需要预约。"),
    )
    walk_in = IntegerField(
        _("其中留给现场入场"), [Optional(), NumberRange(0, 50_000, _("请填写 0 到 50000。"))]
    )

    def draft(self) -> SlotDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return SlotDraft(
            count=form.slots.data,
            capacity=form.capacity.data,
            walk_in_quota=min(form.walk_in.data or 0, form.capacity.data),
        )


def slots_form(days: Sequence[Occurrence]) -> SlotsForm:
    """The form of an event's slots, with what the first day has."""
    form = SlotsForm()
    if not form.is_submitted():
        fill_slots(form, days[0])
    return form


class HallForm(FlaskForm):
    """The space of an event."""

    space = SelectField(_("场地"), [DataRequired(_("请选择场地。"))], coerce=str)


def hall_form(event: Event, days: Sequence[Occurrence]) -> HallForm:
    """The form of a space; each choice says whether it is free on all days."""
    form = HallForm()
    form.space.choices = [("", gettext("请选择"))]
    here = event.university_id
    taken = [venues.taken_spaces(here, d.starts_at, d.ends_at, but_for=d.id) for d in days]
    for space in venues.spaces(here):
        free = not any(space.id in on_day for on_day in taken)
        text = gettext("%(name)s（可容纳 %(persons)s 人）", name=space.name, persons=space.capacity)
        form.space.choices.append(
            (str(space.id), text if free else gettext("%(space)s：已被占用", space=text))
        )
    return form


class PlanForm(FlaskForm):
    """How many booths of which kind; the rows are drawn from it."""

    booths = IntegerField(_("展位总数"), [InputRequired(_("请填写数量。"))], default=30)
    large = IntegerField(_("其中大展位"), [Optional()], default=0, description=_("6 米宽，靠里墙。"))
    power = IntegerField(_("其中带电源"), [Optional()], default=10, description=_("靠里墙排列。"))
    accessible = IntegerField(_("其中无障碍"), [Optional()], default=2, description=_("离入口最近的展位。"))
    per_row = IntegerField(
        _("每排展位"),
        [InputRequired(_("请填写数量。")), NumberRange(2, 40, _("请填写 2 到 40。"))],
        default=10,
    )
