"""The office's pages: an event's invitations, picking employers, writing the letter (D3)."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.audit import actions as audit
from fairs.employers.marks import TAG_LABELS
from fairs.employers.models import Employer
from fairs.employers.rules import INDUSTRIES, REGIONS, SIZE_LABELS
from fairs.exhibitors import queries as exhibitors
from fairs.files.answers import list_answer
from fairs.invitations import actions, candidates, letters, queries, results
from fairs.invitations.forecast import WHY_LABELS
from fairs.invitations.forms import LetterForm, MailForm, resend_until
from fairs.invitations.models import Invitation
from fairs.invitations.rules import INVITATION_LABELS, MOST
from fairs.invitations.views.blueprint import EVENT, bp, event_here, inviting
from fairs.programmes.models import Event
from fairs.programmes.queries import fair_of
from fairs.programmes.tabs import tabs
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to, sentence_of

bp.add_app_template_global(WHY_LABELS.get, "why_label")
SEARCH = (Employer.legal_name, Invitation.name, Invitation.email, Invitation.introducer)
SORTS = {"sent": Invitation.sent_at, "until": Invitation.expires_at}


@bp.get(EVENT)
@inviting
def of_event(event: str) -> str:
    """An event's invitations: what was sent, what was answered, who is expected."""
    here = event_here(event)
    rows = listing(queries.invitations(here.id, request.args.get("state", "")), search=SEARCH, sorts=SORTS)
    states = [(state.value, _(label)) for state, label in INVITATION_LABELS.items()]
    return render_template("invitations/event.html", listing=rows, states=states, **_about(here))


@bp.get(f"{EVENT}.xlsx")
@inviting
def sheet(event: str) -> Any:
    """The same list as a sheet; taking the mailboxes away is written down."""
    here = event_here(event)
    chosen = queries.invitations(here.id, request.args.get("state", ""))
    rows = [one for (one,) in whole(chosen, search=SEARCH, sorts=SORTS)]
    who, now = access.me().person_id, clock.now()
    school, filters = here.university, request.args
    headings = (_("单位"), _("邮箱"), _("状态"), _("发出"), _("答复截止"), _("引荐人"))
    return list_answer(
        _("邀请"),
        headings,
        (_cells(one) for one in rows),
        log=lambda count: audit.export("invitations", school, count, filters, by=who, now=now),
    )


def _cells(one: Invitation) -> tuple[Any, ...]:
    state = _(INVITATION_LABELS[one.state])
    return one.addressed, one.email, state, one.sent_at, one.expires_at, one.introducer


def _about(event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "tabs": tabs(event),
        "fair": fair_of(event.id),
        "outlook": results.outlook(event),
        "is_open": exhibitors.takes_requests(event.id, clock.now()),
        "now": clock.now(),
    }


@bp.get(f"{EVENT}/pick")
@inviting
def pick(event: str) -> str:
    """The employers that may be invited, best first, each with why."""
    here = event_here(event)
    chosen = candidates.candidates(here, request.args, clock.now())
    rows = listing(chosen.statement, search=candidates.SEARCH, sorts=chosen.sorts, scalars=False)
    return render_template(
        "invitations/pick.html",
        listing=rows,
        candidates=[candidates.told(row) for row in rows.items],
        industries=[(name, _(name)) for name in INDUSTRIES],
        regions=[(name, _(name)) for name in REGIONS],
        tags=[(tag.value, _(label)) for tag, label in TAG_LABELS.items()],
        sizes=[(size.value, _(label)) for size, label in SIZE_LABELS.items()],
        most=MOST,
        majors=[
            major for _name, group in exhibitors.majors_by_department(here.university_id) for major in group
        ],
        **_about(here),
    )


