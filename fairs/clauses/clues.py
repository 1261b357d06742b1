"""Which contexts may hold where: one automaton looks for the literals that they cannot hold without."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from fairs.clauses.anchors import Analyst, Unreadable
from fairs.clauses.literals import Literals
from fairs.clauses.rules import Context, Contexts, Scope


class Clues:
    """Contexts as bits of a number, and for every literal the contexts that it makes possible."""

    def __init__(self, contexts: Iterable[Context], analyst: Analyst) -> None:
        self._bits = {context: 1 << number for number, context in enumerate(dict.fromkeys(contexts))}
        self.wide = sum(bit for context, bit in self._bits.items() if context.scope is Scope.NEIGHBOURHOOD)
        self._always = 0
        effects: dict[str, int] = {}
        for context, bit in self._bits.items():
            literals = _needed(context, analyst)
            if not literals:
                self._always |= bit
            for literal in literals:
                effects[literal] = effects.get(literal, 0) | bit
        self._effects = list(effects.values())
        self._literals = Literals(effects)

    def marked(self, contexts: Sequence[Context]) -> Contexts:
        """These contexts with their bits."""
        bits = [self._bits[context] for context in contexts]
        alternatives = [context._replace(clue=bit) for context, bit in zip(contexts, bits, strict=True)]
        return Contexts(tuple(alternatives), sum(set(bits)))

    def by_stretch(self, text: str, ends: Sequence[int]) -> list[int]:
        """The contexts that are possible in the stretches of ``text`` up to each of ``ends`` and up to its end."""
        possible = [self._always] * (len(ends) + 1)
        effects = self._effects
        at, begin = 0, 0
        over = ends[0] if ends else len(text) + 1
        for literal, start, _ in self._literals.hits(text):
            if not begin <= start < over:
                at = bisect_right(ends, start)
                begin = ends[at - 1] if at else 0
                over = ends[at] if at < len(ends) else len(text) + 1
            possible[at] |= effects[literal]
        return possible


def _needed(context: Context, analyst: Analyst) -> Iterable[str]:
    """Literals of which one stands near every match that is in ``context``: the rarest that a part of it offers."""
    offers = []
    for part in (context.before, context.after, context.within):
        if part is not None:
            try:
                literals = analyst.anchored(part.pattern).anchors
            except Unreadable:  # a part without any literal offers none
                continue
            offers.append((sum(map(analyst.weigh, literals)), literals))
    return min(offers, key=lambda offer: offer[0])[1] if offers else ()
