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
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from fairs.exhibitors.bringing import Bringable
from fairs.exhibitors.models import Exhibitor, RepPass
from fairs.exhibitors.rules import Needs
from fairs.postings.models import PostingPublication, PostingRevision
from fairs.programmes.models import EventSchool
from fairs.venues.rules import BOOTH_SIZE_LABELS, BoothSize
from fairs.web.forms import SelectChoice
from fairs.web.language import called, when_short


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
    reps = SelectMultipleField(
        _("上次的参会人员"),
        [Optional()],
        description=_("勾选的人员会一起登记，各得到新的报到码；提交后还可以增减。"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
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
        self.reps.choices = []
        self._copies = {row.posting.copied_from_id: row.posting.public_id for row in publications}

    def offer_schools(self, schools: Sequence[EventSchool], lead_id: int) -> None:
        """Fill the universities of a joint fair; without a choice it is the lead."""
        self.through.choices = [(row.university_id, called(row.university)) for row in schools]
        self.through.default = lead_id
        if not self.is_submitted():
            self.through.data = lead_id

    @staticmethod
    def _line(revision: PostingRevision) -> str:
        count = gettext("招 %(count)s 人", count=revision.headcount)
        return " · ".join(part for part in (revision.title, revision.city, count) if part)

    def offer_again(self, reps: Sequence[RepPass]) -> None:
        """Offer the staff of the last fair."""
        self.reps.choices = [
            SelectChoice(rep.public_id, " ".join(part for part in (rep.name, rep.plate) if part))
            for rep in reps
        ]
        self._reps = {rep.public_id: rep.id for rep in reps}

    def fill(self, exhibitor: Exhibitor, revisions: Sequence[PostingRevision]) -> None:
        """Show what was asked for before."""
        self.version.data = exhibitor.version
        self._show(exhibitor)
        brought = {revision.posting_id for revision in revisions}
        self.postings.data = [key for key, number in self._posting_ids.items() if number in brought]

    def begin_with(self, last: Exhibitor, revisions: Sequence[PostingRevision], most_reps: int) -> None:
        """Begin with what was asked for at the last fair: the same postings, or the copies made of them since."""
        self._show(last)
        known = {value for value, _label, *_rest in self.zone.iter_choices()}
        self.zone.data = self.zone.data if self.zone.data in known else ""
        here = {value for value, _label, *_rest in self.majors.iter_choices()}
        self.majors.data = [code for code in last.majors if code in here]
        brought = {revision.posting_id for revision in revisions}
        same = [key for key, number in self._posting_ids.items() if number in brought]
        copies = [key for number, key in self._copies.items() if number in brought]
        self.postings.data = list(dict.fromkeys([*same, *copies]))
        self.reps.data = [value for value, _label, *_rest in self.reps.iter_choices()][:most_reps]

    def _show(self, exhibitor: Exhibitor) -> None:
        needs = Needs.read(exhibitor.needs)
        self.size.data, self.power.data, self.accessible.data = (
            needs.size.value,
            needs.power,
            needs.accessible,
        )
        self.zone.data, self.note.data, self.majors.data = needs.zone or "", needs.note, exhibitor.majors

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

    def rep_ids(self) -> list[int]:
        """The staff of the last fair who come again."""
        return [self._reps[key] for key in self.reps.data or []]


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


class BringForm(FlaskForm):
    """At which fairs a posting is shown."""

    fairs = SelectMultipleField(
        _("带到这些招聘会"),
        [Optional()],
        description=_("只能选择已申请展位、并且学校正在展示这个岗位的招聘会。每个展位至少保留一个岗位。"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, fairs: Sequence[Bringable]) -> None:
        """Fill in the fairs, ticked where the posting is shown."""
        self.fairs.choices = [
            SelectChoice(
                one.exhibitor.public_id,
                f"{one.exhibitor.event.title} · {called(one.exhibitor.event.university)}"
                f" · {when_short(one.starts_at)}",
            )
            for one in fairs
            if one.allowed or one.brought
        ]
        if not self.is_submitted():
            self.fairs.data = [one.exhibitor.public_id for one in fairs if one.brought]
