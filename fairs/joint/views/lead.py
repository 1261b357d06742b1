"""The lead university's pages of a joint fair: who takes part, with which quotas, and what they use."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.joint import actions, queries
from fairs.joint.badges import badge_of
from fairs.joint.forms import InviteForm, leave_form, quota_form
from fairs.joint.views.blueprint import bp
from fairs.programmes import partners
from fairs.programmes import queries as programmes
from fairs.programmes.models import Event, EventSchool
from fairs.programmes.participation import CHANGEABLE, ParticipationState
from fairs.programmes.tabs import has_booths, tabs
from fairs.web.forms import status_of, submitted
from fairs.web.language import called
from fairs.web.refusals import back_to

SCHOOLS = "/<school>/office/events/<event>/schools"
PRESENT = frozenset({ParticipationState.INVITED, ParticipationState.ACCEPTED})


def _event(event: str) -> Event:
    return programmes.led_event(event, access.school().id)


def _me() -> int:
    return access.me().person_id


@bp.route(SCHOOLS, methods=["GET", "POST"])
@access.office
def schools(event: str) -> Any:
    """The universities of an event; invite one more. Totals and counts only: names stay with each university."""
    chosen = _event(event)
    form, others, number = InviteForm(), _askable(chosen), chosen.id
    form.offer(others)
    if submitted(form, lambda: partners.invite_school(number, form.draft(others), by=_me(), now=clock.now())):
        return back_to("joint.schools", _("邀请已发出，对方就业中心会收到消息。"), event=event)
    return _schools_page(event, form), status_of(form)


def _askable(event: Event) -> list[University]:
    there = {row.university_id for row in programmes.invited_schools(event.id) if row.state in PRESENT}
    return [u for u in institutions.universities() if u.id not in there]


def _schools_page(event: str, form: InviteForm) -> str:
    chosen = _event(event)
    return render_template(
        "joint/schools.html",
        event=chosen,
        tabs=tabs(chosen),
        lines=queries.lines(chosen),
        form=form,
        badge_of=badge_of,
        present=PRESENT,
        is_changeable=chosen.state in CHANGEABLE,
        with_booths=has_booths(chosen),
        co_signing=queries.co_signing(chosen.id),
        postings=queries.brought_postings(chosen.id) if queries.co_signing(chosen.id) else [],
        names={row.university_id: called(row.university) for row in programmes.invited_schools(chosen.id)},
    )


def _part(event: Event, slug: str) -> EventSchool:
    partner = institutions.university_by_slug(slug)
    return programmes.invited_part(event.id, partner.id)


@bp.route(f"{SCHOOLS}/<slug>/quotas", methods=["GET", "POST"])
@access.office
def quotas(event: str, slug: str) -> Any:
    """Give a university other quotas."""
    chosen = _event(event)
    row, number = _part(chosen, slug), chosen.id
    form, partner = quota_form(row), row.university_id
    done = submitted(form, lambda: _change(form, number, partner))
    if done:
        return back_to("joint.schools", _("名额已修改。"), event=event)
    return _part_page("joint/quotas.html", event, partner, form)


def _part_page(template: str, event: str, partner: int, form: Any) -> Any:
    """A page about one university of the event, with what it uses, read anew after the form was tried."""
    chosen = _event(event)
    row = programmes.invited_part(chosen.id, partner)
    use = queries.use_of(chosen.id).get(partner, queries.Use())
    return render_template(template, event=chosen, row=row, form=form, use=use), status_of(form)


def _change(form: Any, event_id: int, university_id: int) -> EventSchool:
    return actions.change_quotas(
        event_id,
        university_id,
        booths=form.booths.data,
        tickets=form.tickets.data,
        version=form.version.data or 0,
        by=_me(),
        now=clock.now(),
    )


@bp.route(f"{SCHOOLS}/<slug>/withdraw", methods=["GET", "POST"])
@access.office
def withdraw(event: str, slug: str) -> Any:
    """Take a university out: what happens to whom is said before."""
    chosen = _event(event)
    row, number = _part(chosen, slug), chosen.id
    form, partner = leave_form(row), row.university_id
    done = submitted(form, lambda: _leave(form, number, partner))
    if done:
        return back_to("joint.schools", _("该校已退出，已预约的学生会收到通知。"), event=event)
    return _part_page("joint/withdraw.html", event, partner, form)


def _leave(form: Any, event_id: int, university_id: int) -> bool:
    version, reason = form.version.data or 0, form.reason.data
    actions.withdraw_school(event_id, university_id, reason, version=version, by=_me(), now=clock.now())
    return True


@bp.post(f"{SCHOOLS}/co-signing")
@access.office
def co_signing(event: str) -> Response:
    """Let the others sign the postings too, or no longer."""
    number = _event(event).id
    actions.set_co_signing(number, not queries.co_signing(number), by=_me(), now=clock.now())
    return back_to("joint.schools", _("会签设置已保存。"), event=event)
