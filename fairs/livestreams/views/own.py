"""An employer's streams at an event: propose one, follow how it stands, change it until it is announced."""

from typing import Any

from flask import g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.database import found
from fairs.employers import queries as employers
from fairs.livestreams import actions, queries
from fairs.livestreams.forms import CancelForm, LiveForm, live_form, shown_version
from fairs.livestreams.queries import Line
from fairs.livestreams.rules import CALLED_OFF, LiveState, Side
from fairs.livestreams.views.blueprint import bp
from fairs.livestreams.words import answer
from fairs.postings.forms import AppealForm
from fairs.postings.hints import Hint
from fairs.postings.statutes import clauses_in
from fairs.programmes.models import Event
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

OWN = "/employer/<employer>/live/<school>/<event>"


def _event(event: str) -> Event:
    """The event, for an employer that takes part in it. Raises NotFound."""
    chosen = queries.live_event(event, access.school().id)
    return found(chosen if queries.takes_part(g.employer_id, chosen.id) else None)


def _line(event: str, live: str) -> Line:
    """A stream of the employer. Raises NotFound for another's."""
    line = queries.session(live, _event(event).id)
    return found(line if line.session.employer_id == g.employer_id else None)


def _back(sentence: str, event: str) -> Response:
    return back_to("livestreams.own", sentence, employer=g.employer_public_id, event=event)


@bp.get(OWN)
@access.for_employer
def own(event: str) -> str:
    """The employer's streams at an event."""
    chosen = _event(event)
    lines = queries.of_event(chosen.id, g.employer_id)
    return render_template(
        "livestreams/own.html",
        event=chosen,
        lines=lines,
        may_propose=chosen.state not in CALLED_OFF,
        now=clock.now(),
        LiveState=LiveState,
    )


@bp.route(f"{OWN}/new", methods=["GET", "POST"])
@access.for_employer
def propose(event: str) -> Any:
    """Propose a stream; the organiser announces it once its words have passed."""
    chosen, employer = _event(event), g.employer_id
    form, number, who = live_form(chosen, None, own=employer), chosen.id, access.me().person_id
    stated = form.stated()

    def plan() -> Any:
        draft = form.draft(_event(event), employer)
        return actions.plan_session(number, draft, Side.EMPLOYER, by=who, now=clock.now(), stated=stated)

    if submitted(form, plan):
        return _back(_("已提出。标题和介绍审核通过后，由学校公布。"), event)
    return _page(_event(event), None, form, None), status_of(form)


@bp.route(f"{OWN}/<live>", methods=["GET", "POST"])
@access.for_employer
def change_own(event: str, live: str) -> Any:
    """Change a stream that is not announced yet."""
    line, employer = _line(event, live), g.employer_id
    form = live_form(line.session.event, line.session, own=employer)
    number, stated = line.session.id, form.stated()
    sent: dict[str, Any] = {"version": shown_version(form), "by": access.me().person_id, "now": clock.now()}

    def change() -> Any:
        draft = form.draft(_event(event), employer)
        return actions.change_session(number, draft, Side.EMPLOYER, stated=stated, **sent)

    if submitted(form, change):
        return _back(_("直播已保存。"), event)
    return _page(_event(event), _line(event, live), form, AppealForm(formdata=None)), status_of(form)


def _page(event: Event, line: Line | None, form: LiveForm, appealing: AppealForm | None) -> str:
    return render_template(
        "livestreams/propose.html",
        form=form,
        found=_found(event, form),
        appealing=appealing,
        answer=answer(line.standing.case) if line else None,
        event=event,
        line=line,
        now=clock.now(),
        LiveState=LiveState,
    )


def _found(event: Event, form: LiveForm) -> dict[str, list[Hint]]:
    """Clauses in the words that stand in the form, by field, as the university of the event reads them."""
    typed = {"title": form.title.data, "description": form.description.data}
    words = {name: (text or "").replace("\r\n", "\n") for name, text in typed.items()}
    clauses = clauses_in(words, employers.employer(g.employer_id), [event.university])
    return {name: [one for one in clauses if one.field == name] for name in words}


@bp.post(f"{OWN}/<live>/appeal")
@access.for_employer
def appeal(event: str, live: str) -> Any:
    """Contest that the words of a stream were sent back; another officer decides."""
    line, form = _line(event, live), AppealForm()
    number, who, now = line.session.id, access.me().person_id, clock.now()
    if submitted(form, lambda: actions.appeal_words(number, form.reason.data or "", by=who, now=now)):
        return _back(_("申诉已提交，由另一位老师处理。"), event)
    line = _line(event, live)
    plain = live_form(line.session.event, line.session, own=g.employer_id, sent=False)
    return _page(line.session.event, line, plain, form), status_of(form)


@bp.route(f"{OWN}/<live>/cancel", methods=["GET", "POST"])
@access.for_employer
def cancel_own(event: str, live: str) -> Any:
    """Take a proposal back."""
    line = _line(event, live)
    form = CancelForm(data={"version": line.session.version})
    number, who = line.session.id, access.me().person_id
    done = submitted(
        form,
        lambda: actions.cancel(
            number,
            form.reason.data or "",
            Side.EMPLOYER,
            version=shown_version(form),
            by=who,
            now=clock.now(),
        ),
    )
    if done:
        return _back(_("直播已取消，学校会收到消息。"), event)
    page = render_template(
        "livestreams/cancel.html", form=form, line=_line(event, live), back="livestreams.own"
    )
    return page, status_of(form)
