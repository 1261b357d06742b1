"""Secrets at rest: sealed with a key derived from the installation's secret, useless in a stolen backup."""

import base64
import json
from collections.abc import Iterable

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

EVENT_KEYS = b"campus-fairs event keys 1"
PRIORITY_LISTS = b"campus-fairs priority lists 1"
"""What is sealed for one purpose opens for no other."""

_BLOCK = 4096


def seal(installation_secret: str, key: bytes, purpose: bytes = EVENT_KEYS) -> bytes:
    """``key`` as it is stored."""
    return _fernet(installation_secret, purpose).encrypt(key)


def unseal(installation_secret: str, sealed: bytes, purpose: bytes = EVENT_KEYS) -> bytes:
    """The key behind ``sealed``. Raises ``cryptography.fernet.InvalidToken`` under another secret."""
    return _fernet(installation_secret, purpose).decrypt(sealed)


def seal_numbers(installation_secret: str, numbers: Iterable[int]) -> bytes:
    """A set of numbers as it is stored, filled up to whole blocks so that its length does not tell how many."""
    text = json.dumps(sorted(set(numbers))).encode()
    return seal(installation_secret, text.ljust(-(-len(text) // _BLOCK) * _BLOCK), PRIORITY_LISTS)


def unseal_numbers(installation_secret: str, sealed: bytes) -> frozenset[int]:
    """The numbers behind ``sealed``. Raises as ``unseal``."""
    return frozenset(json.loads(unseal(installation_secret, sealed, PRIORITY_LISTS)))


def _fernet(installation_secret: str, purpose: bytes) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=purpose).derive(installation_secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
