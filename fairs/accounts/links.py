"""Signed links that let a person set a password: single use, because setting it changes what they sign."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeTimedSerializer

from fairs.accounts.rules import LinkExpired

VALID = timedelta(days=14)


@dataclass(frozen=True)
class Activation:
    """What an activation link is about: the account, and the state in which it is good."""

    account_id: int
    stamp: str


def stamp_of(session_epoch: int, password_hash: str | None) -> str:
    """A short fingerprint of the account's state; it changes with each new password."""
    return hashlib.sha256(f"{session_epoch}:{password_hash}".encode()).hexdigest()[:16]


def write(secret: str, activation: Activation) -> str:
    """The token of a link."""
    return str(_serializer(secret).dumps([activation.account_id, activation.stamp]))


def read(secret: str, token: str) -> Activation:
    """What the token says. Raises LinkExpired for a forged or old one."""
    try:
        number, stamp = _serializer(secret).loads(token, max_age=int(VALID.total_seconds()))
    except BadSignature as error:
        raise LinkExpired from error
    return Activation(int(number), str(stamp))


def _serializer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="activation")
