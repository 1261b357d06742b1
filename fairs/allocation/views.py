"""Pages of allocating booths and of answering offers."""

from flask import Blueprint

bp = Blueprint("allocation", __name__)
