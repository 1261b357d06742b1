from array import array

class Automaton:
    def __init__(self, tables: tuple[array[int], ...]) -> None: ...
