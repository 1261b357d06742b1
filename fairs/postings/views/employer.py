"""The employer's list of postings, and writing with hints (E4)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.employers import queries as employers
from fairs.employers import records
from fairs.employers.models import Employer
from fairs.files.answers import sheet_answer
from fairs.files.sheets import write_xlsx
from fairs.postings import actions, queries, sheets, templates
from fairs.postings.forms import CopyForm, PostingForm
from fairs.postings.hints import hints
from fairs.postings.models import Posting, PostingRevision
from fairs.postings.rules import (
    CHECKED_FIELDS,
    KIND_FIELDS,
    POSTING_KIND_LABELS,
    POSTING_STATE_LABELS,
    PostingKind,
    RevisionFrozen,
)
from fairs.postings.statute_forms import check_while_typed
from fairs.postings.versions import seal_of
from fairs.postings.views.blueprint import bp
from fairs.postings.views.meanwhile import saved_meanwhile, typed_of
from fairs.postings.whole import while_writing
from fairs.web.forms import status_of, submitted
from fairs.web.lists import EXPORT_MOST, listing, searched
from fairs.web.refusals import back_to

SEARCH = (PostingRevision.title, PostingRevision.city)
REMARKED = (
    *("title", "headcount", "city", "salary_min", "salary_max", "salary_text"),
    *("description", "requirements", "valid_until", "apply_how"),
)
"""Fields that the remarks on the whole posting are made of."""
READ_AS = {**CHECKED_FIELDS, "introduction": "description"}
"""Fields that are checked while typing, here and in other forms of an employer, and as what they are read."""


@bp.get("/employer/<employer>/postings")
@access.for_employer
def mine() -> str:
    """The employer's postings, where each stands, and what to do next."""
    rows = listing(
        _chosen(),
        search=SEARCH,
        sorts={"title": PostingRevision.title, "until": PostingRevision.valid_until},
    )
    return render_template(
        "postings/mine.html",
        listing=rows,
        rows=queries.overview(rows.items, clock.now()),
        employer=employers.employer(g.employer_id),
        states=[(state.value, _(label)) for state, label in POSTING_STATE_LABELS.items()],
        kinds=[(kind.value, _(label)) for kind, label in POSTING_KIND_LABELS.items()],
    )


def _chosen() -> Any:
    state, kind = request.args.get("state", ""), request.args.get("kind", "")
    return queries.narrowed(queries.of_employer(g.employer_id), clock.now(), state=state, kind=kind)


@bp.get("/employer/<employer>/postings.xlsx")
@access.for_employer
def sheet() -> Any:
    """The same list as a sheet."""
    chosen = searched(_chosen(), request.args.get("q", ""), SEARCH)
    rows = queries.overview(queries.whole(chosen, EXPORT_MOST), clock.now())
    return sheet_answer(write_xlsx("招聘信息", sheets.HEADINGS, sheets.rows(rows)), "招聘信息.xlsx")


@bp.route("/employer/<employer>/postings/new", methods=["GET", "POST"])
@bp.route("/employer/<employer>/postings/<posting>/edit", methods=["GET", "POST"])
@access.for_employer
def write(posting: str | None = None) -> Any:
    """Write a posting or its next version, with hints on clauses while typing."""
    one = queries.posting(posting, g.employer_id) if posting else None
    if one and request.method == "GET" and queries.is_frozen(one, clock.now()):
        return back_to("postings.show", _(RevisionFrozen.sentence), "warning", posting=posting)
    form = _form(one)
    firms = {} if one else {firm.public_id: firm for firm in records.principals(g.employer_id, _today())}
    form.offer_principals({key: firm.legal_name for key, firm in firms.items()})
    saved = submitted(form, _saving(one, form, firms))
    if saved:
        return back_to("postings.show", _("已保存。"), posting=saved.public_id)
    aids = _aids(form, one) | {"theirs": saved_meanwhile(form, one)}
    return render_template("postings/write.html", form=form, posting=one, **aids), status_of(form)


def _form(one: Posting | None) -> PostingForm:
    form = _filled(one)
    for name in CHECKED_FIELDS:  # each text is checked while it is typed
        check_while_typed(form[name])
    return form


def _filled(one: Posting | None) -> PostingForm:
    source = one or _copied()
    if source is None:
        return _begun()
    revision = queries.latest_revision(source.id)
    first = one is None or (revision.no == 1 and revision.frozen_at is None)
    typed = typed_of(queries.content_of(revision))
    return PostingForm(first=first, kind=source.kind.value, version=seal_of(revision) if one else "", **typed)


def _begun() -> PostingForm:
    """An empty form, or one that begins with a template."""
    public_id = request.args.get("template")
    if not public_id:
        return PostingForm()
    kept = templates.template(public_id, g.employer_id)
    return PostingForm(kind=kept.kind.value, **typed_of(templates.content_of(kept)))


def _copied() -> Posting | None:
    public_id = request.args.get("copy")
    return queries.posting(public_id, g.employer_id) if public_id else None


