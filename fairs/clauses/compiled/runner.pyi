from array import array

class Runner:
    def __init__(
        self, index: array[int], blocks: bytearray, code: array[int], entries: array[int]
    ) -> None: ...
    def matched(self, text: str, number: int, start: int, end: int) -> tuple[int, int] | None: ...
