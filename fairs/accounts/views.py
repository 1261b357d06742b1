"""Pages of signing in, activating an account, choosing a language and accepting documents."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from fairs import clock
from fairs.accounts import access, actions, queries
from fairs.accounts.forms import ActivationForm, DocumentForm, SignInForm
from fairs.accounts.rules import DocumentKind
from fairs.database import found
from fairs.institutions import queries as institutions
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to, own_path

bp = Blueprint("accounts", __name__)


def safe_next(fallback: str = "home.index") -> str:
    """Where to go on: a path of this site from ``?next=``, never another site."""
    return own_path(request.values.get("next", ""), fallback)


@bp.route("/sign-in", methods=["GET", "POST"])
@bp.route("/<school>/sign-in", methods=["GET", "POST"], endpoint="school_sign_in")
@access.public
def sign_in() -> Any:
    """Prove a password; a bare student number is enough for a student."""
    form = SignInForm()
    proved = submitted(
        form,
        lambda: actions.sign_in(_full_login(form.login.data or ""), form.password.data or "", clock.now()),
    )
    if proved:
        access.begin_session(proved)
        return redirect(safe_next())
    return render_template(
        "accounts/sign_in.html",
        form=form,
        next=request.values.get("next", ""),
        schools=[] if g.get("school") else institutions.universities(),
    ), status_of(form)


def _full_login(login: str) -> str:
    here = g.get("school")
    return queries.full_login(login, here.slug if here else None)


@bp.post("/sign-out")
@access.signed_in
def sign_out() -> Response:
    """End this browser's session."""
    access.end_session()
    session.clear()
    return redirect(url_for("home.index"))


@bp.get("/language/<code>")
@access.public
def language(code: str) -> Response:
    """Choose the language of pages, and of messages for whoever is signed in."""
    session["language"] = "en" if code == "en" else "zh"
    if (who := access.viewer()) is not None:
        actions.choose_language(who.person_id, session["language"])
    return redirect(safe_next())


@bp.route("/activate/<token>", methods=["GET", "POST"])
@access.public
def activate(token: str) -> Any:
    """Set a password through the link of an activation mail."""
    form = ActivationForm()
    if submitted(form, lambda: actions.activate(token, form.password.data or "")):
        return back_to("accounts.sign_in", _("密码已设置，请登录。"))
    return render_template("accounts/activate.html", form=form), status_of(form)


@bp.route("/documents", methods=["GET", "POST"])
@access.signed_in
def documents() -> Any:
    """Accept the documents that the viewer's roles need, one after the other."""
    missing = access.me().missing_documents()
    form = DocumentForm()
    if not missing:
        return redirect(safe_next())
    if form.validate_on_submit():
        actions.accept(access.me().person_id, missing[0], university_id=None, now=clock.now())
        return redirect(url_for("accounts.documents", next=request.values.get("next", "")))
    return render_template("accounts/documents.html", form=form, document=missing[0])


@bp.get("/documents/<kind>")
@access.public
def document(kind: str) -> str:
    """Read a document without accepting it."""
    asked = found({one.value: one for one in DocumentKind}.get(kind))
    return render_template("accounts/document.html", document=asked)


@bp.get("/me")
@access.signed_in
def profile() -> str:
    """What is known about the viewer, and their roles."""
    return render_template("accounts/profile.html", person=queries.person(access.me().person_id))
