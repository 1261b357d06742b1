"""Pages of booking, tickets and waiting lists."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)
