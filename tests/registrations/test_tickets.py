"""Tokens against fixed vectors; the browser's code is tested against the same file."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.registrations.tickets import (
    ALPHABET,
    CODE_LENGTH,
    KEY_BYTES,
    STEP_SECONDS,
    Claim,
    ClaimKind,
    Proof,
    UnreadableCode,
    code_hash,
    code_of,
    new_code,
    new_fair_key,
    printed_secret,
    printed_token,
    prove,
    read,
    rotating_token,
    secret_of,
    spell,
    step_at,
    ticket_secret,
    verify,
)

VECTORS: dict[str, Any] = json.loads(
    Path(__file__).with_name("token_vectors.json").read_text(encoding="utf-8")
)
TOKENS: list[dict[str, Any]] = VECTORS["tokens"]
QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
KEYS = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)
CODES = st.integers(0, 2**64 - 1).map(code_of)
VERSIONS = st.integers(1, 999)
TIMES = st.integers(1_600_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _named(vectors: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("vector", vectors, ids=[vector["name"] for vector in vectors])


def test_the_vector_file_states_our_constants() -> None:
    assert VECTORS["alphabet"] == ALPHABET
    assert VECTORS["step_seconds"] == STEP_SECONDS
    assert {vector["proof"] for vector in TOKENS} == {"valid", "stale", "forged"}


@_named(TOKENS)
def test_a_token_is_read_and_proved(vector: dict[str, Any]) -> None:
    claim = read(vector["token"])
    assert claim == Claim(
        ClaimKind(vector["kind"]), vector["version"], vector["code"], vector["step"], vector["mac"]
    )
    secret = secret_of(bytes.fromhex(vector["fair_key_hex"]), claim)
    assert secret.hex() == vector["secret_hex"]
    proof = prove(claim, secret, _at(vector["checked_at"]), vector["tolerance_steps"])
    assert proof == Proof(vector["proof"])
    assert verify(claim, secret, _at(vector["checked_at"]), vector["tolerance_steps"]) is (proof == "valid")


@_named([vector for vector in TOKENS if vector["genuine"]])
def test_a_genuine_token_is_made_again(vector: dict[str, Any]) -> None:
    secret, version, code = bytes.fromhex(vector["secret_hex"]), vector["version"], vector["code"]
    if vector["kind"] == "rotating":
        token = rotating_token(secret, version, code, _at(vector["made_at"]))
    else:
        token = printed_token(secret, version, code)
    assert token == vector["token"]


@pytest.mark.parametrize("case", VECTORS["typed"], ids=lambda case: case["typed"])
def test_a_typed_code_is_forgiven_its_spelling(case: dict[str, str]) -> None:
    claim = read(case["typed"])
    assert claim == Claim(ClaimKind.TYPED, 0, case["code"])
    assert prove(claim, b"", _at(0)) is Proof.UNPROVEN


@pytest.mark.parametrize("text", VECTORS["unreadable"])
def test_anything_else_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableCode):
        read(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_breaks(text: str) -> None:
    try:
        claim = read(text)
    except UnreadableCode:
        return
    assert len(claim.code) == CODE_LENGTH


@given(KEYS, CODES, VERSIONS, TIMES, st.integers(-29, 29))
def test_a_fresh_token_is_valid_within_one_step_either_way(
    key: bytes, code: str, version: int, at: datetime, skew: int
) -> None:
    token = rotating_token(ticket_secret(key, code), version, code, at)
    assert set(token) <= QR_ALPHANUMERIC
    claim = read(token)
    assert (claim.version, claim.code, claim.step) == (version, code, step_at(at))
    assert verify(claim, secret_of(key, claim), at + timedelta(seconds=skew))


@given(KEYS, CODES, TIMES, st.integers(60, 10**6))
def test_an_old_token_is_a_screenshot_and_not_a_forgery(
    key: bytes, code: str, at: datetime, age: int
) -> None:
    secret = ticket_secret(key, code)
    claim = read(rotating_token(secret, 1, code, at))
    assert prove(claim, secret, at + timedelta(seconds=age)) is Proof.STALE


@given(KEYS, KEYS, CODES, TIMES)
def test_the_key_of_another_event_proves_nothing(key: bytes, other: bytes, code: str, at: datetime) -> None:
    claim = read(rotating_token(ticket_secret(key, code), 1, code, at))
    expected = Proof.VALID if key == other else Proof.FORGED
    assert prove(claim, ticket_secret(other, code), at) is expected


@given(KEYS, CODES, st.integers(0, 40), st.sampled_from(ALPHABET))
def test_no_single_changed_character_passes(key: bytes, code: str, place: int, letter: str) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    token = rotating_token(ticket_secret(key, code), 1, code, at)
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed == token:
        return
    try:
        claim = read(changed)
    except UnreadableCode:
        return
    assert prove(claim, secret_of(key, claim), at) is Proof.FORGED


@given(KEYS, CODES, TIMES)
def test_a_printed_token_needs_another_secret_than_the_phone_has(key: bytes, code: str, at: datetime) -> None:
    paper = printed_token(printed_secret(key, code), 1, code)
    assert set(paper) <= QR_ALPHANUMERIC
    assert verify(read(paper), printed_secret(key, code), at)
    faked = read(printed_token(ticket_secret(key, code), 1, code))
    assert prove(faked, secret_of(key, faked), at) is Proof.FORGED


def test_a_token_fits_a_small_qr_code() -> None:
    token = rotating_token(bytes(32), 99, new_code(), datetime(2035, 1, 1, tzinfo=UTC))
    assert len(token) <= 61  # version 3 (29 × 29 modules) at level M


def test_codes_are_random_and_spelled_in_groups() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(read(spell(code)).code == code for code in codes)
    assert spell("0123456789ABC") == "0123-4567-89ABC"
    assert new_fair_key() != new_fair_key()
    assert len(new_fair_key()) == KEY_BYTES


def test_a_code_of_zero_time_is_still_written() -> None:
    assert Claim(ClaimKind.ROTATING, 1, code_of(0), 0).signed == "R1-0000000000000-0"


def test_a_refused_code_is_remembered_by_its_hash_only() -> None:
    assert code_hash("0123456789ABC") == code_hash("0123456789ABC") != code_hash("0123456789ABD")
