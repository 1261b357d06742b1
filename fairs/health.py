"""Is the service alive, and may it serve the public?"""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, jsonify

from fairs import clock
from fairs.accounts import access
from fairs.clock import campus_day
from fairs.database import db
from fairs.institutions import queries
from fairs.workdays import queries as workdays
from fairs.workdays.rules import ENOUGH_DAYS

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@access.public
def alive() -> Any:
    """200 while the process answers and every university has a hotline (S126), else 503 with what is wrong."""
    problems = [f"no hotline: {school.slug}" for school in queries.without_hotline()]
    left = workdays.days_left(campus_day(clock.now()))
    # a short calendar is no reason to stop serving: deadlines beyond it are marked as provisional
    warnings = [f"calendar: {left} settled days left"] if left < ENOUGH_DAYS else []
    state = "red" if problems else "green"
    return jsonify(status=state, problems=problems, warnings=warnings), 503 if problems else 200


@bp.get("/readyz")
@access.public
def ready() -> Any:
    """200 once the database answers."""
    db.session.execute(sa.text("SELECT 1"))
    return jsonify(status="ready")
