"""Pages of programmes and events: the office's, and the public's."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)
