"""The officers' work queue of texts to be vetted."""

from flask import Blueprint

bp = Blueprint("vetting", __name__)
