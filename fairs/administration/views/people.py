"""Pages of staff and their roles."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person, Role
from fairs.accounts.repeats import unrepeated
from fairs.accounts.rules import ROLE_LABELS, RoleKind
from fairs.administration import queries
from fairs.administration.actions import roles as actions
from fairs.administration.forms import HandOverForm, UntilForm, role_form
from fairs.administration.rules import SOON, STAFF, grantable
from fairs.administration.views.blueprint import bp, leading, reading
from fairs.clock import campus_day
from fairs.database import found
from fairs.files.answers import list_answer
from fairs.institutions import queries as institutions
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to

SEARCH = (Person.name, Person.email)
SORTS = {"name": Person.name, "until": Role.until_on}


def _mine() -> frozenset[RoleKind]:
    """The viewer's roles at this university."""
    here = access.school().id
    return frozenset(grant.kind for grant in access.me().grants if grant.university_id == here)


@bp.get("/<school>/office/people")
@reading
def people() -> str:
    """Everybody with a role, until when; searched and filtered."""
    here, today = access.school().id, campus_day(clock.now())
    chosen = queries.roles(here, request.args, today)
    return render_template(
        "administration/people.html",
        listing=listing(chosen, search=SEARCH, sorts=SORTS, default_sort="name", scalars=False),
        kinds=[(kind.value, _(ROLE_LABELS[kind])) for kind in STAFF],
        departments=[(row.code, row.name) for row in institutions.departments(here)],
        labels=ROLE_LABELS,
        soon=today + SOON,
        today=today,
        may=bool(grantable(_mine())),
    )


@bp.get("/<school>/office/people.xlsx")
@reading
def people_sheet() -> Any:
    """The same list as a sheet."""
    rows = whole(queries.roles(access.school().id, request.args, campus_day(clock.now())), search=SEARCH)
    headings = (_("姓名"), _("邮箱"), _("角色"), _("院系"), _("开始日期"), _("截止日期"))
    cells = (
        (
            person.name,
            person.email or "",
            _(ROLE_LABELS[role.kind]),
            department or "",
            role.from_on,
            role.until_on,
        )
        for role, person, department in rows
    )
    return list_answer(_("教职工与角色"), headings, cells)


@bp.route("/<school>/office/people/new", methods=["GET", "POST"])
@leading
def give() -> Any:
    """Give somebody a role."""
    here, who = access.school().id, access.me().person_id
    form = role_form(here, grantable(_mine()))
    done = submitted(
        form, unrepeated(lambda: actions.give_role(form.draft(), university_id=here, by=who, now=clock.now()))
    )
    if done:
        return back_to("administration.people", _("角色已授予，对方会收到通知。"))
    return render_template("administration/give.html", form=form), status_of(form)


@bp.get("/<school>/office/people/<person>")
@reading
def member(person: str) -> str:
    """One person with every role, past ones too."""
    here, today = access.school().id, campus_day(clock.now())
    row = queries.member(person, here)
    return render_template(
        "administration/member.html",
        person=row,
        roles=queries.all_roles_of(row.id, here),
        labels=ROLE_LABELS,
        today=today,
        may=grantable(_mine()),
        oneself=row.id == access.me().person_id,
    )


def _role(person: str, number: str) -> Role:
    """The ``number``-th role (1 is the oldest) of a person. Raises NotFound."""
    here = access.school().id
    held = [role for role, _name in reversed(queries.all_roles_of(queries.member(person, here).id, here))]
    known = {str(place): role for place, role in enumerate(held, start=1)}
    return found(known.get(number))


@bp.route("/<school>/office/people/<person>/<number>", methods=["GET", "POST"])
@leading
def until(person: str, number: str) -> Any:
    """Until when a role lasts."""
    role, here, who = _role(person, number), access.school().id, access.me().person_id
    form, role_id = UntilForm(obj=role), role.id
    done = submitted(
        form,
        lambda: actions.set_until(role_id, form.until.data, university_id=here, by=who, now=clock.now()),
    )
    if done:
        return back_to("administration.member", _("截止日期已保存。"), person=person)
    label = _(ROLE_LABELS[_role(person, number).kind])
    return render_template("administration/until.html", form=form, person=person, label=label), status_of(
        form
    )


@bp.post("/<school>/office/people/<person>/<number>/end")
@leading
def end(person: str, number: str) -> Response:
    """A role ends at once."""
    role, who = _role(person, number), access.me().person_id
    actions.end_role(role.id, university_id=access.school().id, by=who, now=clock.now())
    return back_to("administration.member", _("角色已收回，立即生效。"), person=person)


@bp.route("/<school>/office/people/<person>/hand-over", methods=["GET", "POST"])
@leading
def hand_over(person: str) -> Any:
    """All roles of a person go to a successor."""
    here, who = access.school().id, access.me().person_id
    row, form = queries.member(person, here), HandOverForm()
    name, person_id = row.name, row.id
    count = submitted(
        form,
        lambda: actions.hand_over(person_id, form.draft(), university_id=here, by=who, now=clock.now()),
    )
    if count:
        return back_to("administration.people", _("已交接 %(count)s 个角色。", count=count))
    return render_template("administration/hand_over.html", form=form, person=person, name=name), status_of(
        form
    )