@bp.route(f"{EVENT}/new", methods=["GET", "POST"])
@inviting
def write(event: str) -> Any:
    """The letter to the picked employers, with its preview and what to expect; then it leaves."""
    here = event_here(event)
    form, chosen = LetterForm(), _picked(here)
    form.suggest(_requests_until(here), clock.now())
    if not request.form.get("preview"):
        sent = submitted(form, lambda: _invite(here, chosen, form))
        if sent:
            return _told(here, sent)
    page = render_template("invitations/write.html", chosen=chosen, **_letter_page(here, form))
    return page, status_of(form)


def _letter_page(event: Event, form: LetterForm) -> dict[str, Any]:
    introducers = results.introducers(event.university_id)
    return _about(event) | {"form": form, "letter": _preview(event, form), "introducers": introducers}


def _requests_until(event: Event) -> Any:
    fair = fair_of(event.id)
    return fair.requests_until if fair else None


def _picked(event: Event) -> list[Employer]:
    return candidates.picked(event, request.values.getlist("pick"), request.args, clock.now())


def _invite(event: Event, chosen: list[Employer], form: LetterForm) -> actions.Sent:
    numbers, letter = [one.id for one in chosen], form.letter(_requests_until(event))
    return actions.begin_invite(event.id, numbers, letter, by=access.me().person_id, now=clock.now())


def _told(event: Event, sent: actions.Sent) -> Response:
    if sent.task:
        sentence = _("邀请正在后台发送，可以离开这个页面；稍后刷新可以看到结果。")
        return back_to("invitations.of_event", sentence, event=event.public_id)
    said = _("已发出 %(count)s 份邀请。", count=sent.count)
    left_out = [sentence_of(refusal) for refusal in sent.left_out[:5]]
    tone = "warning" if left_out else "success"
    return back_to("invitations.of_event", " ".join([said, *left_out]), tone, event=event.public_id)


def _preview(event: Event, form: LetterForm) -> letters.Letter | None:
    """The letter as the first of those invited would read it."""
    if not form.expires_on.data:
        return None
    draft = form.letter(_requests_until(event))
    return letters.words(
        "_letter",
        draft.language or "zh",
        event,
        addressed=_("贵单位"),
        personal=draft.words,
        introducer=draft.introducer,
        expires_at=draft.expires_at,
        link=_("（每家单位的专属链接）"),
    )


@bp.route(f"{EVENT}/mail", methods=["GET", "POST"])
@inviting
def by_mail(event: str) -> Any:
    """Invite a body that is not in the directory."""
    here = event_here(event)
    form = MailForm()
    form.suggest(_requests_until(here), clock.now())
    if not request.form.get("preview") and submitted(form, lambda: _invite_by_mail(here, form)):
        return back_to("invitations.of_event", _("邀请已发出。"), event=event)
    return render_template("invitations/by_mail.html", **_letter_page(here, form)), status_of(form)


def _invite_by_mail(event: Event, form: MailForm) -> Invitation:
    by, now = access.me().person_id, clock.now()
    letter, name, email = form.letter(_requests_until(event)), form.name.data or "", form.email.data or ""
    return actions.invite_by_mail(event.id, name, email, letter, by=by, now=now)


@bp.post(f"{EVENT}/<invitation>/resend")
@inviting
def resend(event: str, invitation: str) -> Response:
    """Send a letter once more."""
    here = event_here(event)
    one, version = queries.invitation(invitation, here.id), request.form.get("version", 0, type=int)
    until = resend_until(_requests_until(here), clock.now())
    actions.resend(one.id, **until, version=version, by=access.me().person_id, now=clock.now())
    return back_to("invitations.of_event", _("邀请已再次发出。"), event=event)


@bp.post(f"{EVENT}/<invitation>/revoke")
@inviting
def revoke(event: str, invitation: str) -> Response:
    """Take an invitation back."""
    one = queries.invitation(invitation, event_here(event).id)
    version = request.form.get("version", 0, type=int)
    actions.revoke(one.id, version, by=access.me().person_id, now=clock.now())
    return back_to("invitations.of_event", _("邀请已撤回，已通知对方。"), event=event)
