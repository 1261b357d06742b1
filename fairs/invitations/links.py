"""Personal links: the token is derived from the secret key when a letter leaves, and only its hash is stored."""

import base64
import hashlib
import hmac


def token_of(secret: str, public_id: str) -> str:
    """The token of an invitation's link, the same each time the letter is sent."""
    digest = hmac.new(secret.encode(), f"invitation:{public_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode("ascii")


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
