"""What takes long to read is read once, whoever asks meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from fairs.clauses.loading import read_once


def test_threads_that_ask_at_once_get_one_reading() -> None:
    together, readings = Barrier(4, timeout=30), []

    @read_once
    def book() -> list[str]:
        """A book."""
        readings.append("read")
        return ["page"]

    def ask(_: int) -> list[str]:
        together.wait()
        return book()

    with ThreadPoolExecutor(4) as people:
        books = list(people.map(ask, range(4)))
    assert readings == ["read"]
    assert all(one is books[0] for one in books)
    assert book.__doc__ == "A book."
