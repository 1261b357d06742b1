"""Forms of booking: buttons that carry a slot."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class SlotForm(FlaskForm):
    """Which slot, and whether the waiting list will do."""

    slot = HiddenField()
    waiting = HiddenField()
