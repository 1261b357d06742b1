"""Long choices inside patterns look at the next character first: the same matches, sooner refused. Pure."""

import re

from fairs.clauses.anchors import Analyst, closings
from fairs.clauses.shapes import Border

_LONG = 6  # alternatives from which a look pays
_DIGITS = frozenset("0123456789")
_CHOICE = "(?:"
_MARK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


def guarded(pattern: str, analyst: Analyst) -> str:
    """``pattern``, which ``analyst`` has read, with ``(?=[…])`` before long choices whose beginnings are known."""
    ends = closings(pattern)
    alternatives = _alternatives(pattern)
    pieces: list[str] = []
    closed: dict[int, str] = {}
    done = 0
    for mark in _MARK.finditer(pattern):
        at = mark.start()
        if at in ends and alternatives[at] >= _LONG and pattern.startswith(_CHOICE, at):
            look = _look(analyst.known[pattern[at : ends[at]]].opens)
            if look:
                pieces += [pattern[done:at], _CHOICE, look, _CHOICE]
                done = at + len(_CHOICE)
                closed[ends[at]] = "))"
        elif at in closed:
            pieces += [pattern[done:at], closed[at]]
            done = at + 1
    return "".join([*pieces, pattern[done:]])


def _alternatives(pattern: str) -> dict[int, int]:
    """How many alternatives the group that opens at a place has."""
    counts: dict[int, int] = {}
    opened: list[int] = []
    for mark in _MARK.finditer(pattern):
        if mark[0] == "(":
            opened.append(mark.start())
            counts[mark.start()] = 1
        elif mark[0] == ")":
            opened.pop()
        elif mark[0] == "|" and opened:
            counts[opened[-1]] += 1
    return counts


def _look(opens: Border) -> str:
    """A look ahead at one of these characters, or nothing where anything may stand or the text may end."""
    if opens.allowed is None or "" in opens.allowed:
        return ""
    digits = r"\d" if opens.allowed >= _DIGITS else ""
    listed = opens.allowed - _DIGITS if digits else opens.allowed
    return f"(?=[{digits}{re.escape(''.join(sorted(listed)))}])"
