"""Pages of employers: their own, and the office's review."""

from flask import Blueprint

bp = Blueprint("employers", __name__)
