"""Pages of postings: the employer's, and the public's."""

from flask import Blueprint

bp = Blueprint("postings", __name__)
