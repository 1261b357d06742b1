"""Event keys at rest: sealed with a key derived from the installation's secret, useless in a stolen backup."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"campus-fairs event keys 1"


def seal(installation_secret: str, key: bytes) -> bytes:
    """``key`` as it is stored."""
    return _fernet(installation_secret).encrypt(key)


def unseal(installation_secret: str, sealed: bytes) -> bytes:
    """The key behind ``sealed``. Raises ``cryptography.fernet.InvalidToken`` under another secret."""
    return _fernet(installation_secret).decrypt(sealed)


def _fernet(installation_secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(installation_secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
