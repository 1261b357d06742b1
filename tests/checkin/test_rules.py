"""The door's verdicts by a table that the browser's code is tested against too."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairs.checkin.rules import (
    DEFAULT_TOLERANCE,
    SHOWINGS,
    Direction,
    Door,
    HolderKind,
    Presence,
    Sound,
    Standing,
    Ticket,
    Tolerance,
    Tone,
    Verdict,
    corrected_time,
    judge,
    standing_of,
)
from fairs.registrations.rules import RegistrationState
from fairs.registrations.tickets import ClaimKind, Proof

TABLE: dict[str, Any] = json.loads(
    Path(__file__).with_name("verdict_vectors.json").read_text(encoding="utf-8")
)
VECTORS: list[dict[str, Any]] = TABLE["vectors"]
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
MOMENTS = st.integers(-400, 400).map(lambda minutes: NOON + timedelta(minutes=minutes))


def part(vector: dict[str, Any], name: str) -> dict[str, Any]:
    """One part of a vector over the defaults, with its times read."""
    values = TABLE["defaults"][name] | vector.get(name, {})
    return {
        key: datetime.fromisoformat(value) if key.endswith("_at") and value else value
        for key, value in values.items()
    }


def ticket_of(values: dict[str, Any]) -> Ticket:
    return Ticket(
        **values
        | {
            "holder_kind": HolderKind(values["holder_kind"]),
            "standing": Standing(values["standing"]),
            "claim_kind": ClaimKind(values["claim_kind"]),
            "proof": Proof(values["proof"]),
        }
    )


def presence_of(values: dict[str, Any]) -> Presence:
    way = values["last_direction"]
    return Presence(**values | {"last_direction": Direction(way) if way else None})


def door_of(values: dict[str, Any]) -> Door:
    return Door(**values | {"direction": Direction(values["direction"])})


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_the_door_answers(vector: dict[str, Any]) -> None:
    known = vector.get("ticket", {}) is not None
    verdict = judge(
        ticket_of(part(vector, "ticket")) if known else None,
        presence_of(part(vector, "presence")),
        door_of(part(vector, "door")),
        datetime.fromisoformat(vector.get("scanned_at", TABLE["defaults"]["scanned_at"])),
    )
    assert verdict == Verdict(vector["verdict"])


def test_the_table_shows_every_verdict_and_our_tolerance() -> None:
    assert {vector["verdict"] for vector in VECTORS} == set(Verdict) - {Verdict.UNDONE}
    seconds = TABLE["tolerance_seconds"]
    assert Tolerance(**{key: timedelta(seconds=n) for key, n in seconds.items()}) == DEFAULT_TOLERANCE


def test_every_verdict_has_a_colour_a_sound_and_a_sentence() -> None:
    assert set(SHOWINGS) == set(Verdict)
    sounds = {Tone.GREEN: Sound.OK, Tone.AMBER: Sound.NOTICE, Tone.RED: Sound.STOP}
    for verdict, showing in SHOWINGS.items():
        assert showing.sentence
        assert showing.sound is sounds[showing.tone]
        assert not (verdict.moves and showing.tone is Tone.RED)


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (RegistrationState.WAITING, Standing.WAITING),
        (RegistrationState.CANCELLED, Standing.CANCELLED),
        (RegistrationState.TICKETED, Standing.VALID),
        (RegistrationState.CHECKED_IN, Standing.VALID),
        (RegistrationState.CHECKED_OUT, Standing.VALID),
        (RegistrationState.NO_SHOW, Standing.VALID),
    ],
)
def test_what_a_registration_means_at_the_door(state: RegistrationState, standing: Standing) -> None:
    assert standing_of(state) is standing


@pytest.mark.parametrize(
    ("offset_ms", "received_after", "expected"),
    [
        (0, 5, 0),
        (90_000, 5, -90),
        (-3_000, 5, 3),
        (-60_000, 5, 5),
        (0, -30, -30),
    ],
)
def test_device_time_is_corrected_and_never_after_receipt(
    offset_ms: int, received_after: int, expected: int
) -> None:
    received = NOON + timedelta(seconds=received_after)
    assert corrected_time(NOON, received, offset_ms) == NOON + timedelta(seconds=expected)


TICKETS = st.builds(
    Ticket,
    event=st.sampled_from(["E1", "E2"]),
    occurrence=st.sampled_from(["O1", "O2"]),
    holder_kind=st.sampled_from(HolderKind),
    standing=st.sampled_from(Standing),
    claim_kind=st.sampled_from(ClaimKind),
    proof=st.sampled_from(Proof),
    slot_starts_at=st.none() | MOMENTS,
    slot_ends_at=st.none() | MOMENTS,
)
PRESENCES = st.builds(
    Presence,
    st.booleans(),
    st.none() | MOMENTS,
    st.just("G1"),
    st.sampled_from(["D1", "D2"]),
    st.none() | st.sampled_from(Direction),
)
DOORS = st.builds(
    Door,
    event=st.just("E1"),
    occurrence=st.just("O1"),
    direction=st.sampled_from(Direction),
    device=st.just("D1"),
    opens_at=MOMENTS,
    closes_at=MOMENTS,
    stop_entry=st.booleans(),
)


@given(TICKETS, PRESENCES, DOORS, MOMENTS)
def test_nobody_is_moved_against_the_rules(
    ticket: Ticket, presence: Presence, door: Door, at: datetime
) -> None:
    verdict = judge(ticket, presence, door, at)
    if not verdict.moves:
        return
    assert ticket.event == door.event
    assert ticket.proof is not Proof.FORGED
    assert presence.inside is (door.direction is Direction.OUT)
    assert (verdict is Verdict.OUT_OK) is (door.direction is Direction.OUT)
    if verdict is not Verdict.OUT_OK:
        assert ticket.standing is Standing.VALID
        assert ticket.proof is not Proof.STALE
        assert not door.stop_entry or ticket.holder_kind is HolderKind.STAFF
