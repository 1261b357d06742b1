"""The short survey of what a student wants, and the button that keeps something."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from fairs.employers.rules import INDUSTRIES
from fairs.guidance.queries import KIND_WORDS
from fairs.guidance.rules import PLAN_LABELS, Plan, Wishes

MOST_OFFERED = 16
"""Cities that the survey offers to tick; others can be typed."""


class Ticks(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class IntentForm(FlaskForm):
    """The survey: one page, every question may stay empty."""

    plan = RadioField(_("毕业后的打算"), [Optional()], validate_choice=True)
    cities = Ticks(_("想去的城市"), [Optional()], validate_choice=False)
    more_cities = StringField(
        _("其他城市"), [Optional(), Length(max=200)], description=_("用顿号、逗号或空格分开。")
    )
    kinds = Ticks(_("想找的岗位"), [Optional()])
    industries = Ticks(_("关注的行业"), [Optional()])

    def wishes(self) -> Wishes:
        """What was said, for the action."""
        form: Any = self  # Optional fields hold None or text
        typed = re.split(r"[、，,;；\s]+", form.more_cities.data or "")
        return Wishes(
            plan=Plan(form.plan.data) if form.plan.data in set(Plan) else None,
            cities=frozenset(city for city in [*(form.cities.data or ()), *typed] if city),
            industries=frozenset(form.industries.data or ()),
            kinds=frozenset(form.kinds.data or ()),
        )


def intent_form(offered: Mapping[str, int], known: Wishes) -> IntentForm:
    """The survey with the cities where most is on offer, filled in with what is known."""
    form = IntentForm()
    form.plan.choices = [(plan.value, gettext(label)) for plan, label in PLAN_LABELS.items()]
    form.cities.choices = [(city, city) for city in _cities(offered, known.cities)]
    form.kinds.choices = [(kind, gettext(label)) for kind, label in KIND_WORDS.items()]
    form.industries.choices = [(name, gettext(name)) for name in INDUSTRIES]
    if not form.is_submitted():
        form.plan.data = known.plan.value if known.plan else None
        form.cities.data, form.kinds.data = sorted(known.cities), sorted(known.kinds)
        form.industries.data = sorted(known.industries)
    return form


def _cities(offered: Mapping[str, int], known: Collection[str]) -> list[str]:
    most = sorted((city for city in offered if city), key=lambda city: (-offered[city], city))
    return list(dict.fromkeys([*most[:MOST_OFFERED], *sorted(known)]))


class KeepForm(FlaskForm):
    """Which thing to keep or to drop, and where to go on."""

    kind = HiddenField()
    thing = HiddenField()
    drop = HiddenField()
