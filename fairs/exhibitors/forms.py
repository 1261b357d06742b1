"""Forms of asking for a place at a fair and of naming the staff."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # WTForms 3.3 has it, its stubs not yet
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from fairs.exhibitors.models import Exhibitor
from fairs.exhibitors.rules import Needs
from fairs.postings.models import PostingPublication, PostingRevision
from fairs.programmes.models import EventSchool
from fairs.venues.rules import BOOTH_SIZE_LABELS, BoothSize


class RequestForm(FlaskForm):
    """What the booth must have, which postings come, for whom."""

    version = IntegerField(widget=HiddenInput(), default=0)
    postings = SelectMultipleField(
        _("带来的岗位"),
        [InputRequired(_("请至少选择一个岗位。"))],
        description=_("只能选择已通过这所学校审核、正在发布的岗位。"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    size = RadioField(
        _("展位大小"),
        [InputRequired(_("请选择展位大小。"))],
        choices=[SelectChoice(size.value, label) for size, label in BOOTH_SIZE_LABELS.items()],
        default=BoothSize.STANDARD.value,
    )
    power = BooleanField(_("需要电源"))
    accessible = BooleanField(_("需要无障碍展位（参会人员使用轮椅等）"))
    through = SelectField(
        _("经由哪所学校参加"),
        [Optional()],
        coerce=int,
        choices=[],
        description=_("联合招聘会按学校分配展位名额，请选择邀请贵单位的学校。"),
    )
    zone = SelectField(_("希望的展区"), [Optional()], description=_("尽量满足；已满时安排在其他展区。"))
    majors = SelectMultipleField(_("面向专业"), [Optional()], option_widget=CheckboxInput())
    note = TextAreaField(
        _("其他说明"),
        [Optional(), Length(max=300, message=_("请控制在 300 字以内。"))],
        render_kw={"rows": 3},
    )

    def offer(
        self,
        publications: Sequence[PostingPublication],
        zones: Sequence[tuple[str, str]],
        majors: Sequence[tuple[str, list[tuple[str, str]]]],
    ) -> None:
        """Fill the choices: postings shown at the university, zones of the plan, majors by department."""
        self._posting_ids = {row.posting.public_id: row.posting_id for row in publications}
        self.postings.choices = [
            SelectChoice(row.posting.public_id, self._line(row.revision)) for row in publications
        ]
        self.size.choices = [
            SelectChoice(size.value, gettext(label)) for size, label in BOOTH_SIZE_LABELS.items()
        ]
        self.zone.choices = [
            SelectChoice("", gettext("都可以")),
            *(SelectChoice(key, name) for key, name in zones),
        ]
        self.majors.choices = [SelectChoice(code, name) for _name, group in majors for code, name in group]

    def offer_schools(self, schools: Sequence[EventSchool], lead_id: int) -> None:
        """Fill the universities of a joint fair; without a choice it is the lead."""
        self.through.choices = [(row.university_id, row.university.name) for row in schools]
        self.through.default = lead_id
        if not self.is_submitted():
            self.through.data = lead_id

    @staticmethod
    def _line(revision: PostingRevision) -> str:
        count = gettext("招 %(count)s 人", count=revision.headcount)
        return " · ".join(part for part in (revision.title, revision.city, count) if part)

    def fill(self, exhibitor: Exhibitor, revisions: Sequence[PostingRevision]) -> None:
        """Show what was asked for before."""
        needs = Needs.read(exhibitor.needs)
        self.version.data = exhibitor.version
        self.size.data, self.power.data, self.accessible.data = (
            needs.size.value,
            needs.power,
            needs.accessible,
        )
        self.zone.data, self.note.data, self.majors.data = needs.zone or "", needs.note, exhibitor.majors
        brought = {revision.posting_id for revision in revisions}
        self.postings.data = [key for key, number in self._posting_ids.items() if number in brought]

    def values(self) -> dict[str, Any]:
        """The arguments of the actions."""
        return {
            "needs": Needs(
                size=BoothSize(self.size.data),
                power=self.power.data,
                accessible=self.accessible.data,
                zone=self.zone.data or None,
                note=(self.note.data or "").strip(),
            ),
            "majors": self.majors.data or [],
            "through": self.through.data or None,
            "posting_ids": [self._posting_ids[key] for key in self.postings.data or []],
        }


class RepForm(FlaskForm):
    """One of the staff who comes to the fair."""

    name = StringField(
        _("姓名"), [DataRequired(_("请填写姓名。")), Length(max=60)], render_kw={"autocomplete": "off"}
    )
    phone = StringField(
        _("手机号"),
        [Optional(), Regexp(r"^[0-9+ \-]{7,20}$", message=_("请填写正确的电话号码。"))],
        render_kw={"type": "tel", "inputmode": "tel", "autocomplete": "off"},
    )
    plate = StringField(
        _("车牌号"),
        [Optional(), Length(max=20)],
        description=_("开车进校时填写，名单会提前交给保卫处。"),
        render_kw={"autocomplete": "off"},
    )
