from array import array

from fairs.clauses.compiled.automaton import Automaton

class Scanner:
    def __init__(
        self,
        automaton: Automaton,
        anchors: tuple[array[int], ...],
        companions: tuple[array[int], ...],
        programs: tuple[array[int] | bytearray, ...],
        kinds: tuple[int, int, int],
    ) -> None: ...
    def matches(self, text: str) -> list[tuple[int, int, int]]: ...
