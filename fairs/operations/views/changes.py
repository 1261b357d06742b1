"""Pages that move, postpone, resume, cancel an event or take that back: each shows first what it will do."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.errors import Refusal
from fairs.operations import actions, preview
from fairs.operations.forms import DayForm, ReasonForm, day_form, move_form
from fairs.operations.obstacles import Obstacle
from fairs.operations.preview import Preview
from fairs.operations.views.blueprint import PLANNERS, bp, mine
from fairs.programmes import queries as events
from fairs.programmes.models import Event
from fairs.programmes.rules import EventState
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to, sentence_of


@bp.app_template_global()
def in_words(obstacle: Obstacle) -> str:
    """What stands in the way, in the reader's language."""
    return sentence_of(Refusal(obstacle.sentence, **obstacle.values))


@bp.route("/<school>/office/events/<event>/cancel", methods=["GET", "POST"])
@access.require(*PLANNERS)
def cancel_event(event: str) -> Any:
    """Call an event off, on a page of its own that says who will hear of it."""
    sentence = _("活动已取消，相关人员会收到通知。开始之前，场地未被占用时可以撤销。")
    return _with_reason(event, actions.cancel_event, "operations/cancel.html", preview.of_cancel, sentence)


@bp.route("/<school>/office/events/<event>/postpone", methods=["GET", "POST"])
@access.require(*PLANNERS)
def postpone_event(event: str) -> Any:
    """Put an event off, on a page of its own that says who will hear of it."""
    sentence = _("活动已延期，相关人员会收到通知。确定新日期后请修改时间并重新提交审核。")
    return _with_reason(
        event, actions.postpone_event, "operations/postpone.html", preview.of_postpone, sentence
    )


def _with_reason(
    event: str,
    action: Callable[..., Any],
    page: str,
    look: Callable[[Event, datetime], Preview],
    sentence: str,
) -> Any:
    form, number = ReasonForm(), mine(event).id
    done = submitted(
        form, lambda: action(number, form.reason.data, by=access.me().person_id, now=clock.now())
    )
    if done:
        return back_to("programmes.office_event", sentence, event=event)
    chosen = mine(event)
    shown = render_template(page, form=form, event=chosen, preview=look(chosen, clock.now()))
    return shown, status_of(form)


@bp.route("/<school>/office/events/<event>/undo", methods=["GET", "POST"])
@access.require(*PLANNERS)
def undo_stop(event: str) -> Any:
    """Take a cancellation or a postponement back, after reading what returns and what does not."""
    form, chosen = ReasonForm(), mine(event)
    del form.reason
    number = chosen.id
    done = submitted(form, lambda: actions.undo_stop(number, by=access.me().person_id, now=clock.now()))
    if done:
        return back_to("programmes.office_event", _("已撤销，相关人员会收到照常举行的通知。"), event=event)
    chosen = mine(event)
    page = render_template(
        "operations/undo.html", form=form, event=chosen, preview=preview.of_undo(chosen, clock.now())
    )
    return page, status_of(form)


@bp.route("/<school>/office/events/<event>/days/<day>", methods=["GET", "POST"])
@access.require(*PLANNERS)
def move_day(event: str, day: str) -> Any:
    """Move a day of an event."""
    chosen = mine(event)
    occurrence = events.occurrence(day, chosen.id)
    form, number, now = day_form(occurrence), occurrence.id, clock.now()
    if _is_to_read(form, chosen):
        read = submitted(form, lambda: preview.of_day(chosen, occurrence, form.draft(), form.reason(), now))
        return _preview_page(chosen, form, read) if read else _moved(event, form, None)
    done = submitted(
        form,
        lambda: actions.move_day(
            number,
            form.draft(),
            outside_reason=form.reason(),
            version=form.shown_version(),
            by=access.me().person_id,
            now=now,
        ),
    )
    return _moved(event, form, done)


@bp.route("/<school>/office/events/<event>/move", methods=["GET", "POST"])
@access.require(*PLANNERS)
def move_event(event: str) -> Any:
    """Move all days of an event, or give a postponed one a new date."""
    chosen = mine(event)
    resumed = chosen.state is EventState.POSTPONED
    form, number = move_form(chosen, events.occurrences(chosen.id)[0]), chosen.id
    if _is_to_read(form, chosen):
        read = submitted(form, lambda: preview.of_move(chosen, form.new_date(), clock.now()))
        return _preview_page(chosen, form, read) if read else _moved(event, form, None)
    action = actions.resume_event if resumed else actions.move_event
    done = submitted(
        form,
        lambda: action(
            number,
            form.new_date(),
            version=form.shown_version(),
            by=access.me().person_id,
            now=clock.now(),
        ),
    )
    return _moved(event, form, done)


def _is_to_read(form: DayForm, event: Event) -> bool:
    """Whether what was typed must be read as a preview first: people outside know of the event."""
    return bool(form.is_submitted() and event.published_at and not form.confirmed.data)


def _preview_page(event: Event, form: DayForm, shown: Preview) -> str:
    return render_template("operations/preview.html", form=form, event=event, preview=shown)


def _moved(event: str, form: DayForm, done: Any) -> Any:
    if done:
        return back_to("programmes.office_event", _("时间已修改。"), event=event)
    chosen = mine(event)
    return render_template("operations/move_day.html", form=form, event=chosen), status_of(form)
