"""A message's words: its template, in its recipient's language, with addresses that work outside the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import Flask, current_app, g, url_for
from flask_babel import force_locale

from fairs.accounts import actions as accounts
from fairs.accounts import queries as people
from fairs.config import settings
from fairs.database import db, found
from fairs.institutions import queries as institutions
from fairs.institutions.models import University
from fairs.messages.models import Message
from fairs.messages.registry import look_up
from fairs.messages.rules import SECRET
from fairs.web.language import LANGUAGES, current

AND = "、"  # between universities in one text


@dataclass(frozen=True)
class Letter:
    """A message ready to leave. ``secrets`` are the parts of the body that only the recipient may see."""

    recipient: int
    address: str | None
    message_id: str
    subject: str
    body: str
    calendar: bytes | None = None
    secrets: tuple[str, ...] = ()

    @property
    def kept(self) -> str:
        """The body as it is kept for proof: without secrets."""
        body = self.body
        for secret in self.secrets:
            body = body.replace(secret, SECRET)
        return body


def template_of(kind: str) -> str:
    """The template of a kind of message: "feature/name" is templates/feature/mail/name.txt."""
    feature, _, name = kind.partition("/")
    return f"{feature}/mail/{name}.txt"


def render(app: Flask, number: int, now: datetime) -> Letter:
    """The message ``number`` in words, as true ``now``. Raises Withdrawn if it is no longer needed.

    In a context of its own: templates see ``person``, ``school`` (or None), what was queued, what is true
    now, ``url_for`` with absolute addresses, and ``activation_url()`` (made now, so that it is good when it
    arrives).
    """
    with app.app_context(), app.test_request_context(base_url=settings().public_url):
        message = db.session.get_one(Message, number)
        if message.university_id is not None:
            g.school = db.session.get(University, message.university_id)
        with force_locale(LANGUAGES.get(message.person.language, "zh_CN")):
            return _letter(message, now)


def _letter(message: Message, now: datetime) -> Letter:
    fresh = look_up(message, now)
    secrets: list[str] = []
    words: dict[str, Any] = {
        "school": g.get("school"),
        **_spoken(message.params | fresh.params),
        "person": message.person,
        "url_for": partial(url_for, _external=True),
        "activation_url": partial(_activation_url, message.person_id, secrets),
    }
    # straight from Jinja: what pages have around them (navigation, viewer) has no place in a mail
    text = current_app.jinja_env.get_template(template_of(message.kind)).render(words)
    subject, _, body = text.strip().partition("\n")
    return Letter(
        recipient=message.person_id,
        address=message.person.email,
        message_id=message.message_id,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        calendar=fresh.calendar,
        secrets=(*secrets, *fresh.secrets),
    )


def _spoken(params: Mapping[str, Any]) -> dict[str, Any]:
    """What was queued, with universities' English names for who reads English; several may stand in one text."""
    if current() != "en":
        return dict(params)
    texts = {key: value.split(AND) for key, value in params.items() if isinstance(value, str)}
    english = institutions.english_names({part for parts in texts.values() for part in parts})
    spoken = {
        key: ", ".join(english.get(part, part) for part in parts)
        for key, parts in texts.items()
        if not english.keys().isdisjoint(parts)
    }
    return {**params, **spoken}


def sample(kind: str, params: dict[str, Any]) -> tuple[str, str]:
    """Subject and body of a message that is not queued yet, as somebody would read it, before it is sent."""
    words = {**_spoken(params), "person": {"name": "××"}, "url_for": partial(url_for, _external=True)}
    text = current_app.jinja_env.get_template(template_of(kind)).render(words)
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip()


def _activation_url(person_id: int, secrets: list[str]) -> str:
    """The link with which a person sets a password. Raises NotFound for a person without an account."""
    token = accounts.activation_token(found(people.account_of(person_id)))
    url = url_for("accounts.activate", token=token, _external=True)
    secrets.append(url)
    return url
