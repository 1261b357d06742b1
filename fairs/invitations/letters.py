"""The words of an invitation, in the language that the inviter chose, read at the moment it leaves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import force_locale

from fairs.accounts import queries as people
from fairs.config import settings
from fairs.database import db
from fairs.institutions.models import University
from fairs.invitations import queries
from fairs.invitations.links import token_of
from fairs.invitations.models import Invitation
from fairs.invitations.rules import DECLINE_LABELS, OPEN, InvitationState
from fairs.messages.models import Message
from fairs.messages.registry import Fresh, Withdrawn, fresh
from fairs.programmes.models import Event
from fairs.programmes.queries import fair_of
from fairs.web.language import LANGUAGES


@dataclass(frozen=True)
class Letter:
    """A letter in words."""

    subject: str
    body: str


def link_of(one: Invitation) -> str:
    """The personal link of an invitation, as an absolute address."""
    token = token_of(settings().secret_key, one.public_id)
    return f"{settings().public_url}/{one.event.university.slug}/invitations/{token}"


def words(kind: str, language: str, event: Event, **values: Any) -> Letter:
    """A letter about an event in a language ("zh" or "en"); ``kind`` names its template."""
    day, fair = queries.first_day(event.id), fair_of(event.id)
    facts = {
        "event": event,
        "university": event.university,
        "host": _host(event.university, language),
        "starts_at": day.starts_at if day else None,
        "where": day.where if day else "",
        "requests_until": fair.requests_until if fair else None,
    }
    with force_locale(LANGUAGES.get(language, LANGUAGES["zh"])):
        template = current_app.jinja_env.get_template(f"invitations/mail/{kind}.txt")
        subject, _, body = template.render(facts | values).strip().partition("\n")
    return Letter(" ".join(subject.split()), body.strip())


def _host(school: University, language: str) -> str:
    return school.name_en if language == "en" and school.name_en else school.name


def invitation_words(one: Invitation, kind: str = "_letter") -> Letter:
    """The letter of an invitation as it would leave now."""
    return words(
        kind,
        one.language,
        one.event,
        addressed=one.addressed,
        personal=one.words,
        introducer=one.introducer,
        expires_at=one.expires_at,
        link=link_of(one),
        called_off=one.event.state in {"cancelled", "postponed"},
    )


def _fresh(one: Invitation, kind: str) -> Fresh:
    letter = invitation_words(one, kind)
    return Fresh({"letter_subject": letter.subject, "letter_body": letter.body}, secrets=(link_of(one),))


@fresh("invitations/letter")
def letter(message: Message, now: datetime) -> Fresh:
    """The invitation itself. Raises Withdrawn."""
    return _fresh(_open(message, now), "_letter")


@fresh("invitations/reminder")
def reminder(message: Message, now: datetime) -> Fresh:
    """The recall before its end. Raises Withdrawn."""
    return _fresh(_open(message, now), "_reminder")


@fresh("invitations/withdrawn")
def withdrawn(message: Message, _now: datetime) -> Fresh:
    """The invitation was taken back, or the event called off."""
    return _fresh(db.session.get_one(Invitation, message.subject_id), "_withdrawn")


@fresh("invitations/answer")
def answer(message: Message, _now: datetime) -> Fresh:
    """To whoever invited: what the employer answered."""
    one = db.session.get_one(Invitation, message.subject_id)
    return Fresh(
        {
            "addressed": one.addressed,
            "event": one.event,
            "accepted": one.state is InvitationState.ACCEPTED,
            "why": DECLINE_LABELS[one.decline_kind] if one.decline_kind else "",
            "note": one.decline_note,
        }
    )


def _open(message: Message, now: datetime) -> Invitation:
    one = db.session.get_one(Invitation, message.subject_id)
    if one.state not in OPEN:
        raise Withdrawn("邀请已经答复、过期或撤回。")
    if now >= one.expires_at:
        raise Withdrawn("邀请的答复期限已过。")
    return one


def inviter(one: Invitation) -> str:
    """The name of whoever invited."""
    return people.person(one.invited_by).name if one.invited_by else ""
