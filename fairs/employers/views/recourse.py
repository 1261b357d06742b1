"""An employer's recourse: the yearly re-check, explanations against a sanction, principals, a letter of authority."""

from typing import Any

from flask import g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access
from fairs.accounts.repeats import unrepeated
from fairs.database import found
from fairs.employers import actions, queries, records
from fairs.employers.actions.papers import Upload
from fairs.employers.actions.principals import Authorisation
from fairs.employers.badges import appeal_badge, sanction_badge
from fairs.employers.models import Credential
from fairs.employers.office_forms import LetterForm, PrincipalForm, ReliefForm, upload_of
from fairs.employers.sanctions import SANCTION_LABELS
from fairs.employers.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


@bp.post("/employer/<employer>/standing/<standing>/renew")
@access.for_employer
def renew(standing: str) -> Any:
    """Ask for the yearly re-check, with this season's pledge."""
    number = queries.own_standing(g.employer_id, standing).id
    actions.renew_standing(number, by=access.me().person_id, now=clock.now())
    sentence = _("已申请年度复核，3 个工作日内答复；原认证继续有效。")
    return back_to("employers.standing", sentence, employer=g.employer_public_id, standing=standing)


@bp.route("/employer/<employer>/sanctions/<sanction>", methods=["GET", "POST"])
@access.for_employer
def relief(sanction: str) -> Any:
    """One thing held against the employer, and its written explanation (P13)."""
    row, form = records.own_sanction(g.employer_id, sanction), ReliefForm()
    number, home, who = row.id, row.standing.public_id, access.me().person_id
    if submitted(
        form,
        lambda: actions.ask_relief(
            number, form.reason.data or "", upload_of(form.letter), by=who, now=clock.now()
        ),
    ):
        sentence = _("书面说明已提交，由另一位老师在 5 个工作日内复核。")
        return back_to("employers.standing", sentence, employer=g.employer_public_id, standing=home)
    page = render_template("employers/relief.html", form=form, **_about(sanction))
    return page, status_of(form)


def _about(sanction: str) -> dict[str, Any]:
    row = records.own_sanction(g.employer_id, sanction)
    return {
        "sanction": row,
        "standing": row.standing,
        "appeals": records.appeals(row.id),
        "labels": SANCTION_LABELS,
        "appeal_badge": appeal_badge,
        "sanction_badge": sanction_badge,
    }


@bp.route("/employer/<employer>/principals", methods=["GET", "POST"])
@access.for_employer
def principals() -> Any:
    """For whom the agency hires: each principal's authorisation and until when it holds (S137)."""
    form = PrincipalForm()
    if submitted(form, unrepeated(lambda: _authorised(form))):
        return back_to("employers.principals", _("授权书已收到。"), employer=g.employer_public_id)
    return render_template(
        "employers/principals.html",
        form=form,
        employer=queries.employer(g.employer_id),
        rows=records.authorisations(g.employer_id),
        today=clock.campus_day(clock.now()),
    ), status_of(form)


def _authorised(form: PrincipalForm) -> Credential:
    given = Authorisation(
        uscc=form.uscc.data or "",
        legal_name=form.legal_name.data or "",
        letter=Upload(form.file.data.read(), form.file.data.filename),
        valid_until=form.valid_until.data,
    )
    return actions.authorise(g.employer_id, given, by=access.me().person_id, now=clock.now())


@bp.post("/employer/<employer>/principals/<principal>/end")
@access.for_employer
def end_principal(principal: str) -> Response:
    """The agency no longer acts for this principal."""
    actions.end_authorisation(g.employer_id, principal, by=access.me().person_id, now=clock.now())
    return back_to("employers.principals", _("已停止代招。"), employer=g.employer_public_id)


@bp.route("/register/mine/<unit>/letter", methods=["GET", "POST"])
@access.signed_in
def letter(unit: str) -> Any:
    """Whoever asked to join hands in the letter of authority, for the case that no owner answers."""
    form, who = LetterForm(), access.me().person_id
    employer = found(queries.employer_by_public_id(unit))
    number, name = queries.own_request(employer.id, who).id, employer.legal_name
    if submitted(
        form,
        lambda: actions.hand_in_letter(number, found(upload_of(form.file)), by=who, now=clock.now()),
    ):
        return back_to("employers.mine", _("委托书已收到。负责人逾期未答复时，由就业中心核对后确认。"))
    return render_template("employers/letter.html", form=form, name=name), status_of(form)
