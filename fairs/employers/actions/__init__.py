"""What changes employers: registering, contacts, papers, standing, sanctions and what a university notes."""

from fairs.employers.actions.appeals import answer_relief, ask_relief
from fairs.employers.actions.contacts import (
    answer_join,
    end_contact,
    hand_in_letter,
    hand_over,
    invite_contact,
    request_to_join,
)
from fairs.employers.actions.marks import add_tag, agree_exemption, end_tag, record_register, set_introducer
from fairs.employers.actions.papers import add_credential, look_at_paper
from fairs.employers.actions.principals import authorise, end_authorisation
from fairs.employers.actions.rechecks import decide_renewal, recheck, renew_standing
from fairs.employers.actions.registering import Registered, register_employer, update_employer
from fairs.employers.actions.sanctions import impose, lift, strike
from fairs.employers.actions.standings import apply_to, decide_standing, submit_standing

__all__ = [
    "Registered",
    "add_credential",
    "add_tag",
    "agree_exemption",
    "answer_join",
    "answer_relief",
    "apply_to",
    "ask_relief",
    "authorise",
    "decide_renewal",
    "decide_standing",
    "end_authorisation",
    "end_contact",
    "end_tag",
    "hand_in_letter",
    "hand_over",
    "impose",
    "invite_contact",
    "lift",
    "look_at_paper",
    "recheck",
    "record_register",
    "register_employer",
    "renew_standing",
    "request_to_join",
    "set_introducer",
    "strike",
    "submit_standing",
    "update_employer",
]
