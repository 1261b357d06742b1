"""The door: gates, day passes, the scanner."""

from flask import Blueprint

bp = Blueprint("checkin", __name__)
