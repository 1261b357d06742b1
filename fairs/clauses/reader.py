"""The second reader: a linear model over characters that looks where the rules found nothing. Pure.

A quick look at pairs of characters passes over ordinary phrases; what is left is weighed for every category.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import accumulate

from fairs.clauses.compiled import COMPILED
from fairs.clauses.glance import Glance
from fairs.clauses.loading import read_once
from fairs.clauses.rules import Category
from fairs.clauses.scales import Scales
from fairs.clauses.traits import STOPS, Window, around, phrases, places, tones
from fairs.clauses.weights import SCALE, Weights

DOUBTFUL = -0.7  # the score from which words are shown to an officer
UNLIKELY = -2.0  # the score below which words that a rule found seem only mentioned
SURE = 1.0  # the score from which they count like the rule that they resemble
GLANCED = 0.0  # the score in the quick look from which a phrase is weighed …
HOPEFUL = -3.0  # … and the score from which it is weighed once more together with its neighbours
FARTHEST = 300  # how far the end of a sentence is looked for, so that time stays linear in the text
TOLD = 3  # how many of the words that moved the score are told

_COVER = b"\1"  # marks one code point of a text as read

Place = tuple[int, int]


@dataclass(frozen=True)
class Doubt:
    """Words ``start:end`` of a plain text that seem to break ``category``; ``moved`` are those that moved it most."""

    category: Category
    start: int
    end: int
    score: float
    moved: tuple[str, ...]
    wish: bool  # somebody is preferred or asked, not refused


@dataclass(frozen=True)
class _Weighed:
    """A window with its strongest category."""

    window: Window
    category: int
    score: float


class Reader:
    """Words of terms and weights of traits by category; the lines are those that ``training`` writes."""

    def __init__(self, lines: Sequence[str], glanced: float = GLANCED, *, compiled: bool = COMPILED) -> None:
        words, lines_of_weights, glances = _sections(lines)
        self._weights = (Scales if compiled else Weights)(words, lines_of_weights)
        pairs = (line.split("\t") for line in glances)
        self._glance = Glance({name: int(part) for name, part in pairs}, glanced * SCALE, compiled=compiled)

    def read(self, text: str, taken: Sequence[Place], doubtful: float = DOUBTFUL) -> list[Doubt]:
        """Doubtful words of a plain text outside the places that are ``taken``; they never overlap."""
        glanced = self._glance.places(text)
        if not glanced:
            return []
        covered = bytearray(len(text))
        for start, end in taken:
            covered[start:end] = _COVER * (end - start)
        strong = sorted(
            (one for one in self._weighed(text, glanced, covered) if one.score >= doubtful),
            key=lambda one: (-one.score, one.window.start, one.window.end),
        )
        chosen: list[_Weighed] = []
        for one in strong:
            if _free(one.window, covered):
                covered[one.window.start : one.window.end] = _COVER * (one.window.end - one.window.start)
                chosen.append(one)
        return [self._doubt(text, one) for one in chosen]

    def means(self, text: str, place: Place, category: Category) -> bool:
        """Whether the phrases around ``place`` of a plain text break ``category`` and do not only mention it."""
        (sentence,) = _sentences(text, [place])
        found = phrases(text, *sentence)
        held = [
            at for at, (window, _) in enumerate(found) if window.start < place[1] and place[0] < window.end
        ]
        if not held:
            return True
        reached = Window(found[held[0]][0].start, found[held[-1]][0].end)
        wider = [
            window
            for window in around(found, held[0])
            if window.start <= reached.start and reached.end <= window.end and window != reached
        ]
        column = list(Category).index(category)
        return any(self._weights.scores(text, window)[column] >= UNLIKELY for window in (reached, *wider))

    def _weighed(self, text: str, glanced: Sequence[Place], covered: bytearray) -> Iterable[_Weighed]:
        """The suspect phrases that are not covered, and the hopeful ones of them with their neighbours."""
        own = [phrase for start, end in glanced for phrase, _ in phrases(text, start, end)]
        weighed = {window: self._weigh(text, window) for window in own if _free(window, covered)}
        hopeful = [window for window, one in weighed.items() if one.score >= HOPEFUL]
        found = [phrase for begin, end in _sentences(text, hopeful) for phrase in phrases(text, begin, end)]
        for at in _within(found, hopeful):
            for window in around(found, at):
                if window not in weighed and _free(window, covered):
                    weighed[window] = self._weigh(text, window)
        return weighed.values()

    def _weigh(self, text: str, window: Window) -> _Weighed:
        """The strongest category of a window."""
        scores = self._weights.scores(text, window)
        score = max(scores)
        return _Weighed(window, scores.index(score), score)

    def _doubt(self, text: str, one: _Weighed) -> Doubt:
        """A finding cut down to the words that speak for its category."""
        words = text[one.window.start : one.window.end]
        toned = tones(words)
        pulls = [
            (sum(self._weights.pull(before, name, one.category) for before in ("", *toned)), start, end)
            for name, start, end in places(words, self._weights.lexicon)
        ]
        start, end = _strongest(pulls, len(words))
        return Doubt(
            list(Category)[one.category],
            one.window.start + start,
            one.window.start + end,
            one.score,
            _moved(words, pulls),
            wish=bool(toned & {"P", "Q"}) and not toned & {"R", "O"},
        )


def _sections(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Lines between empty ones."""
    ends = [at for at, line in enumerate(lines) if not line]
    for begin, end in zip([0, *(at + 1 for at in ends)], [*ends, len(lines)], strict=True):
        yield lines[begin:end]


