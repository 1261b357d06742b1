"""Forms of live streams."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from fairs.clock import at_campus, campus, campus_day
from fairs.employers.models import Employer
from fairs.errors import Refusal
from fairs.livestreams import queries
from fairs.livestreams.checks import check_way, check_when
from fairs.livestreams.models import LiveSession
from fairs.livestreams.rules import HostNotThere, LiveDraft
from fairs.livestreams.times import Period
from fairs.postings.statute_forms import StatuteForm, check_while_typed
from fairs.programmes import queries as events
from fairs.programmes.forms import ManyField
from fairs.programmes.models import Event
from fairs.web.forms import DayField, ask_while_typed, show_refusal
from fairs.web.language import called


class LiveForm(StatuteForm):
    """A stream: what, when, where, who speaks of what; an employer's words may need a statutory ground."""

    event: Event
    version = HiddenField()
    title = StringField(
        _("直播标题"),
        [DataRequired(_("请填写直播标题。")), Length(max=80)],
        description=_("学生在活动页面看到的名称，审核通过后显示。"),
    )
    on = DayField(_("日期"), [InputRequired(_("请填写日期。"))])
    starts = TimeField(_("开始"), [InputRequired(_("请填写开始时间。"))])
    ends = TimeField(_("结束"), [InputRequired(_("请填写结束时间。"))])
    platform = StringField(
        _("直播平台"),
        [DataRequired(_("请填写直播平台。")), Length(max=40)],
        description=_("例如学校的直播平台或会议软件的名称。"),
    )
    url = StringField(
        _("直播链接"),
        [Optional(), Length(max=500)],
        description=_("只有已预约的学生、主办单位和工作人员能打开；可以公布以后再补。"),
    )
    employer = SelectField(_("主办"), [Optional()], description=_("由单位主办时，只能选参加这场活动的单位。"))
    presents = TextAreaField(
        _("介绍的单位"),
        [Optional(), Length(max=2000)],
        description=_("由学校主办时填写，每行一个单位全称；这些单位会收到消息。"),
    )
    postings = ManyField(_("介绍的岗位"), description=_("从带到这场活动的岗位里选。"))
    description = TextAreaField(
        _("直播介绍"), [Optional(), Length(max=2000)], description=_("审核通过后公开显示。")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all can be taken; whoever typed several wrong things reads of all of them at once."""
        wrong = not super().validate(extra_validators)
        for check in (self._check_when, self._check_way, self._check_presents):
            try:
                check()
            except Refusal as refusal:
                show_refusal(self, refusal)
                wrong = True
        return not wrong

    def _check_when(self) -> None:
        form: Any = self
        if form.on.data and form.starts.data and form.ends.data:
            check_when(form.event, _period(form))

    def _check_way(self) -> None:
        form: Any = self
        if form.url.data and not form.url.errors:
            check_way(form.event, form.url.data.strip())

    def _check_presents(self) -> None:
        form: Any = self
        if "presents" in form and form.presents.data:
            _named(form.presents.data, queries.employers_at(form.event.id))

    def draft(self, event: Event, employer_id: int | None = None) -> LiveDraft:
        """What was typed; ``employer_id``: whose own page it is. Raises HostNotThere for a name not coming."""
        form: Any = self  # validated
        there = {} if employer_id else {one.public_id: one for one in queries.employers_at(event.id)}
        host = there.get(form.employer.data or "") if "employer" in form else None
        starts_at, ends_at = _period(form)
        return LiveDraft(
            title=form.title.data.strip(),
            description=(form.description.data or "").strip(),
            platform=form.platform.data.strip(),
            url=(form.url.data or "").strip(),
            starts_at=starts_at,
            ends_at=ends_at,
            employer_id=employer_id or (host.id if host else None),
            presents=_named(form.presents.data, list(there.values())) if "presents" in form else (),
            postings=tuple(int(one) for one in form.postings.data or ()) if "postings" in form else (),
        )


def _period(form: Any) -> Period:
    return at_campus(form.on.data, form.starts.data), at_campus(form.on.data, form.ends.data)


def _named(typed: str | None, there: Sequence[Employer]) -> tuple[int, ...]:
    known = {one.legal_name: one.id for one in there}
    names = [line.strip() for line in (typed or "").splitlines() if line.strip()]
    for name in names:
        if name not in known:
            raise HostNotThere(name=name, field="presents")
    return tuple(known[name] for name in names)


def live_form(
    event: Event, session: LiveSession | None, *, own: int | None = None, sent: bool = True
) -> LiveForm:
    """The form for a new stream or for ``session``; ``own``: the employer whose page it is.

    ``sent``: whether it may have been sent with the request, else another form of its page was.
    """
    there = _there(session) if session else _first(event)
    form = LiveForm(data=there) if sent else LiveForm(formdata=None, data=there)
    form.event = event
    if own is not None:
        del form.employer, form.presents
        check_while_typed(form.title)
        check_while_typed(form.description)
    else:
        del form.ground, form.document
        for field in (form.title, form.description):
            ask_while_typed(field, url_for("postings.office_hints", field=field.name))
        lead = event.department.name if event.department else called(event.university)
        firms = [(one.public_id, one.legal_name) for one in queries.employers_at(event.id)]
        host = session.employer if session else None
        if host is not None and host.public_id not in dict(firms):  # gave its place back since
            firms.append((host.public_id, host.legal_name))
        form.employer.choices = [("", gettext("%(name)s（学校主办）", name=lead)), *firms]
    if session is not None and session.employer_id is not None and "presents" in form:
        del form.presents
    speaker = own if own is not None else session.employer_id if session else None
    brought = queries.brought(event.id, speaker) if speaker is not None else []
    if brought:
        form.postings.choices = [(str(one.posting_id), one.title) for one in brought]
    else:
        del form.postings
    return form


def _first(event: Event) -> dict[str, Any]:
    days = events.occurrences(event.id)
    return {"on": campus_day(days[0].starts_at), "employer": ""} if days else {}


def _there(session: LiveSession) -> dict[str, Any]:
    return {
        "version": session.version,
        "title": session.words.title,
        "description": session.words.description,
        "platform": session.platform,
        "url": session.url,
        "on": campus_day(session.starts_at),
        "starts": campus(session.starts_at).time(),
        "ends": campus(session.ends_at).time(),
        "employer": session.employer.public_id if session.employer else "",
        "presents": "\n".join(one.legal_name for one in session.presenters),
        "postings": [str(number) for number in queries.posting_ids(session.id)],
    }


class CancelForm(FlaskForm):
    """Why a stream is called off; ``version`` is the one that the page shows."""

    version = HiddenField()
    reason = StringField(_("原因"), [DataRequired(_("请写明原因，相关的人会看到。")), Length(max=200)])


class HeldForm(FlaskForm):
    """That a stream was held, and the platform's own number."""

    version = HiddenField()
    viewers = IntegerField(
        _("平台显示的观看人数"),
        [Optional()],
        description=_("平台提供、未经核实，单独列出，不与系统统计的人数相加。没有可不填。"),
    )


def shown_version(form: Any) -> int:
    """The version that the page was made from; what is no number was never shown."""
    typed = str(form.version.data or "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
