"""The demo season: invented universities, employers and students, through the importers and actions of everybody."""

from fairs.demo.commands import commands
from fairs.demo.load import load, load_once, sign_ins

__all__ = ["commands", "load", "load_once", "sign_ins"]
