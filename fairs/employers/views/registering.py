"""Registering an employer, step by step; what was typed waits in the browser's session until the account exists."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access, rates
from fairs.accounts.actions import SignedIn
from fairs.accounts.limits import CODE_CHECK, NEW_ACCOUNT
from fairs.accounts.queries import account_of
from fairs.database import found
from fairs.employers import actions, queries
from fairs.employers.badges import contact_badge
from fairs.employers.forms import CodeForm, JoinAccountForm, JoinForm, OwnerForm, SchoolsForm, UnitForm
from fairs.employers.office_forms import upload_of
from fairs.employers.registration import NewContact, Registration
from fairs.employers.views.blueprint import bp
from fairs.institutions.queries import universities
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to

WHOLE_CODE = 18
"""From this length on a look-up tells something, and is counted."""


def _draft() -> dict[str, Any]:
    return dict(session.get("registration", {}))


def _remember(**values: Any) -> None:
    session["registration"] = _draft() | values


def _person() -> int | None:
    who = access.viewer()
    return who.person_id if who else None


@bp.route("/register", methods=["GET", "POST"])
@access.public
def register() -> Any:
    """Step 1: the code, or why there is none."""
    form = CodeForm(data=_draft() | {"no_code": bool(_draft().get("exemption"))})
    identity = submitted(form, lambda: _free(form))
    if identity:
        _remember(uscc=identity[0], exemption=identity[1])
        return redirect(url_for("employers.register_unit"))
    answer = queries.code_answer(form.uscc.data or "")
    return render_template("employers/register_code.html", form=form, answer=answer), status_of(form)


def _free(form: CodeForm) -> Any:
    rates.spend(CODE_CHECK, clock.now(), address=request.remote_addr)
    return queries.free_identity(*form.identity())


@bp.get("/register/code")
@access.public
def code_check() -> str:
    """What to say about the code while it is typed: a part of a page."""
    typed = request.args.get("uscc", "")
    if len(typed.strip()) >= WHOLE_CODE:
        rates.spend(CODE_CHECK, clock.now(), address=request.remote_addr)
    return render_template("employers/_code_answer.html", answer=queries.code_answer(typed))


@bp.route("/register/unit", methods=["GET", "POST"])
@access.public
def register_unit() -> Any:
    """Step 2: what it is."""
    if "uscc" not in _draft():
        return redirect(url_for("employers.register"))
    form = UnitForm(data=_draft().get("unit"))
    if form.validate_on_submit():
        _remember(unit={name: value for name, value in form.data.items() if name != "csrf_token"})
        return redirect(url_for("employers.register_contact"))
    return render_template("employers/register_unit.html", form=form, draft=_draft()), status_of(form)


@bp.route("/register/contact", methods=["GET", "POST"])
@access.public
def register_contact() -> Any:
    """Step 3: who, and where; the account begins here."""
    if "unit" not in _draft():
        return redirect(url_for("employers.register"))
    form = SchoolsForm() if _person() else OwnerForm()
    form.offer(universities())
    made = submitted(form, lambda: _registered(form))
    if made:
        _enter(made.account)
        session.pop("registration", None)
        if came_from := session.pop(
            "go_on", None
        ):  # a page of ours that sent somebody here to register first
            return redirect(came_from)
        sentence = _("已登记，下一步上传材料。您可以随时离开，再次登录后接着办。")
        return back_to("employers.papers", sentence, employer=made.employer.public_id)
    return render_template("employers/register_contact.html", form=form, draft=_draft()), status_of(form)


def _registered(form: Any) -> actions.Registered:
    draft, now = _filled(form), clock.now()
    _count(draft.contact, now)
    return actions.register_employer(draft, by_person=_person(), now=now)


def _filled(form: Any) -> Registration:
    draft = _draft()
    unit = UnitForm(data=draft["unit"], formdata=None, meta={"csrf": False}).unit(
        draft["uscc"], draft["exemption"]
    )
    return Registration(unit=unit, contact=_contact(form), universities=tuple(form.universities.data))


def _contact(form: Any) -> NewContact | None:
    return form.contact(form.password.data) if "password" in form else None


def _enter(account: Any) -> None:
    if account is not None:
        access.begin_session(SignedIn(account.id, account.session_epoch))


@bp.route("/register/join", methods=["GET", "POST"])
@access.public
def register_join() -> Any:
    """Ask to act for an employer that is here already."""
    employer = found(queries.code_answer(request.args.get("uscc", "")).employer)
    form = JoinForm() if _person() else JoinAccountForm()
    number = employer.id
    asked = submitted(form, lambda: _asked_to_join(number, form))
    if asked:
        _enter(None if _person() else account_of(asked.person_id))
        return back_to("employers.mine", _("申请已发给单位负责人，同意后您会收到邮件。"))
    return render_template(
        "employers/register_join.html", form=form, employer=employer, owner=queries.owner_of(number)
    ), status_of(form)


def _asked_to_join(number: int, form: Any) -> Any:
    contact, letter, now = _contact(form), upload_of(form.letter), clock.now()
    _count(contact, now)
    return actions.request_to_join(number, by_person=_person(), contact=contact, letter=letter, now=now)


def _count(contact: NewContact | None, now: datetime) -> None:
    """Each new account counts for its mailbox and its network. Raises TooOften."""
    if contact is not None:
        rates.spend(NEW_ACCOUNT, now, address=request.remote_addr, mailbox=contact.mail)


@bp.get("/register/mine")
@access.signed_in
def mine() -> str:
    """The employers of whoever is signed in, and requests that wait."""
    rows = queries.memberships(access.me().person_id)
    return render_template("employers/mine.html", memberships=rows, contact_badge=contact_badge)
