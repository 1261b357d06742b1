"""Pages of spaces and booth plans."""

from flask import Blueprint

bp = Blueprint("venues", __name__)
