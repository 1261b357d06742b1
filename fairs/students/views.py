"""Pages of students and their import."""

from flask import Blueprint

bp = Blueprint("students", __name__)
