"""Forms of booking: buttons that carry a slot."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class SlotForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Which slot, and whether the waiting list will do."""

    slot = HiddenField()
    waiting = HiddenField()
