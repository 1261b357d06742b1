"""Sent messages of a school, everybody's own inbox, and asking for an activation link."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.audit import actions as audit
from fairs.config import settings
from fairs.files.exporting import Exporting, export_answer, exporting
from fairs.messages import actions, queries
from fairs.messages.forms import ForgottenForm
from fairs.messages.models import Message
from fairs.messages.rules import MESSAGE_LABELS, MessageState
from fairs.messages.states import badge_of
from fairs.web.forms import status_of, submitted
from fairs.web.lists import COUNTED_MOST, listing, narrowed
from fairs.web.refusals import back_to

bp = Blueprint("messages", __name__)

SEARCHED = (Message.title, Message.body, Person.name, Person.email)
SORTS = {"planned": Message.planned_at, "sent": Message.sent_at}


@bp.get("/<school>/office/messages")
@access.office
def sent() -> str:
    """Everything that was sent in the school's name, and what could not be."""
    school_id = access.school().id
    return render_template(
        "messages/sent.html",
        listing=listing(
            queries.of_school(school_id, _state(request.args)),
            search=SEARCHED,
            sorts=SORTS,
            most=COUNTED_MOST,
        ),
        states=[(key.value, _(label)) for key, label in MESSAGE_LABELS.items()],
        dead=queries.dead(school_id),
        by_mail=settings().smtp_url is not None,
        badge_of=badge_of,
    )


def _state(filters: Mapping[str, str]) -> MessageState | None:
    wanted = filters.get("state", "")
    return next((one for one in MessageState if one == wanted), None)


@bp.get("/<school>/office/messages.xlsx")
@access.office
def sent_sheet() -> Any:
    """The same list as a sheet, with who got what; taking it away is written down."""
    return export_answer(EXPORT, _("消息记录"))


def _cells(one: Message) -> tuple[Any, ...]:
    whom, state = one.person, _(MESSAGE_LABELS[one.state])
    return one.title, state, whom.name, whom.email or "", one.planned_at, one.sent_at


EXPORT = exporting(
    Exporting(
        key="messages.sent",
        title="消息记录",
        headings=lambda: (_("主题"), _("状态"), _("收件人"), _("邮箱"), _("计划发送"), _("发送时间")),
        rows=lambda school, filters: narrowed(
            queries.of_school(school.id, _state(filters)), filters, search=SEARCHED, sorts=SORTS
        ),
        cells=lambda _school, rows: (_cells(one) for (one,) in rows),
        log=lambda school, count, filters, by, now: audit.export(
            "messages", school, count, filters, by=by, now=now
        ),
    )
)


@bp.get("/<school>/office/messages/<message>")
@access.office
def one(message: str) -> str:
    """One message with its text and what became of it."""
    row = queries.of_school_one(message, access.school().id)
    error = _(row.last_error) if row.last_error else ""
    return render_template("messages/one.html", message=row, badge=badge_of(row.state), error=error)


@bp.post("/<school>/office/messages/<message>/retry")
@access.office
def retry(message: str) -> Response:
    """Send a given-up message once more."""
    row = queries.of_school_one(message, access.school().id)
    actions.retry(row.id, clock.now())
    return back_to("messages.one", _("已重新排队，将在一分钟内再次发送。"), message=message)


@bp.post("/<school>/office/messages/retry")
@access.office
def retry_all() -> Response:
    """Send every given-up message once more."""
    count = actions.retry_all(access.school().id, clock.now())
    return back_to("messages.sent", _("已重新排队 %(count)s 条消息，将在几分钟内再次发送。", count=count))


@bp.get("/me/inbox")
@access.signed_in
def inbox() -> str:
    """My messages."""
    person_id = access.me().person_id
    return render_template(
        "messages/inbox.html",
        listing=listing(queries.inbox(person_id), search=(Message.title, Message.body)),
        unread=queries.unread(person_id),
    )


@bp.get("/me/inbox/<message>")
@access.signed_in
def mine(message: str) -> str:
    """One of my messages; opening it marks it as read."""
    row = queries.inbox_one(message, access.me().person_id)
    actions.read(row.id, clock.now())
    return render_template("messages/mine.html", message=row)


@bp.route("/forgotten", methods=["GET", "POST"])
@access.public
def forgotten() -> Any:
    """Ask for a link to set a (new) password; the answer never tells whether the mailbox is known."""
    form = ForgottenForm()
    asked = submitted(form, lambda: actions.ask_activation(form.mailbox.data or "", clock.now()) is not None)
    return render_template("messages/forgotten.html", form=form, asked=asked), status_of(form)
