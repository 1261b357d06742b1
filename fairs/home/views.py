"""The first page."""

from flask import Blueprint, render_template

from fairs.accounts import access

bp = Blueprint("home", __name__)


@bp.get("/")
@access.public
def index() -> str:
    """What waits for me; for visitors, what is on."""
    return render_template("home/index.html")
