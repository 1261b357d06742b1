"""The office about one employer: what is held against it, tags, introducer, register, owner, exceptions."""

from typing import Any

from flask import Response, render_template, request
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.employers import actions, listed, queries, records
from fairs.employers.badges import appeal_badge, sanction_badge
from fairs.employers.marks import INTRODUCER_LABELS, TAG_LABELS, IntroducerKind, RegisterResult
from fairs.employers.models import EmployerStanding, SanctionAppeal
from fairs.employers.office_forms import (
    AnswerForm,
    HandOverForm,
    IntroducerForm,
    ReasonForm,
    RegisterForm,
    TagForm,
)
from fairs.employers.sanctions import SANCTION_LABELS, AppealState
from fairs.employers.views.blueprint import bp
from fairs.errors import NotFound
from fairs.files.answers import shown
from fairs.institutions import codes
from fairs.institutions.rules import CodeKind
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

ONE = "/<school>/office/employers/<standing>"


def _here(standing: str) -> EmployerStanding:
    return queries.standing_here(access.school().id, standing)


def _back(standing: str, sentence: str) -> Any:
    return back_to("employers.office_employer", sentence, standing=standing)


def _me() -> dict[str, Any]:
    return {"by": access.me().person_id, "now": clock.now()}


@bp.route(f"{ONE}/sanctions/<sanction>", methods=["GET", "POST"])
@access.office
def office_sanction(standing: str, sanction: str) -> Any:
    """One thing held against an employer: answer its request, or void it."""
    row = records.sanction_here(access.school().id, sanction)
    waiting = next((one for one in records.appeals(row.id) if one.state is AppealState.ASKED), None)
    form = AnswerForm() if waiting else ReasonForm()
    number = row.id
    if submitted(form, lambda: _judged(number, waiting, form)):
        return _back(standing, _("已记录，并已通知单位。"))
    page = render_template(
        "employers/office_sanction.html",
        form=form,
        waiting=waiting,
        appeals=records.appeals(number),
        **_sanction(standing, sanction),
    )
    return page, status_of(form)


def _judged(sanction_id: int, waiting: SanctionAppeal | None, form: Any) -> Any:
    if waiting is None:
        return actions.lift(sanction_id, form.reason.data or "", **_me())
    verdict = request.form.get("to")
    if verdict not in {"grant", "refuse"}:
        raise NotFound
    return actions.answer_relief(waiting.id, verdict == "grant", form.answer.data or "", **_me())


def _sanction(standing: str, sanction: str) -> dict[str, Any]:
    row = records.sanction_here(access.school().id, sanction)
    return {
        "sanction": row,
        "standing": _here(standing),
        "labels": SANCTION_LABELS,
        "sanction_badge": sanction_badge,
        "appeal_badge": appeal_badge,
        "mine": row.imposed_by == access.me().person_id,
    }


@bp.get(f"{ONE}/evidence/<file>")
@access.office
def office_evidence(standing: str, file: str) -> Response:
    """A document about an employer: of a sanction, a request, a tag, or a letter of authority."""
    return shown(records.evidence(_here(standing), file))


@bp.route(f"{ONE}/tags", methods=["GET", "POST"])
@access.office
def office_tags(standing: str) -> Any:
    """The tags of an employer, and a form for one more (S91–S93)."""
    number, school = _here(standing).id, access.school().id
    form = TagForm(codes.offered(CodeKind.CHAIN, school).values())
    if submitted(form, unrepeated(lambda: actions.add_tag(number, form.draft(), **_me()))):
        return back_to("employers.office_tags", _("标签已添加。"), standing=standing)
    return render_template(
        "employers/office_tags.html",
        form=form,
        standing=_here(standing),
        tags=listed.tags_of([number]).get(number, []),
        tag_labels=TAG_LABELS,
        chains=codes.chain_names(school),
        today=clock.campus_day(clock.now()),
    ), status_of(form)


@bp.post(f"{ONE}/tags/<tag>/end")
@access.office
def office_end_tag(standing: str, tag: str) -> Any:
    """Take a tag away."""
    actions.end_tag(records.own_tag(_here(standing).id, tag).id, **_me())
    return back_to("employers.office_tags", _("标签已移除。"), standing=standing)


@bp.route(f"{ONE}/introducer", methods=["GET", "POST"])
@access.office
def office_introducer(standing: str) -> Any:
    """Who brought the employer (S26)."""
    here = _here(standing)
    number, form = here.id, IntroducerForm(data={"kind": here.introducer_kind, "name": here.introducer})
    kind = IntroducerKind(form.kind.data) if form.validate_on_submit() and form.kind.data else None
    if submitted(form, lambda: actions.set_introducer(number, kind, form.name.data or "", **_me())):
        return _back(standing, _("已记录。"))
    lead = _("用于统计商会、校友、教师各引进了多少单位。")
    return _form_page(form, standing, _("由谁引进"), lead, _("保存"))


@bp.route(f"{ONE}/register", methods=["GET", "POST"])
@access.office
def office_register(standing: str) -> Any:
    """The public register, looked up by hand (O4)."""
    number, form = _here(standing).id, RegisterForm()
    if submitted(
        form,
        lambda: actions.record_register(
            number, RegisterResult(form.result.data), form.note.data or "", **_me()
        ),
    ):
        return _back(standing, _("已记录。"))
    lead = _("在公示系统按代码查询后，把结果记在这里；记录会留在办理经过中。")
    return _form_page(form, standing, _("登记公示查询"), lead, _("保存"))


@bp.route(f"{ONE}/contacts/<person>/handover", methods=["GET", "POST"])
@access.office
def office_hand_over(standing: str, person: str) -> Any:
    """Give an account whose owner cannot be reached to another contact (O4)."""
    here, form = _here(standing), HandOverForm()
    contact, office = queries.contact(here.employer_id, person), access.school().id
    number, name = contact.id, contact.person.name
    if submitted(
        form, lambda: actions.hand_over(number, office=office, reason=form.reason.data or "", **_me())
    ):
        return _back(standing, _("已办理，并已通知对方。"))
    lead = _("%(name)s将成为单位负责人，原负责人转为普通联系人，双方都会收到通知。", name=name)
    return _form_page(form, standing, _("代单位移交负责人"), lead, _("确认移交"))


def _form_page(form: Any, standing: str, title: str, lead: str, button: str) -> Any:
    words = {"title": title, "lead": lead, "button": button}
    page = render_template("employers/office_form.html", form=form, standing=_here(standing), **words)
    return page, status_of(form)


@bp.post(f"{ONE}/exemption")
@access.office
def office_exemption(standing: str) -> Any:
    """The first of two officers agrees that a body without a code is one."""
    version = request.form.get("version", 0, type=int)
    actions.agree_exemption(_here(standing).id, version=version, **_me())
    return _back(standing, _("已同意例外，请另一位老师审核通过。"))


@bp.get("/<school>/office/employers/introducers")
@access.office
def office_introducers() -> str:
    """Who brought how many employers, and how many verified ones bear which tag (S26, S91–S93)."""
    here, today = access.school().id, clock.campus_day(clock.now())
    return render_template(
        "employers/office_introducers.html",
        rows=listed.brought(here),
        labels=INTRODUCER_LABELS,
        counts=listed.tag_counts(here, today),
        tag_labels=TAG_LABELS,
    )
