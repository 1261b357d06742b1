"""What is done with invitations."""

from fairs.invitations.actions.answering import accept, allow_again, decline, open_invitation
from fairs.invitations.actions.ending import expire_due, remind_due, revoke
from fairs.invitations.actions.inviting import Sent, begin_invite, invite, invite_by_mail, resend

__all__ = [
    "Sent",
    "accept",
    "allow_again",
    "begin_invite",
    "decline",
    "expire_due",
    "invite",
    "invite_by_mail",
    "open_invitation",
    "remind_due",
    "resend",
    "revoke",
]
