"""The staff's pages that make events: which kind, a new one, one like an earlier one."""

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.clock import campus_day
from fairs.programmes import actions, cloning, queries
from fairs.programmes.clone_forms import clone_form
from fairs.programmes.filling import event_form
from fairs.programmes.kinds import KIND_HINTS
from fairs.programmes.rules import EVENT_KIND_LABELS, EventKind
from fairs.programmes.views.blueprint import PLANNERS, bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

_KINDS = {kind.value: kind for kind in EventKind}


@bp.route("/<school>/office/events/new", methods=["GET", "POST"])
@access.require(*PLANNERS)
def new_event() -> Any:
    """Plan an event: first its kind, then only what this kind asks for."""
    here, now, me = access.school(), clock.now(), access.me()
    kind = _KINDS.get(request.values.get("kind", ""))
    if kind is None:
        return render_template(
            "programmes/kinds.html",
            kinds=EVENT_KIND_LABELS,
            hints=KIND_HINTS,
            programme=request.args.get("programme"),
        )
    form = event_form(here, me, campus_day(now), kind=kind, programme=request.args.get("programme"))
    made = submitted(
        form, unrepeated(lambda: actions.create_event(form.draft(here), by=me.person_id, now=now))
    )
    if made:
        sentence = _("活动已建立（草稿）。请按下面的步骤完成准备。")
        return back_to("programmes.office_event", sentence, event=made.public_id)
    page = render_template("programmes/event_form.html", form=form, kind=EVENT_KIND_LABELS[kind])
    return page, status_of(form)


@bp.route("/<school>/office/events/<event>/clone", methods=["GET", "POST"])
@access.require(*PLANNERS)
def clone_event(event: str) -> Any:
    """Plan an event like an earlier one, on a new date: everything but the participants is carried over."""
    here, now, me = access.school(), clock.now(), access.me()
    source = queries.staff_event(event, here.id, me)
    form, number = clone_form(source, campus_day(now)), source.id
    made = submitted(
        form, unrepeated(lambda: cloning.clone_event(number, form.wish(), by=me.person_id, now=now))
    )
    if made:
        sentence = _("已照原活动建立草稿：场地图、时段、面向、主办单位都已带来，参加者没有带来。")
        return back_to("programmes.office_event", sentence, event=made.public_id)
    source = queries.staff_event(event, here.id, me)
    page = render_template(
        "programmes/clone.html", form=form, event=source, days=queries.occurrences(source.id)
    )
    return page, status_of(form)
