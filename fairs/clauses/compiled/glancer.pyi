from typing import Any

class Glancer:
    def __init__(
        self,
        signs: Any,
        tables: tuple[Any, ...],
        present: tuple[Any, ...],
        least: Any,
        stop: int,
        mixes: tuple[int, int],
    ) -> None: ...
    def places(self, text: str) -> list[tuple[int, int]]: ...
