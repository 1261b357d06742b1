"""The blueprint of joint fairs, and their tab on an event's staff page."""

from flask import Blueprint

from fairs.programmes.tabs import Tab, add

TAB_LABELS = {"schools": "联合学校"}

bp = Blueprint("joint", __name__)
add(Tab(TAB_LABELS["schools"], "building-community", "joint.schools", 45))
