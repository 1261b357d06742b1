"""Sent messages and the inbox."""

from flask import Blueprint

bp = Blueprint("messages", __name__)
