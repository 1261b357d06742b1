from array import array
from collections.abc import Collection, Iterable, Sequence

from fairs.clauses.compiled.automaton import Automaton

def rest(name: str) -> int: ...
def table(
    names: Iterable[tuple[str, str]], offsets: Iterable[int], bits: int
) -> tuple[Sequence[int], ...]: ...

class Weigher:
    def __init__(
        self,
        names: tuple[Sequence[int], ...],
        bits: int,
        words: Automaton,
        terms: tuple[array[int], ...],
        weights: array[int],
        columns: int,
    ) -> None: ...
    def begin(self, begins: array[float]) -> None: ...
    def weight(self, before: str, ending: str, column: int) -> int: ...
    def weigh(
        self, text: str, start: int, end: int, near: int, signs: Sequence[str], tones: Collection[str]
    ) -> list[float]: ...
