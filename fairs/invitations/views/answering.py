"""The pages of whoever is invited: by the personal link, or signed in for an employer (E6)."""

from typing import Any

from flask import g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.rules import RoleKind
from fairs.employers import queries as employers
from fairs.employers.models import Employer
from fairs.institutions import queries as institutions
from fairs.invitations import actions, letters, queries
from fairs.invitations.forms import DeclineForm
from fairs.invitations.models import Invitation
from fairs.invitations.rules import OPEN, DeclineKind
from fairs.invitations.views.blueprint import bp
from fairs.programmes import queries as programmes
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.route("/<school>/invitations/<token>", methods=["GET", "POST"])
@access.public
def show(token: str) -> Any:
    """An invitation by its personal link; a POST declines it."""
    one = queries.by_token(token, access.school().id)
    if request.method == "GET":
        actions.open_invitation(one.id, now=clock.now())
    mine = _acting_for(one)
    session["go_on"] = request.path if not mine else None  # after registration one comes back here
    form = DeclineForm()
    if submitted(form, lambda: _decline(one.id, form)):
        return back_to("invitations.show", _("已谢绝，感谢您的答复。"), token=token)
    return _page(queries.by_token(token, access.school().id), form, mine, token), status_of(form)


def _acting_for(one: Invitation) -> list[Employer]:
    """The viewer's employers that may accept it."""
    who = access.viewer()
    mine = {grant.employer_id for grant in who.grants if grant.kind is RoleKind.EMPLOYER_HR} if who else set()
    numbers = sorted(number for number in mine if number and one.employer_id in {None, number})
    return [employers.employer(number) for number in numbers[:10]]


def _decline(number: int, form: DeclineForm) -> None:
    who = access.viewer()
    actions.decline(
        number,
        DeclineKind(form.kind.data),
        form.note.data or "",
        stop=form.stop.data,
        by=who.person_id if who else None,
        now=clock.now(),
    )


def _page(one: Invitation, form: DeclineForm, mine: list[Employer], key: str) -> str:
    return render_template(
        "invitations/show.html",
        one=one,
        form=form,
        mine=mine,
        barred=queries.barred_at([one.id for one in mine]),
        key=key,
        event=one.event,
        host=one.event.university,
        fair=programmes.fair_of(one.event_id),
        days=programmes.occurrences(one.event_id),
        inviter=letters.inviter(one),
        is_open=one.state in OPEN and clock.now() < one.expires_at,
        is_public=one.event.published_at is not None,
        now=clock.now(),
    )


@bp.get("/employer/<employer>/invitations")
@access.for_employer
def mine() -> str:
    """The employer's invitations, and the universities whose letters it does not want."""
    return render_template(
        "invitations/mine.html",
        rows=queries.of_employer(g.employer_id),
        stopped=queries.stops_of(g.employer_id),
        barred=queries.barred_at([g.employer_id]),
        now=clock.now(),
    )


@bp.route("/employer/<employer>/invitations/<invitation>", methods=["GET", "POST"])
@access.for_employer
def own(invitation: str) -> Any:
    """One invitation of the employer; a POST declines it."""
    one = queries.for_employer(invitation, g.employer_id)
    if request.method == "GET":
        actions.open_invitation(one.id, now=clock.now())
    form = DeclineForm()
    if submitted(form, lambda: _decline(one.id, form)):
        return back_to("invitations.mine", _("已谢绝，感谢您的答复。"))
    one = queries.for_employer(invitation, g.employer_id)
    return _page(one, form, [employers.employer(g.employer_id)], invitation), status_of(form)


@bp.post("/employer/<employer>/invitations/<invitation>/accept")
@access.for_employer
def accept(invitation: str) -> Response:
    """Accept, and go on to the request for a booth, filled in from the last time."""
    number = queries.for_employer(invitation, g.employer_id).id
    one = actions.accept(number, g.employer_id, by=access.me().person_id, now=clock.now())
    session.pop("go_on", None)
    where = {"school": one.event.university.slug, "event": one.event.public_id}
    return back_to("exhibitors.apply", _("已接受邀请。请核对下面的展位申请并提交。"), **where)


@bp.post("/employer/<employer>/invitations/resume/<slug>")
@access.for_employer
def resume(slug: str) -> Response:
    """Be invited by a university again."""
    school = institutions.university_by_slug(slug)
    actions.allow_again(g.employer_id, school.id, by=access.me().person_id, now=clock.now())
    return redirect(url_for("invitations.mine"))
