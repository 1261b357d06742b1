"""The tables of an automaton that finds literals, for ``compiled.automaton``. Pure."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate

from fairs.clauses.charsets import EDGE_MARK, SIZE


def tables(literals: Sequence[str]) -> tuple[array[int], ...]:
    """The tables of an automaton that finds ``literals``: a node for each beginning of one, the shortest first."""
    begins = {literal[:size] for literal in literals for size in range(len(literal) + 1)}
    nodes = {begin: node for node, begin in enumerate(sorted(begins, key=lambda one: (len(one), one)))}
    roots, fails, links = (array("i", bytes(4 * size)) for size in (SIZE, len(nodes), len(nodes)))
    counts, ends = array("i", [1, *fails]), array("i", [-1]) * len(nodes)
    for number, literal in enumerate(literals):
        ends[nodes[literal]] = number
    for begin, node in nodes.items():
        if len(begin) == 1:
            roots[ord(begin)] = node
        if begin:
            counts[nodes[begin[:-1]] + 1] += 1
            back = next(nodes[begin[at:]] for at in range(1, len(begin) + 1) if begin[at:] in nodes)
            fails[node], links[node] = back, back if ends[back] >= 0 else links[back]
    signs = array("i", (ord(begin[-1:] or EDGE_MARK) for begin in nodes))
    return roots, array("i", accumulate(counts)), signs, fails, links, ends
