"""Pages of booth requests: the employer's, and the office's."""

from flask import Blueprint

bp = Blueprint("exhibitors", __name__)
