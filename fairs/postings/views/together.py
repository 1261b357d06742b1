"""Several at once: clean postings approved after they were read, and what changed rules object to."""

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.clauses import catalogue
from fairs.database import db, found
from fairs.files.answers import list_answer
from fairs.postings import clean, queries, shelves, takedowns
from fairs.postings.badges import change_badge
from fairs.postings.changes import CHANGE_LABELS, CHANGE_STATE_LABELS, ChangeState
from fairs.postings.noticed import noticed
from fairs.postings.views.blueprint import bp
from fairs.tasks.rules import can_resume, is_open
from fairs.vetting.marks import numbered
from fairs.vetting.models import VettingCase
from fairs.vetting.rules import SUBJECT_LABELS
from fairs.web.lists import listing, whole
from fairs.web.refusals import back_to, sentence_of

bp.add_app_template_global(change_badge, "change_badge")
bp.add_app_template_global(CHANGE_LABELS.get, "change_label")


@bp.get("/<school>/office/vetting/together")
@access.office
def together() -> str:
    """Clean postings, each with its title and whole text, to be ticked and approved."""
    here, who = access.school().id, access.me().person_id
    picked = request.args.getlist("pick")
    cases = clean.candidates(here, who, picked)
    return render_template(
        "postings/together.html",
        cases=cases,
        most=clean.MOST,
        picked=len(set(picked)),
        note=clean.shown(cases, who),
        **_said(cases),
    )


def _said(cases: list[VettingCase]) -> dict[str, Any]:
    """The versions on the page, what they say, and the majors that they name, by posting."""
    revisions = queries.revisions_judged(cases)
    contents = {number: queries.content_of(one) for number, one in revisions.items()}
    named, _unknown = queries.majors_named(word for one in contents.values() for word in one.majors)
    majors = {
        number: {code: name for code, name in named.items() if {code, name} & set(one.majors)}
        for number, one in contents.items()
    }
    return {"revisions": revisions, "contents": contents, "majors": majors}


@bp.post("/<school>/office/vetting/approve")
@access.office
def approve_clean() -> Response:
    """Approve the ticked postings, all of which were on the page."""
    chosen = [_pick(text) for text in request.form.getlist("pick")]
    note, who = request.form.get("shown", ""), access.me().person_id
    if not chosen:
        shown = clean.shown_in(note, who)
        return back_to("postings.together", _("请先勾选要通过的招聘信息。"), "warning", pick=shown)
    done = clean.approve_clean(chosen, access.school().id, note, by=who, now=clock.now())
    for title, why in done.left:
        flash(_("“%(title)s”没有通过：%(why)s", title=title, why=sentence_of(why)), "warning")
    tone = "success" if done.count else "warning"
    return back_to("vetting.queue", _("已通过 %(count)s 条招聘信息。", count=done.count), tone)


def _pick(text: str) -> tuple[str, int]:
    public_id, _colon, version = text.partition(":")
    return public_id, int(version) if version.isdecimal() and len(version) < 10 else 0


@bp.get("/<school>/office/vetting/changes")
@access.office
def rule_changes() -> str:
    """What newer rules say of texts that are shown."""
    here, args = access.school().id, request.args
    chosen: Any = takedowns.changes(here, state=args.get("state", ""), kind=args.get("kind", ""))
    return render_template(
        "postings/changes.html",
        listing=listing(chosen, search=(VettingCase.title,), scalars=False),
        version=catalogue.version(),
        last=takedowns.last_recheck(here),
        is_open=is_open,
        can_resume=can_resume,
        unread=shelves.waiting(here, clock.now()),
        waiting=takedowns.listed(here),
        states=[(state.value, _(label)) for state, label in CHANGE_STATE_LABELS.items()],
        kinds=[(kind.value, _(label)) for kind, label in CHANGE_LABELS.items()],
    )


@bp.get("/<school>/office/vetting/changes/<change>")
@access.office
def rule_change(change: str) -> str:
    """The whole text with what newer rules mark in it, before it is taken down or goes on being shown."""
    one = takedowns.change(change, access.school().id)
    case = found(db.session.get(VettingCase, one.case_id))
    places = numbered(noticed(one, case))
    return render_template("postings/change.html", change=one, case=case, numbered=places)


@bp.get("/<school>/office/vetting/changes.xlsx")
@access.office
def rule_changes_sheet() -> Any:
    """The same list as a sheet."""
    here, args = access.school().id, request.args
    chosen: Any = takedowns.changes(here, state=args.get("state", ""), kind=args.get("kind", ""))
    cells = (
        (
            _(SUBJECT_LABELS[case.subject_kind]),
            case.title,
            _(CHANGE_STATE_LABELS[change.state]),
            _(CHANGE_LABELS[change.kind]),
            "；".join(mark["quote"] for mark in change.findings["marks"]),
            change.found_at,
        )
        for change, case in whole(chosen, search=(VettingCase.title,))
    )
    headings = (_("类别"), _("内容"), _("状态"), _("变化"), _("原文"), _("发现时间"))
    return list_answer(_("规则更新复查"), headings, cells)


@bp.post("/<school>/office/vetting/changes/recheck")
@access.office
def start_recheck() -> Response:
    """Read everything that is shown by the rules in force."""
    task = takedowns.start_recheck(access.school().id, by=access.me().person_id, now=clock.now())
    return back_to("tasks.task", _("复查已开始，可以离开这个页面。"), task=task.public_id)


@bp.post("/<school>/office/vetting/changes/<any(taken_down, kept):answer>")
@access.office
def answer_changes(answer: str) -> Response:
    """Take the ticked texts down, or go on showing them."""
    picked, to, reason = request.form.getlist("pick"), ChangeState(answer), request.form.get("reason", "")
    if not picked:
        return back_to("postings.rule_changes", _("请先勾选要处理的内容。"), "warning")
    here, who = access.school().id, access.me().person_id
    count = takedowns.answer_changes(picked, here, to, reason, by=who, now=clock.now())
    return back_to("postings.rule_changes", _("已处理 %(count)s 条。", count=count))
