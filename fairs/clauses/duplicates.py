"""Nearly the same text under several companies: a sign of an agency or of fraud (S37, P7). Pure.

Texts are compared by their runs of five characters. Signatures of those runs (MinHash) put texts that may be
alike into common buckets, so that time stays linear; what shares a bucket is then compared exactly.
"""

import hashlib
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from fairs.clauses.documents import FRAUD_BASIS, SENTENCES, Remark, RemarkKind
from fairs.clauses.normalise import normalise

RUN = 5  # characters
ALIKE = 0.7  # share of common runs from which texts count as nearly the same
SHORTEST = 60  # characters of the plain form below which likeness says nothing
_BANDS, _ROWS = 24, 4
_KEPT = 16  # bands that are kept of a stored text: enough to meet 98 of 100 texts that are just alike
_FULLEST = (
    50  # texts of one bucket that are compared with each other; more are compared with the first ones only
)
_PRIME = (1 << 31) - 1
_FACTORS = np.random.default_rng(20260101).integers(1, _PRIME, size=(2, _BANDS * _ROWS), dtype=np.int64)


@dataclass(frozen=True)
class Posted:
    """A text under the name of a company."""

    key: str
    company: str
    text: str


@dataclass(frozen=True)
class Likeness:
    """Two texts of different companies that are nearly the same; ``share`` is the share of common runs, 0 to 1."""

    one: str
    other: str
    share: float


def near_duplicates(posted: Iterable[Posted], alike: float = ALIKE) -> list[Likeness]:
    """Every pair of texts under different companies with at least ``alike`` in common, the likest first."""
    items = [(one, runs) for one in posted if (runs := _runs(one))]
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for number, (_, runs) in enumerate(items):
        for band, part in enumerate(_signature(runs).reshape(_BANDS, _ROWS)):
            buckets[band, part.tobytes()].append(number)
    found = []
    for first, second in {pair for full in buckets.values() for pair in _pairs(full)}:
        (one, runs), (other, others) = items[first], items[second]
        if one.company == other.company:
            continue
        share = len(runs & others) / len(runs | others)
        if share >= alike:
            found.append(Likeness(one.key, other.key, share))
    return sorted(found, key=lambda pair: (-pair.share, pair.one, pair.other))


def bands(one: Posted) -> tuple[int, ...]:
    """Keys (below 2**63) to store with a text: texts that are alike share one; none for a short text."""
    runs = _runs(one)
    if not runs:
        return ()
    parts = _signature(runs).reshape(_BANDS, _ROWS)[:_KEPT]
    keys = (_key(bytes([band]) + part.tobytes()) for band, part in enumerate(parts))
    return tuple(sorted(set(keys)))


def _key(part: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(part, digest_size=8).digest(), "big") >> 1


def alike_among(one: Posted, others: Iterable[Posted], alike: float = ALIKE) -> list[Likeness]:
    """Which of a few texts of other companies are nearly the same as ``one``, the likest first."""
    runs = _runs(one)
    found = []
    for other in others:
        theirs = _runs(other)
        share = len(runs & theirs) / len(runs | theirs) if runs and theirs else 0.0
        if share >= alike and one.company != other.company:
            found.append(Likeness(one.key, other.key, share))
    return sorted(found, key=lambda pair: (-pair.share, pair.other))


def remark_on(key: str, found: Iterable[Likeness]) -> Remark | None:
    """The remark on the text ``key`` if other companies use nearly the same text."""
    others = [pair for pair in found if key in (pair.one, pair.other)]
    if not others:
        return None
    return Remark(
        RemarkKind.DUPLICATE,
        SENTENCES["duplicate"],
        FRAUD_BASIS,
        {"number": len(others)},
    )


def _runs(posted: Posted) -> frozenset[int]:
    """The hashed runs of the plain text without its company's name; none for a short text."""
    plain = normalise(posted.text.replace(posted.company, "") if posted.company else posted.text).text
    plain = "".join(filter(str.isalnum, plain))
    if len(plain) < SHORTEST:
        return frozenset()
    return frozenset(_hashed(plain[at : at + RUN]) for at in range(len(plain) - RUN + 1))


def _hashed(run: str) -> int:
    return zlib.crc32(run.encode("utf-8", "replace")) >> 1


def _signature(runs: frozenset[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The smallest hash of ``runs`` under each of the hash functions."""
    values = np.fromiter(runs, dtype=np.int64)
    factors, offsets = _FACTORS
    result: np.ndarray[tuple[int, ...], np.dtype[np.int64]] = np.min(
        (values[:, None] % _PRIME * factors + offsets) % _PRIME, axis=0
    )
    return result


def _pairs(bucket: list[int]) -> Iterable[tuple[int, int]]:
    """Pairs of one bucket; of a very full one those with its first texts, so that time stays linear."""
    if len(bucket) <= _FULLEST:
        return combinations(bucket, 2)
    return ((first, second) for first in bucket[:2] for second in bucket if first < second)
