"""Forms of giving a booth by hand, of starting a run, and of ending a place."""

from collections.abc import Iterable

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from fairs.allocation.queries import Seats
from fairs.venues.models import PlanBooth
from fairs.venues.rules import BOOTH_SIZE_LABELS
from fairs.web.forms import SelectChoice


class RunForm(FlaskForm):
    """Options of an allocation run."""

    rearrange = BooleanField(_("也重新安排尚未确认的展位（已确认和已固定的不动）"))


class SeatForm(FlaskForm):
    """Which booth; ``holding`` and ``version`` say what the officer saw."""

    holding = HiddenField()
    version = IntegerField(widget=HiddenInput(), default=0)
    booth = SelectField(_("选择展位"), [InputRequired(_("请选择展位。"))])

    def offer(self, seats: Seats) -> None:
        """Fill the choices, the fitting free booths first."""
        groups = (
            (gettext("符合要求的空展位"), seats.fitting),
            (gettext("其他空展位（不完全符合要求）"), seats.other),
            (gettext("与其他单位对调"), seats.taken),
        )
        self.booth.choices = [
            SelectChoice(booth.booth_key, _line(booth, who), optgroup=name)
            for name, rows in groups
            for booth, who in rows
        ] or [SelectChoice("", gettext("没有可选的展位"))]


def _line(booth: PlanBooth, who: str) -> str:
    parts: Iterable[str] = (
        booth.number,
        gettext(BOOTH_SIZE_LABELS[booth.size]),
        gettext("电源") if booth.power else "",
        gettext("无障碍") if booth.accessible else "",
        who,
    )
    return " · ".join(part for part in parts if part)


class EndForm(FlaskForm):
    """Taking a booth or a whole place back, and why."""

    version = IntegerField(widget=HiddenInput(), default=0)
    holding = HiddenField()
    held_version = IntegerField(widget=HiddenInput(), default=0)
    how = RadioField(_("怎样处理"), [InputRequired(_("请选择怎样处理。"))])
    reason = TextAreaField(
        _("原因"),
        [DataRequired(_("请写明原因，对方会看到这段文字。")), Length(max=300)],
        description=_("单位会在通知里看到这段文字。"),
        render_kw={"rows": 3},
    )

    def offer(self, *, holds: bool, missed: bool) -> None:
        """Only who holds a booth can be put back in line, or be ``missed`` once it is held no longer (P12)."""
        gone = [SelectChoice("no_show", gettext("未到场：收回展位，并记录一次违约"))] if missed else []
        back = [SelectChoice("release", gettext("收回展位，转入候补"))] if holds else []
        self.how.choices = [*gone, *back, SelectChoice("revoke", gettext("撤销参会，不再安排展位"))]


class CancelForm(FlaskForm):
    """Why the employer does not come."""

    reason = TextAreaField(_("取消原因"), [Optional(), Length(max=300)], render_kw={"rows": 3})
