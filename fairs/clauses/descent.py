"""The lowest point of a smooth convex function of many numbers: limited-memory BFGS. Pure.

Written out with plain sums, because the products of a linear algebra library add up in an order that depends on
the number of its threads; so the same input gives the same numbers, bit for bit, on one machine.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Function = Callable[[Floats], tuple[float, Floats]]  # a value and its slope

_MEMORY = 8  # earlier steps that are remembered
_FLAT = 1e-4  # the slope, relative to the first one, at which the bottom is reached
_ENOUGH = 1e-4  # the share of the promised descent that a step must keep
_HALVINGS = 20


def lowest(function: Function, start: Floats, steps: int) -> Floats:
    """The place where ``function`` is lowest, as far as ``steps`` steps lead."""
    at = start
    value, slope = function(at)
    steep = _size(slope)
    past: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        if _size(slope) <= _FLAT * steep:
            break
        way = -_turned(slope, past)
        length = 1.0 if past else 1.0 / max(_size(slope), 1.0)
        found = _step(function, at, value, way, length, float((way * slope).sum()))
        if found is None:
            break
        moved, new_value, new_slope = found
        step, change = moved - at, new_slope - slope
        curve = float((step * change).sum())
        if curve > 0:
            past.append((step, change, curve))
        at, value, slope = moved, new_value, new_slope
    return at


def _size(slope: Floats) -> float:
    return float(np.sqrt((slope * slope).sum()))


def _step(
    function: Function, at: Floats, value: float, way: Floats, length: float, promise: float
) -> tuple[Floats, float, Floats] | None:
    """The first of ever shorter steps that goes down far enough: place, value and slope there."""
    for _ in range(_HALVINGS):
        moved = at + length * way
        new_value, new_slope = function(moved)
        if new_value <= value + _ENOUGH * length * promise:
            return moved, new_value, new_slope
        length /= 2
    return None


def _turned(slope: Floats, past: deque[tuple[Floats, Floats, float]]) -> Floats:
    """The slope, turned and stretched by what earlier steps told of the curvature."""
    way = slope.copy()
    shares = []
    for step, change, curve in reversed(past):
        share = float((step * way).sum()) / curve
        shares.append(share)
        way -= share * change
    if past:
        _, change, curve = past[-1]
        way *= curve / float((change * change).sum())
    for (step, change, curve), share in zip(past, reversed(shares), strict=True):
        way += (share - float((change * way).sum()) / curve) * step
    return way
