"""Ticket codes and the signed tokens in their QR codes, checked at the door without network (P30, P31).

A token is ``R<version>-<CODE>-<STEP>-<MAC>`` on a phone, new every 30 seconds, or ``P<version>-<CODE>-<MAC>``
on paper. The MAC is the first 10 bytes of HMAC-SHA256 over everything before the last dash, so the text that
is shown is the text that is signed. A phone holds the secret of its own ticket only; a gate holds the key of
the event and derives the rest. All characters are in the QR alphanumeric set, which keeps the code small.
"""

import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from fairs.errors import Refusal

STEP_SECONDS = 30
KEY_BYTES = 32
CODE_LENGTH = 13
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U to be misread
_MAC_BYTES = 10
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CODE = f"[0-9A-F][{ALPHABET}]{{12}}"  # 13 × 5 bits carry 64: the first character holds four of them
_MAC = f"[{ALPHABET}]{{16}}"
_VERSION = r"0|[1-9][0-9]{0,5}"
_ROTATING = re.compile(f"R({_VERSION})-({_CODE})-([1-9A-Z][0-9A-Z]{{0,7}})-({_MAC})")
_PRINTED = re.compile(f"P({_VERSION})-({_CODE})-({_MAC})")
_TYPED = re.compile(_CODE)
_LONGEST = 100
_AS_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1"})


class UnreadableCode(Refusal):
    """What was scanned or typed is no ticket code of ours."""

    code = "unreadable_code"
    sentence = "这不是本系统的入场码。请让持票人重新打开票面，或输入 13 位票号。"
    status = 422


class ClaimKind(StrEnum):
    """How a code reached the door."""

    ROTATING = "rotating"
    PRINTED = "printed"
    TYPED = "typed"


class Proof(StrEnum):
    """What a claim proves: ``stale`` is genuine but out of its time (a screenshot)."""

    VALID = "valid"
    STALE = "stale"
    FORGED = "forged"
    UNPROVEN = "unproven"


@dataclass(frozen=True)
class Claim:
    """A code as read, before anything is proved; ``version`` and ``step`` are 0 where there is none."""

    kind: ClaimKind
    version: int
    code: str
    step: int = 0
    mac: str = ""

    @property
    def signed(self) -> str:
        """The part of the token that the MAC covers."""
        if self.kind is ClaimKind.ROTATING:
            return f"R{self.version}-{self.code}-{_base36(self.step)}"
        return f"P{self.version}-{self.code}"


def new_code() -> str:
    """A fresh ticket code: 64 random bits in 13 characters."""
    return code_of(secrets.randbits(64))


def code_of(number: int) -> str:
    """The code that stands for ``number``, of at most 64 bits."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def spell(code: str) -> str:
    """The code as it is printed for people to read out: ``0ABC-DEFG-HJKMN``."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def new_fair_key() -> bytes:
    """A fresh key of an event; gates of the event get it for their shift."""
    return secrets.token_bytes(KEY_BYTES)


def ticket_secret(fair_key: bytes, code: str) -> bytes:
    """The secret that the holder's phone keeps to make rotating tokens."""
    return hmac.digest(fair_key, code.encode(), "sha256")


def printed_secret(fair_key: bytes, code: str) -> bytes:
    """The secret behind a printed token; another one, so that no phone can make a token that never ends."""
    return hmac.digest(fair_key, f"P{code}".encode(), "sha256")


def secret_of(fair_key: bytes, claim: Claim) -> bytes:
    """The secret that ``claim`` has to be checked against."""
    if claim.kind is ClaimKind.PRINTED:
        return printed_secret(fair_key, claim.code)
    return ticket_secret(fair_key, claim.code)


def step_at(at: datetime) -> int:
    """The number of the 30-second step that ``at`` (aware) lies in."""
    return int(at.timestamp()) // STEP_SECONDS


def rotating_token(secret: bytes, version: int, code: str, at: datetime) -> str:
    """The token that a phone shows at ``at``, made with its ``ticket_secret``."""
    return _sealed(Claim(ClaimKind.ROTATING, version, code, step_at(at)), secret)


def printed_token(secret: bytes, version: int, code: str) -> str:
    """The token on paper, made with the ``printed_secret``; the door asks for a student card with it."""
    return _sealed(Claim(ClaimKind.PRINTED, version, code), secret)


def read(token: str) -> Claim:
    """What ``token`` claims to be: a scanned token, or a code typed in any case with dashes or spaces.

    Raises UnreadableCode.
    """
    text = token.strip()
    if len(text) > _LONGEST:
        raise UnreadableCode
    if found := _ROTATING.fullmatch(text):
        version, code, step, mac = found.groups()
        return Claim(ClaimKind.ROTATING, int(version), code, int(step, 36), mac)
    if found := _PRINTED.fullmatch(text):
        version, code, mac = found.groups()
        return Claim(ClaimKind.PRINTED, int(version), code, 0, mac)
    typed = re.sub(r"[\s\-‐-―−]", "", unicodedata.normalize("NFKC", text)).upper().translate(_AS_TYPED)
    if not _TYPED.fullmatch(typed):
        raise UnreadableCode
    return Claim(ClaimKind.TYPED, 0, typed)


def prove(claim: Claim, secret: bytes, at: datetime, tolerance_steps: int = 1) -> Proof:
    """What ``claim`` proves at ``at``, against the secret of ``secret_of``.

    ``tolerance_steps`` are allowed before and after, for clocks that differ. The MAC is compared in constant
    time and first, so that a forged step is never called a screenshot.
    """
    if claim.kind is ClaimKind.TYPED:
        return Proof.UNPROVEN
    if not hmac.compare_digest(_mac(claim.signed, secret), claim.mac):
        return Proof.FORGED
    if claim.kind is ClaimKind.ROTATING and abs(step_at(at) - claim.step) > tolerance_steps:
        return Proof.STALE
    return Proof.VALID


def verify(claim: Claim, secret: bytes, at: datetime, tolerance_steps: int = 1) -> bool:
    """Whether ``claim`` proves its ticket now; ``prove`` says why not."""
    return prove(claim, secret, at, tolerance_steps) is Proof.VALID


def code_hash(code: str) -> str:
    """What a refused scan keeps instead of the code itself: enough to recognise it, not to use it."""
    return sha256(code.encode()).hexdigest()


def _sealed(claim: Claim, secret: bytes) -> str:
    return f"{claim.signed}-{_mac(claim.signed, secret)}"


def _mac(signed: str, secret: bytes) -> str:
    """The MAC of ``signed`` in 16 characters."""
    number = int.from_bytes(hmac.digest(secret, signed.encode(), "sha256")[:_MAC_BYTES], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


def _base36(number: int) -> str:
    """``number`` (positive) in digits and capital letters, without leading zeros."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