def _free(window: Window, covered: bytearray) -> bool:
    """Whether nothing in the window is covered."""
    return covered.find(_COVER, window.start, window.end) < 0


def _sentences(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """The sentences that hold these places, in order, each once."""
    done = 0
    for start, end in places:
        if start >= done:
            first, last = max(done, start - FARTHEST), min(len(text), end + FARTHEST)
            over = [at + len(stop) for stop in STOPS if (at := text.rfind(stop, first, start)) >= 0]
            ends = [at for stop in STOPS if (at := text.find(stop, end, last)) >= 0]
            begin, done = max(over, default=first), min(ends, default=last)
            yield begin, done


def _within(found: Sequence[tuple[Window, int]], places: Sequence[Place]) -> Iterator[int]:
    """The numbers of the phrases that lie in these places; both come in order."""
    at = 0
    for start, end in places:
        while at < len(found) and found[at][0].end <= start:
            at += 1
        while at < len(found) and found[at][0].start < end:
            yield at
            at += 1


Pull = tuple[int, int, int]  # how much a trait pulls towards a category, and where it stands


def _strongest(pulls: Sequence[Pull], length: int) -> Place:
    """The run of characters whose traits pull most."""
    pull = [0.0] * length
    for strength, start, end in pulls:
        for at in range(start, end):
            pull[at] += strength / (end - start)
    sums = [0.0, *accumulate(pull)]
    low, best = 0, (0, 1)
    for at in range(1, length + 1):
        if sums[at] - sums[low] > sums[best[1]] - sums[best[0]]:
            best = low, at
        if sums[at] < sums[low]:
            low = at
    return best


def _moved(words: str, pulls: Sequence[Pull]) -> tuple[str, ...]:
    """The few words whose traits pull most, in the order of the text."""
    ranked = sorted(
        {(strength, start, end) for strength, start, end in pulls if end - start > 1 and strength > 0},
        key=lambda one: (-one[0], one[1]),
    )
    told: list[Place] = []
    for _, start, end in ranked:
        if len(told) < TOLD and all(end <= begun or ended <= start for begun, ended in told):
            told.append((start, end))
    return tuple(words[start:end] for start, end in sorted(told))


@read_once
def reader() -> Reader:
    """The reader with the weights of this package."""
    return Reader(files("fairs.clauses").joinpath("weights.tsv").read_text("utf-8").splitlines())
