"""The form of a space."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FloatField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from fairs.institutions import queries as institutions
from fairs.venues import queries
from fairs.venues.actions import SpaceDraft
from fairs.venues.rules import SPACE_LABELS, SpaceKind


class SpaceForm(FlaskForm):
    """A hall, a room or a part of one."""

    name = StringField(_("名称"), [DataRequired(_("请填写名称。")), Length(max=80)])
    kind = SelectField(_("类型"), [InputRequired()])
    campus = SelectField(_("校区"), [InputRequired()], coerce=str)
    parent = SelectField(
        _("属于哪个场馆"),
        [Optional()],
        coerce=str,
        description=_("例如“体育馆东厅”属于“体育馆”：占用整馆时会同时占用各部分。"),
    )
    net_area = FloatField(
        _("净面积（平方米）"),
        [InputRequired(_("请填写面积。")), NumberRange(1, 1_000_000, _("请填写大于 0 的面积。"))],
        description=_("扣除看台、柱子和固定设施后的面积。"),
    )
    capacity = IntegerField(
        _("可同时容纳人数"),
        [Optional(), NumberRange(1, 100_000, _("请填写大于 0 的人数。"))],
        description=_("不填则按每平方米 0.75 人计算。"),
    )

    def draft(self) -> SpaceDraft:
        """What was typed, for the action."""
        form: Any = self  # validated: what is required has a value
        return SpaceDraft(
            campus_id=int(form.campus.data),
            kind=SpaceKind(form.kind.data),
            name=form.name.data.strip(),
            net_area=form.net_area.data,
            capacity=form.capacity.data,
            parent_id=int(form.parent.data) if form.parent.data else None,
        )


def space_form(university_id: int) -> SpaceForm:
    """The form of a new space."""
    form = SpaceForm()
    form.kind.choices = [(kind.value, gettext(label)) for kind, label in SPACE_LABELS.items()]
    form.campus.choices = [(str(c.id), c.name) for c in institutions.campuses(university_id)]
    form.parent.choices = [("", gettext("独立的场地"))] + [
        (str(s.id), s.name) for s in queries.spaces(university_id) if s.parent_id is None
    ]
    return form
