"""The way back from a changed text to the one before it, kept in runs: most characters come one by one. Pure."""

from array import array
from bisect import bisect_right
from dataclasses import dataclass


class Rewriting:
    """A text that is written from left to right, and where its characters come from.

    Run ``i`` of it begins at ``_at[i]`` and comes from ``_from[i]`` on: one by one, or all from the same
    ``_sizes[i]`` characters where that is not 0.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._at, self._from, self._sizes = array("i", [0]), array("i", [0]), array("i", [0])

    def put(self, piece: str, begun: int, size: int = 0) -> None:
        """Add a piece that comes from ``begun`` on; all its characters from ``size`` characters there if given."""
        if not piece:
            return
        if size or self._sizes[-1] or begun - self._length != self._from[-1] - self._at[-1]:
            self._run(self._length, begun, size)
        self._pieces.append(piece)
        self._length += len(piece)

    def _run(self, at: int, begun: int, size: int) -> None:
        self._at.append(at)
        self._from.append(begun)
        self._sizes.append(size)

    def widen(self, end: int) -> None:
        """Let the last character come from as far as ``end``."""
        if self._length:
            begun = self.origin(self._length - 1)[0]
            self._run(self._length - 1, begun, end - begun)

    def origin(self, at: int) -> tuple[int, int]:
        """Where the character at this place begins and ends in the text before."""
        run = bisect_right(self._at, at) - 1
        begun, size = self._from[run], self._sizes[run]
        if size:
            return begun, begun + size
        begun += at - self._at[run]
        return begun, begun + 1

    def text(self) -> str:
        """What was written."""
        return "".join(self._pieces)


@dataclass(slots=True)
class Normalised:
    """The plain text and the changes that led to it, the last one first."""

    text: str
    changes: tuple[Rewriting, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original code point range of a non-empty range of the plain text."""
        for change in self.changes:
            start, end = change.origin(start)[0], change.origin(end - 1)[1]
        return start, end

    def changed(self, change: Rewriting) -> "Normalised":
        """The text after one more change."""
        return Normalised(change.text(), (change, *self.changes))
