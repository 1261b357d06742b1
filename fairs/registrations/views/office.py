"""The career centre's pages of booking: slots, when booking begins, and who may book first."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.programmes import board
from fairs.programmes import queries as programmes
from fairs.programmes.part_forms import slots_form
from fairs.registrations import actions, priority, windows
from fairs.registrations.forms import (
    ListForm,
    LookForm,
    choose_groups,
    window_form,
)
from fairs.registrations.rules import SUPPORT_GROUP_LABELS
from fairs.registrations.views.blueprint import DESK, bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.route("/<school>/office/events/<event>/slots", methods=["GET", "POST"])
@access.require(*DESK)
def slots(event: str) -> Any:
    """Cut the days of an event into entry slots; places that are added go to those who wait."""
    chosen = programmes.staff_event(event, access.school().id, access.me())
    form, number = slots_form(programmes.occurrences(chosen.id)), chosen.id
    version = request.form.get("version", chosen.version, type=int)
    who, now = access.me().person_id, clock.now()
    done = submitted(
        form, lambda: (actions.change_slots(number, form.draft(), version=version, by=who, now=now),)
    )
    if done:
        return back_to("programmes.office_event", _slots_said(done[0]), event=event)
    page = render_template("programmes/slots.html", form=form, event=chosen, days=board.details(chosen))
    return page, status_of(form)


def _slots_said(promoted: int) -> str:
    if promoted:
        return str(_("入场时段已保存，%(count)s 位候补的同学已递补。", count=promoted))
    return str(_("入场时段已保存。"))


@bp.route("/<school>/office/events/<event>/opening", methods=["GET", "POST"])
@access.require(*DESK)
def opening(event: str) -> Any:
    """When booking begins, and for whom earlier."""
    chosen = programmes.staff_event(event, access.school().id, access.me())
    number = chosen.id
    form = window_form(windows.window_of(number), windows.opens_for_all(chosen))
    done = submitted(
        form, lambda: priority.set_window(number, *form.window(), by=access.me().person_id, now=clock.now())
    )
    if done:
        return back_to("programmes.office_event", _("预约开放时间已保存。"), event=event)
    chosen = programmes.staff_event(event, access.school().id, access.me())
    return render_template("registrations/opening.html", form=form, event=chosen), status_of(form)


@bp.route("/<school>/office/priority", methods=["GET", "POST"])
@access.office
def priority_lists() -> Any:
    """The lists of who may book first: replaced by student numbers, with the purpose; never shown by themselves."""
    form, here, who = choose_groups(ListForm()), access.school().id, access.me().person_id
    saved = submitted(
        form,
        lambda: (priority.replace_list(here, form.members(), *form.entry(), by=who, now=clock.now()),),
    )
    if saved:
        return back_to("registrations.priority_lists", _("名单已保存，内容加密存放。"))
    return _lists_page(form), status_of(form)


def _lists_page(form: ListForm) -> str:
    return render_template(
        "registrations/priority.html",
        form=form,
        look=choose_groups(LookForm(prefix="look")),
        sizes=priority.sizes(access.school().id),
        labels=SUPPORT_GROUP_LABELS,
    )


@bp.post("/<school>/office/priority/look")
@access.office
def priority_members() -> Any:
    """Who is on a list, for a stated purpose; the look is written down."""
    form, here = choose_groups(LookForm(prefix="look")), access.school().id
    found = submitted(
        form,
        lambda: (priority.reveal(here, *form.entry(), by=access.me().person_id, now=clock.now()),),
    )
    if not found:
        return back_to("registrations.priority_lists", _("请选择群体并写明查看用途。"), "warning")
    page = render_template(
        "registrations/priority_members.html", students=found[0], group=SUPPORT_GROUP_LABELS[form.entry()[0]]
    )
    return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")
