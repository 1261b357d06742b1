# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False, cdivision=True
"""Patterns tried around their anchors, by programs (``programs.py``) instead of ``re``.

Every access to an array is checked against its size.
"""

from fairs.clauses.compiled.automaton cimport Automaton
from fairs.clauses.compiled.runner cimport Runner

cdef enum:
    FEW = 4  # beginnings of which the first that matches counts; a pattern that may begin further away has windows
    # The columns of a sleeper, in the order of ``plans.Sleeper``.
    RIGHT = 0
    NEEDS = 1
    LEFT = 2
    NUMBER = 3
    AFTER = 4
    BEFORE = 5
    LEAD = 6
    BEGINS = 7
    INSIDE = 8
    AT_ANCHOR = 9
    COLUMNS = 10
    WORDS = 8  # of 64 bits, for companions


cdef class Scanner:
    """Finds the matches of many patterns in a text, by their programs; ``Machine`` makes the tables.

    The first literals of the automaton are stops, then come other anchors, then mere companions. ``lengths`` are those
    of literals, ``sleepers`` the patterns that each anchor wakes (from ``firsts`` on), ``starts`` what a match of a
    pattern begins with. ``effects`` say which companions a literal is, as a row of ``masks``; ``anywhere`` are those that
    may stand anywhere in a text.
    """

    cdef Automaton automaton
    cdef Runner run
    cdef int[::1] chars  # of the text, with 0 behind them
    cdef const int[::1] lengths, firsts, sleepers, starts, effects
    cdef const unsigned long long[::1] masks, anywhere
    cdef int stops, anchors, barriers, size

    def __init__(self, automaton, anchors, companions, programs, kinds):
        self.run = Runner(*programs)
        self.automaton = automaton
        self.lengths, self.firsts, self.sleepers, self.starts = anchors
        self.effects, self.masks, self.anywhere = companions
        self.stops, self.anchors, self.barriers = kinds

    def matches(self, str text):
        """The matches as number, start, end."""
        cdef int at, first = 0, word, many
        cdef const int[::1] hits
        cdef unsigned long long[WORDS] everywhere, lacking
        cdef list found = []
        cdef dict windows = {}
        self.run.read(text)
        self.chars, self.size = self.run.chars, self.run.size
        many = self.automaton.look_up(self.chars, self.size)
        hits = self.automaton.hits
        for word in range(WORDS):
            everywhere[word] = 0
        for at in range(many):
            self.add(everywhere, hits[2 * at])
        while first < many:  # one stretch after the other, up to the next stop
            for word in range(WORDS):
                lacking[word] = everywhere[word] & self.anywhere[word]
            at = first
            while at == first or (at < many and hits[2 * at] >= self.stops):
                self.add(lacking, hits[2 * at])
                at += 1
            for word in range(WORDS):
                lacking[word] = ~lacking[word]
            for first in range(first, at):
                if hits[2 * first] < self.anchors:
                    self.wake(hits[2 * first], hits[2 * first + 1], lacking, found, windows)
            first = at
        if windows:
            self.preceded(windows, found)
        return found

    cdef inline int add(self, unsigned long long *bits, int literal) except -1:
        """Add the companions that are there where ``literal`` stands."""
        cdef int word, row = self.effects[literal]
        if row:
            for word in range(WORDS):
                bits[word] |= self.masks[row + word]
        return 0

    cdef int wake(self, int anchor, int end, unsigned long long *lacking, list found, dict windows) except -1:
        """Try the patterns that an anchor wakes; those that may begin far before it wait."""
        cdef int start = end - self.lengths[anchor], beside = self.chars[start - 1] if start else 0
        cdef int row, number, before, last, earlier
        cdef bint here
        for row in range(self.firsts[anchor] * COLUMNS, self.firsts[anchor + 1] * COLUMNS, COLUMNS):
            if self.lacks(self.sleepers[row + NEEDS], lacking):
                continue
            if not self.run.has(self.sleepers[row + RIGHT], self.chars[end]):
                continue
            number, before = self.sleepers[row + NUMBER], self.sleepers[row + BEFORE]
            last = min(self.size, end + self.sleepers[row + AFTER])
            here = self.sleepers[row + AT_ANCHOR] and self.run.has(self.sleepers[row + LEFT], beside)
            earlier = -1
            if before and self.run.has(self.sleepers[row + LEAD], beside):
                earlier = self.beginning(row, max(start - before, 0), start)
            if earlier >= 0 and before <= FEW:
                self.next(number, earlier, start if here else start - 1, last, found)
            elif before > FEW and (here or earlier >= 0):
                _add(
                    windows.setdefault(number, []),
                    (earlier if earlier >= 0 else start, start if here else start - 1, last),
                )
            elif here and self.run.match(number, start, last) >= 0:
                found.append((number, self.run.begun, self.run.ended))
        return 0

    cdef inline bint lacks(self, int needs, unsigned long long *lacking) except -1:
        """Whether one of the companions that a sleeper needs is lacking."""
        cdef int word
        if needs:
            for word in range(WORDS):
                if self.masks[needs + word] & lacking[word]:
                    return True
        return False

    cdef int beginning(self, int row, int low, int start) except -2:
        """The first place from which a match could come as far as the anchor that begins at ``start``, or -1."""
        cdef int begins = self.sleepers[row + BEGINS], at, first = -1
        if not self.sleepers[row + INSIDE]:
            for at in range(low, start):
                if self.run.has(begins, self.chars[at]):
                    return at
            return -1
        at = start - 1
        while at >= low:
            if self.run.has(begins, self.chars[at]):
                first = at
            if self.run.has(self.barriers, self.chars[at]):
                break
            at -= 1
        return first

    cdef int preceded(self, dict windows, list found) except -1:
        """Add the matches that may begin far before their anchors."""
        cdef int number, first, until, last, end
        for number, stretches in windows.items():
            for first, until, last in stretches:
                if self.starts[3 * number + 2]:
                    until = last - 1
                end = self.next(number, first, until, last, found)
                while end >= 0:
                    end = self.next(number, end, until, last, found)
        return 0

    cdef int next(self, int number, int at, int until, int last, list found) except -2:
        """Add the first match of one pattern that begins from ``at`` to ``until``; where it ends, or -1."""
        cdef int left = self.starts[3 * number], first = self.starts[3 * number + 1], end
        for at in range(at, min(until + 1, self.size)):
            if self.run.has(first, self.chars[at]) and self.run.has(left, self.chars[at - 1] if at else 0):
                end = self.run.match(number, at, last)
                if end >= 0:
                    found.append((number, self.run.begun, self.run.ended))
                    return end
        return -1

cdef int _add(list stretches, tuple window) except -1:
    """Add a window, together with the last one where they meet."""
    if stretches and window[0] <= stretches[len(stretches) - 1][2]:
        first, until, last = stretches.pop()
        window = min(first, window[0]), max(until, window[1]), max(last, window[2])
    stretches.append(window)
    return 0
