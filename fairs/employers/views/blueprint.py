"""The blueprint that the view modules share."""

from flask import Blueprint

bp = Blueprint("employers", __name__)
