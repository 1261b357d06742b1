"""An employer's own pages: what to do next, its data, its papers, its standing at each university."""

import io
from typing import Any

from flask import Response, g, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.employers import actions, history, queries, records
from fairs.employers.actions.papers import Upload
from fairs.employers.badges import badge_of, paper_badge, sanction_badge
from fairs.employers.forms import DataForm, JoinForm, PaperForm, SchoolsForm
from fairs.employers.models import Credential
from fairs.employers.papers import (
    CREDENTIAL_HELP_LABELS,
    CREDENTIAL_LABELS,
    CredentialKind,
    required_papers,
)
from fairs.employers.registration import check_schools, clean_identity
from fairs.employers.rules import (
    EMPLOYER_KIND_LABELS,
    HANDED_IN_FROM,
    IN_REVIEW,
    OWNERSHIP_LABELS,
    REMIND_DAYS,
    SIZE_LABELS,
    StandingState,
)
from fairs.employers.sanctions import SANCTION_LABELS, StrikePolicy
from fairs.employers.views.blueprint import bp
from fairs.errors import NotFound
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

LABELS = {
    "kinds": EMPLOYER_KIND_LABELS,
    "ownerships": OWNERSHIP_LABELS,
    "sizes": SIZE_LABELS,
    "paper_labels": CREDENTIAL_LABELS,
    "paper_help": CREDENTIAL_HELP_LABELS,
}


def _context() -> dict[str, Any]:
    """What each page of an employer shows of it."""
    employer, now = queries.employer(g.employer_id), clock.now()
    return LABELS | {
        "employer": employer,
        "standings": queries.standings(employer.id),
        "papers": queries.papers(employer.id),
        "missing": queries.missing_papers(employer.id, now),
        "required": sorted(required_papers(employer.kind, exempt=employer.uscc is None)),
        "handed_in_from": HANDED_IN_FROM,
        "in_review": IN_REVIEW,
        "states": StandingState,
        "badge_of": badge_of,
        "paper_badge": paper_badge,
        "is_readable": queries.is_readable,
        "now": now,
        "today": clock.campus_day(now),
    }


@bp.get("/employer/<employer>/")
@access.for_employer
def home() -> str:
    """One checklist with the next step."""
    return render_template("employers/home.html", **_context())


@bp.route("/employer/<employer>/data", methods=["GET", "POST"])
@access.for_employer
def data() -> Any:
    """The employer's own data; a new name or code sends it back to review."""
    employer = queries.employer(g.employer_id)
    form = DataForm(
        obj=employer,
        data={"no_code": employer.uscc is None, "exemption": employer.uscc_exemption},
    )
    again = submitted(form, lambda: (_changed(form),))
    if again:
        sentence = _("资料已保存，并重新送审。") if again[0] else _("资料已保存。")
        return back_to("employers.home", sentence, employer=g.employer_public_id)
    return render_template("employers/data.html", form=form, **_context()), status_of(form)


def _changed(form: DataForm) -> Any:
    unit = form.unit(*clean_identity(*form.identity()))
    return actions.update_employer(g.employer_id, unit, by=access.me().person_id, now=clock.now())


@bp.get("/employer/<employer>/papers")
@access.for_employer
def papers() -> str:
    """All papers, and what is missing."""
    return render_template("employers/papers.html", **_context())


@bp.route("/employer/<employer>/papers/<kind>", methods=["GET", "POST"])
@access.for_employer
def paper(kind: str) -> Any:
    """Hand in or replace one paper."""
    chosen = _paper_kind(kind)
    if chosen is CredentialKind.PRINCIPAL_AUTHORISATION:
        return redirect(url_for("employers.principals", employer=g.employer_public_id))
    form = PaperForm()
    if submitted(form, lambda: _handed_in(chosen, form)):
        return back_to(
            "employers.papers",
            _("已收到“%(paper)s”。", paper=_(CREDENTIAL_LABELS[chosen])),
            employer=g.employer_public_id,
        )
    return render_template("employers/paper.html", form=form, kind=chosen, **_context()), status_of(form)


def _paper_kind(kind: str) -> CredentialKind:
    chosen = next((known for known in CredentialKind if known.value == kind), None)
    if chosen is None:
        raise NotFound
    return chosen


def _handed_in(kind: CredentialKind, form: PaperForm) -> Credential:
    upload = Upload(form.file.data.read(), form.file.data.filename)
    return actions.add_credential(
        g.employer_id,
        kind,
        upload,
        number=form.number.data or "",
        valid_until=form.valid_until.data,
        by=access.me().person_id,
        now=clock.now(),
    )


@bp.get("/employer/<employer>/papers/file/<file>")
@access.for_employer
def paper_file(file: str) -> Response:
    """One's own paper."""
    return show_paper(queries.paper_file(g.employer_id, file, clock.now()))


def show_paper(paper: Credential) -> Response:
    """The bytes of a paper, shown by the browser and never run by it."""
    file, content = actions.look_at_paper(paper, by=access.me().person_id, now=clock.now())
    response = send_file(io.BytesIO(content), mimetype=file.media_type, download_name=file.name)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/employer/<employer>/review")
@access.for_employer
def review() -> str:
    """Read everything once more, then hand it in."""
    return render_template("employers/review.html", form=JoinForm(), **_context())


@bp.get("/employer/<employer>/standing/<standing>")
@access.for_employer
def standing(standing: str) -> str:
    """The standing at one university: state, reason, next step, history."""
    here = queries.own_standing(g.employer_id, standing)
    entries = history.entries(here, with_names=False)
    end = records.ends_on(here)
    return render_template(
        "employers/standing.html",
        standing=here,
        entries=entries,
        sanctions=records.sanctions(here.id),
        asked=records.asked_about(here.id),
        sanction_labels=SANCTION_LABELS,
        sanction_badge=sanction_badge,
        bar_until=records.bar_of(here),
        policy=StrikePolicy.read(here.university.settings),
        ends_on=end,
        renewable=end is not None and (end - clock.campus_day(clock.now())).days <= REMIND_DAYS,
        **_context(),
    )


@bp.post("/employer/<employer>/standing/<standing>/submit")
@access.for_employer
def submit(standing: str) -> Any:
    """Hand in at one university."""
    number = queries.own_standing(g.employer_id, standing).id
    actions.submit_standing(number, by=access.me().person_id, now=clock.now())
    return back_to(
        "employers.home", _("已提交，就业中心将在 3 个工作日内答复。"), employer=g.employer_public_id
    )


@bp.post("/employer/<employer>/submit")
@access.for_employer
def submit_all() -> Any:
    """Hand in at every university that still waits for it."""
    who, now = access.me().person_id, clock.now()
    waiting = [row.id for row in queries.standings(g.employer_id) if row.state in HANDED_IN_FROM]
    for number in waiting:
        actions.submit_standing(number, by=who, now=now)
    return back_to(
        "employers.home", _("已提交，就业中心将在 3 个工作日内答复。"), employer=g.employer_public_id
    )


@bp.route("/employer/<employer>/apply", methods=["GET", "POST"])
@access.for_employer
def apply() -> Any:
    """Ask further universities."""
    form = SchoolsForm()
    form.offer(queries.schools_left(g.employer_id))
    if submitted(form, lambda: _applied(tuple(form.universities.data or ()))):
        return redirect(url_for("employers.review", employer=g.employer_public_id))
    return render_template("employers/apply.html", form=form, **_context()), status_of(form)


def _applied(universities: tuple[int, ...]) -> None:
    check_schools(universities)
    for university in universities:
        actions.apply_to(g.employer_id, university, by=access.me().person_id, now=clock.now())
