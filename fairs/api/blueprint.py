"""The blueprint to which each module of the interface adds its routes."""

from flask import Blueprint

bp = Blueprint("api", __name__, url_prefix="/api/v1")
