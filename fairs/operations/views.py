"""Opening, closing, moving and cancelling an event, with its gates."""

from flask import Blueprint

bp = Blueprint("operations", __name__)
