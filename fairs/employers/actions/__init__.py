"""What changes employers: registering, their contacts, their papers, and their standing at a university."""

from fairs.employers.actions.contacts import (
    answer_join,
    end_contact,
    hand_over,
    invite_contact,
    request_to_join,
)
from fairs.employers.actions.papers import add_credential, look_at_paper
from fairs.employers.actions.registering import Registered, register_employer, update_employer
from fairs.employers.actions.standings import apply_to, decide_standing, submit_standing

__all__ = [
    "Registered",
    "add_credential",
    "answer_join",
    "apply_to",
    "decide_standing",
    "end_contact",
    "hand_over",
    "invite_contact",
    "look_at_paper",
    "register_employer",
    "request_to_join",
    "submit_standing",
    "update_employer",
]
