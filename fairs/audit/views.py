"""The audit trail, for the office."""

from flask import Blueprint

bp = Blueprint("audit", __name__)