def _today() -> date:
    return clock.campus_day(clock.now())


def _saving(one: Posting | None, form: PostingForm, firms: Mapping[str, Employer]) -> Callable[[], Posting]:
    """Saving what was typed; a new posting is written once, however often it is sent."""

    def save() -> Posting:
        return _save(one, form, firms)

    return save if one else unrepeated(save)


def _save(one: Posting | None, form: PostingForm, firms: Mapping[str, Employer]) -> Posting:
    by, now, kind = access.me().person_id, clock.now(), form.chosen_kind()
    if one is None:
        firm = firms.get(form.hiring.data) if firms else None
        source = _copied()
        return actions.draft_posting(
            g.employer_id,
            kind or PostingKind.JOB,
            form.content(),
            by=by,
            now=now,
            copied_from_id=source.id if source else None,
            hiring_employer_id=firm.id if firm else None,
        )
    seen = form.version.data or None
    actions.revise(one.id, form.content(), by=by, now=now, kind=kind, seen=seen)
    return one


def _aids(form: PostingForm, one: Posting | None) -> dict[str, Any]:
    """What helps writing: hints for what is there, names of majors, and what was asked to be changed."""
    texts = {field: (form[name].data or "").replace("\r\n", "\n") for name, field in CHECKED_FIELDS.items()}
    found = hints(texts, *queries.strictness(g.employer_id))
    firm = one.hiring_employer if one else employers.employer(g.employer_id)
    latest = [queries.latest_revision(one.id)] if one else []
    schools = [at for row in queries.overview(latest, clock.now()) for at in row.schools]
    return {
        "found": {
            name: [hint for hint in found if hint.field == field] for name, field in CHECKED_FIELDS.items()
        },
        "remarks": while_writing({name: form[name].data for name in REMARKED}, queries.firm_of(firm)),
        "majors": queries.major_suggestions(),
        "returned": queries.returned(schools),
        "templates": [] if one else templates.templates_of(g.employer_id),
        "kind_fields": {name: sorted(kinds) for name, kinds in KIND_FIELDS.items()},
        "kind": form.kind.data if "kind" in form else form.fixed_kind,
    }


@bp.route("/employer/<employer>/postings/copies", methods=["GET", "POST"])
@access.for_employer
def copies() -> Any:
    """Copy earlier postings for another cohort, several at once."""
    form = CopyForm()
    made = submitted(form, unrepeated(lambda: _copy(form)))
    if made:
        sentence = _("已复制 %(count)s 条为草稿，核对后提交审核。", count=len(made))
        return back_to("postings.mine", sentence, state="draft")
    today = clock.campus_day(clock.now())
    rows = listing(templates.earlier(g.employer_id, today), search=SEARCH)
    page = render_template("postings/copies.html", form=form, listing=rows, **_kept())
    return page, status_of(form)


def _kept() -> dict[str, Any]:
    return {"templates": templates.templates_of(g.employer_id), "picked": request.form.getlist("pick")}


def _copy(form: CopyForm) -> list[Posting]:
    assert form.valid_until.data is not None
    return templates.copy_postings(
        g.employer_id,
        request.form.getlist("pick"),
        cohort=form.cohort.data,
        valid_until=form.valid_until.data,
        by=access.me().person_id,
        now=clock.now(),
    )


@bp.post("/employer/<employer>/postings/<posting>/template")
@access.for_employer
def keep_template(posting: str) -> Response:
    """Keep a posting's text as a template."""
    one, name = queries.posting(posting, g.employer_id), request.form.get("name", "")
    templates.keep_template(one.id, name, by=access.me().person_id, now=clock.now())
    return back_to("postings.show", _("已存为模板，写新岗位时可以选用。"), posting=posting)


@bp.post("/employer/<employer>/postings/templates/<template>/end")
@access.for_employer
def end_template(template: str) -> Response:
    """Give a template up."""
    one = templates.template(template, g.employer_id)
    templates.end_template(one.id, by=access.me().person_id, now=clock.now())
    return back_to("postings.copies", _("模板已删除。"))


@bp.post("/employer/<employer>/postings/hints", endpoint="hints")
@access.for_employer
def hint() -> str:
    """Clauses in the text of one field, while it is typed."""
    field = request.args.get("field", "")
    field = field if field in READ_AS else "description"
    text = request.form.get(field, "")[:5000].replace("\r\n", "\n")
    found = hints({READ_AS[field]: text}, *queries.strictness(g.employer_id))
    return render_template("postings/_hints.html", field=field, findings=found, asked=bool(text))


@bp.post("/employer/<employer>/postings/remarks")
@access.for_employer
def remarks() -> str:
    """What is missing or hard to believe in the whole posting, while it is written."""
    form = PostingForm()
    firm = queries.firm_of(employers.employer(g.employer_id))
    said = {name: form[name].data for name in REMARKED}
    return render_template("postings/_remarks.html", remarks=while_writing(said, firm))
