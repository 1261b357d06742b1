# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False, cdivision=True
"""Literals found in a text, all at once. Every access to an array is checked against its size."""

from array import array


cdef enum:
    PAIRS = 1 << 18  # bits
    SPARE = 64  # how many times too large an array may be before it is given back


cdef inline int pair(unsigned int first, unsigned int second):
    """The bit of two characters."""
    return <int>((first * 40503 ^ second) & (PAIRS - 1))


cdef int[::1] roomy(int[::1] room, int needed):
    """An array of at least so many numbers: the same one if it is large enough and not far too large.

    Written with two returns: a conditional expression would wrap the array once more at every call, until taking off all
    the wrappings overflows the stack.
    """
    needed = max(needed, 1024)
    if needed <= room.shape[0] <= SPARE * needed:
        return room
    return array("i", bytes(4 * needed))


cdef class Automaton:
    """The nodes stand for beginnings of literals and are numbered by their length.

    So the ``children`` of one stand in a row, in the order of the ``signs`` that lead to them; ``roots`` are those of
    node 0 by character. ``fails`` leads to the longest end of what was read, ``links`` to the longest that is a literal;
    ``ends`` are literals by node. ``pairs`` has a bit for the first two characters of each.
    """

    def __init__(self, tables):
        cdef int first, second, slot
        self.roots, self.children, self.signs, self.fails, self.links, self.ends = tables
        self.hits = array("i")
        self.pairs = bytearray(PAIRS >> 3)
        for first in range(1, self.children[1]):
            for second in range(self.children[first], self.children[first + 1]):
                slot = pair(self.signs[first], self.signs[second])
                self.pairs[slot >> 3] |= 1 << (slot & 7)

    cdef int look_up(self, const int[::1] chars, int size) except -1:
        """Find literals; how many there are. ``hits`` are their numbers, each with where it ends."""
        cdef int at, node = 0, way, hit, slot, many = 0, singles = self.children[1]
        self.hits = roomy(self.hits, 4 * (size + 1))
        for at in range(size):
            if 0 < node < singles:  # most characters begin no pair with the next one
                slot = pair(chars[at - 1], chars[at])
                if not self.pairs[slot >> 3] >> (slot & 7) & 1:
                    node = 0
            while True:
                way = self.way(node, chars[at])
                if way or not node:
                    break
                node = self.fails[node]
            node = way
            hit = node if self.ends[node] >= 0 else self.links[node]
            while hit:
                if 2 * many >= self.hits.shape[0]:
                    self.hits = array("i", bytes(self.hits)) * 2
                self.hits[2 * many], self.hits[2 * many + 1] = self.ends[hit], at + 1
                many += 1
                hit = self.links[hit]
        return many

    cdef int way(self, int node, int char) except -1:
        """The node to which ``char`` leads, or 0."""
        cdef int low, high, middle
        if not node:
            return self.roots[char]
        low, high = self.children[node], self.children[node + 1]
        while low < high:
            middle = (low + high) // 2
            if self.signs[middle] < char:
                low = middle + 1
            elif self.signs[middle] == char:
                return middle
            else:
                high = middle
        return 0
