"""Is the service alive, and may it serve the public?"""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, jsonify

from fairs.accounts import access
from fairs.database import db
from fairs.institutions import queries

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@access.public
def alive() -> Any:
    """200 while the process answers and every university has a hotline (S126), else 503 with what is wrong."""
    problems = [f"no hotline: {school.slug}" for school in queries.without_hotline()]
    return jsonify(status="red" if problems else "green", problems=problems), 503 if problems else 200


@bp.get("/readyz")
@access.public
def ready() -> Any:
    """200 once the database answers."""
    db.session.execute(sa.text("SELECT 1"))
    return jsonify(status="ready")
