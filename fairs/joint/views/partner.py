"""A taking-part university's pages: its invitations, its answer, its own students, employers and signatures."""

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.models import Person
from fairs.audit import actions as audit
from fairs.exhibitors.badges import badge_of as place_badge_of
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.joint import actions, queries
from fairs.joint.badges import own_badge_of
from fairs.joint.forms import AnswerForm, answer_form, leave_form
from fairs.joint.views.blueprint import bp
from fairs.programmes import board, partners
from fairs.programmes.models import Event, EventSchool
from fairs.programmes.participation import CHANGEABLE
from fairs.programmes.rules import EVENT_KIND_LABELS
from fairs.programmes.states import public_badge_of
from fairs.registrations.badges import badge_of as ticket_badge_of
from fairs.registrations.sheets import HEADINGS, row_of
from fairs.students.models import Student
from fairs.web.forms import status_of, submitted
from fairs.web.lists import listing
from fairs.web.refusals import back_to

JOINT = "/<school>/office/joint"


def _me() -> int:
    return access.me().person_id


def _own(event: str) -> tuple[EventSchool, Event]:
    return queries.own_part(event, access.school().id)


@bp.get(JOINT)
@access.office
def mine() -> str:
    """The joint fairs of others to which we were asked."""
    page = listing(queries.parts(access.school().id), search=(Event.title,), scalars=False)
    return render_template("joint/mine.html", listing=page, badge_of=own_badge_of, kinds=EVENT_KIND_LABELS)


@bp.route(f"{JOINT}/<event>", methods=["GET", "POST"])
@access.office
def fair(event: str) -> Any:
    """One joint fair for a taking-part university: what it is, our answer, our figures."""
    row, chosen = _own(event)
    form, number = answer_form(row), chosen.id
    if submitted(form, lambda: _answer(form, number)):
        sentence = (
            _("已接受邀请，本校学生可以看到并预约。") if form.answer.data == "accept" else _("已谢绝。")
        )
        return back_to("joint.fair", sentence, event=event)
    return _fair_page(event, form), status_of(form)


def _answer(form: AnswerForm, event_id: int) -> EventSchool:
    return partners.answer_invitation(
        event_id,
        access.school().id,
        accept=form.answer.data == "accept",
        note=form.note.data or "",
        version=form.version.data or 0,
        by=_me(),
        now=clock.now(),
    )


def _fair_page(event: str, form: AnswerForm) -> str:
    row, chosen = _own(event)
    here = access.school().id
    co_signing = queries.co_signing(chosen.id)
    return render_template(
        "joint/fair.html",
        event=chosen,
        row=row,
        form=form,
        badge=own_badge_of(row.state),
        event_badge=public_badge_of(chosen.state),
        use=queries.use_of(chosen.id).get(here, queries.Use()),
        employers=queries.own_employers(chosen.id, here),
        place_badge_of=place_badge_of,
        is_changeable=chosen.state in CHANGEABLE,
        co_signing=co_signing,
        postings=queries.brought_postings(chosen.id) if co_signing else [],
        is_public=chosen.published_at is not None,
        **board.about(chosen, here),
    )


@bp.route(f"{JOINT}/<event>/leave", methods=["GET", "POST"])
@access.office
def leave(event: str) -> Any:
    """Leave a joint fair: what happens to our students is said before."""
    row, chosen = _own(event)
    form, number = leave_form(row), chosen.id
    if submitted(form, lambda: _leave(form, number)):
        return back_to("joint.fair", _("本校已退出，已预约的学生会收到通知。"), event=event)
    row, chosen = _own(event)
    use = queries.use_of(number).get(row.university_id, queries.Use())
    return render_template("joint/withdraw.html", event=chosen, row=row, form=form, use=use), status_of(form)


def _leave(form: Any, event_id: int) -> bool:
    here, version, reason = access.school().id, form.version.data or 0, form.reason.data
    actions.withdraw_school(event_id, here, reason, version=version, by=_me(), now=clock.now())
    return True


@bp.get(f"{JOINT}/<event>/students")
@access.office
def students(event: str) -> str:
    """Our own students at a joint fair, nobody else's."""
    _row, chosen = _own(event)
    rows = queries.own_students(chosen.id, access.school().id)
    page = listing(rows, search=(Student.student_no, Person.name), scalars=False)
    return render_template("joint/students.html", event=chosen, listing=page, badge_of=ticket_badge_of)


@bp.get(f"{JOINT}/<event>/students.xlsx")
@access.office
def sheet(event: str) -> Any:
    """Our own students at a joint fair as a sheet; the look is written down."""
    _row, chosen = _own(event)
    here = access.school().id
    rows = [row_of(*one, here) for one in queries.own_student_rows(chosen.id, here)]
    audit.looked("export_joint_students", chosen, by=_me(), now=clock.now(), university_id=here)
    return sheet_answer(write_xlsx("本校学生", HEADINGS, rows), f"{chosen.title}-本校学生.xlsx")


@bp.post(f"{JOINT}/<event>/postings/<posting>/<any(sign,unsign):verb>")
@access.office
def sign(event: str, posting: str, verb: str) -> Response:
    """Sign a posting brought to the fair too, or take the signature back."""
    _row, chosen = _own(event)
    here, revision = access.school().id, queries.brought_posting(posting, chosen.id)
    if verb == "sign":
        actions.cosign(chosen.id, here, revision, by=_me(), now=clock.now())
    else:
        actions.take_back_cosign(chosen.id, here, revision, by=_me(), now=clock.now())
    return back_to("joint.fair", _("会签已保存。"), event=event)
