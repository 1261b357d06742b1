# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False, cdivision=True
"""Windows weighed by their traits (``traits.py`` says which).

The name of a trait is kept as a number mixed from its characters. Every access to an array is checked against its size.
"""

from array import array

from libc.math cimport sqrt

from fairs.clauses.compiled.automaton cimport Automaton, roomy

ctypedef unsigned long long Name

cdef enum:
    LONGEST = 4  # signs of a trait
    TONED = 3  # signs of a trait that is told apart by tone
    SIZE = 1 << 17  # characters that are told apart by the automaton
    COLUMNS = 31  # the bits of a weight that tell its column
    LAST = 32  # the mark of the last weight of a trait
    WEIGHT = 6  # how far a weight stands behind them
    ROOM = 1024  # twice the traits that there is room for at first
    MOST_TONES = 8
    OFFSETS = (1 << 20) - 1

cdef Name MIX = 0x9E3779B97F4A7C15


cdef inline Name mixed(Name name, Name char):
    """The name with one more character."""
    name = (name ^ char) * MIX
    return name ^ (name >> 29)


cdef inline Name beginning(Name name, int before):
    """The name behind the character that it begins with, or 0."""
    return mixed(name, 0x110000 + before)


def rest(str name):
    """The number for a name, before what it begins with is mixed in."""
    cdef Name number = 0
    cdef Py_UCS4 char
    for char in name:
        number = mixed(number, char)
    return number


def table(names, offsets, int bits):
    """A table of names, at most half full, and a bit for what may be there.

    ``names`` are pairs of what a name begins with and the rest. A place holds the upper bits of a name and, in the lowest,
    one more than where its weights begin. Raises ValueError where these bits are too few.
    """
    cdef Name[::1] entries = array("Q", bytes(8 << bits))
    cdef unsigned char[::1] known = bytearray(1 << (bits - 1))
    cdef Name name
    cdef Py_ssize_t at
    for (before, ending), offset in zip(names, offsets, strict=True):
        if offset >= OFFSETS:
            raise ValueError("too many weights")
        name = beginning(rest(ending), ord(before) if before else 0)
        at = <Py_ssize_t>(name >> (62 - bits))
        known[at >> 3] |= 1 << (at & 7)
        at = <Py_ssize_t>(name >> (64 - bits))
        while entries[at]:
            at = at + 1 if at + 1 < entries.shape[0] else 0
        entries[at] = name & ~<Name>OFFSETS | <Name>(offset + 1)
    return entries, known


cdef class Weigher:
    """The weights of traits, each with its column in the lowest bits and a mark for the last one of a trait.

    ``names`` are what ``table`` made; ``words`` find the words of terms, and ``terms`` says how long they are and what the
    names of their terms are, from a place to the next one.
    """

    cdef Automaton words
    cdef const Name[::1] entries, term_names
    cdef const int[::1] term_firsts, lengths, weights
    cdef const unsigned char[::1] known
    cdef int[::1] seen, codes, over, chars
    cdef long long[::1] sums
    cdef double[::1] begins
    cdef int[MOST_TONES] kinds
    cdef Name[::1] names
    cdef int bits, used, noted, tones

    def __init__(self, names, int bits, words, terms, weights, int columns):
        self.entries, self.known = names
        self.bits = bits
        self.words = words
        self.lengths, self.term_firsts, self.term_names = terms
        self.weights = weights
        self.sums, self.begins = array("q", bytes(8 * columns)), array("d", bytes(8 * columns))
        self.seen = array("i", bytes(4 * ROOM))
        self.codes, self.over, self.chars = array("i"), array("i", [0]), array("i")
        self.names = array("Q", bytes(8 * ROOM))

    def begin(self, begins):
        """What the score of each column begins with."""
        self.begins = begins

    def weight(self, str before, str ending, int column):
        """The weight of a trait in a column."""
        cdef int at = self.found(beginning(rest(ending), ord(before) if before else 0))
        while at >= 0:
            if self.weights[at] & COLUMNS == column:
                return self.weights[at] >> WEIGHT
            at = -1 if self.weights[at] & LAST else at + 1
        return 0

    cdef inline bint possible(self, Name name) except -1:
        """Whether there may be weights of a trait."""
        cdef Py_ssize_t at = <Py_ssize_t>(name >> (62 - self.bits))
        return self.known[at >> 3] >> (at & 7) & 1

    cdef inline int found(self, Name name) except -2:
        """Where the weights of a trait begin, or -1."""
        cdef Py_ssize_t at = <Py_ssize_t>(name >> (64 - self.bits))
        while self.entries[at]:
            if not (self.entries[at] ^ name) & ~<Name>OFFSETS:
                return <int>(self.entries[at] & OFFSETS) - 1
            at = at + 1 if at + 1 < self.entries.shape[0] else 0
        return -1

    cdef int forget(self) except -1:
        """No trait is seen, and nothing added up."""
        if self.seen.shape[0] > 16 * ROOM:
            self.seen, self.names = array("i", bytes(4 * ROOM)), array("Q", bytes(8 * ROOM))
        self.seen[:] = 0
        self.sums[:] = 0
        self.used = self.noted = 0
        return 0

    cdef bint see(self, int offset) except -1:
        """Whether a trait is seen for the first time."""
        cdef int[::1] seen
        cdef int mask = <int>self.seen.shape[0] - 1, at = offset * 40503 & mask
        while self.seen[at]:
            if self.seen[at] == offset + 1:
                return False
            at = at + 1 & mask
        self.seen[at] = offset + 1
        self.used += 1
        if 2 * self.used > mask:
            seen, self.used = self.seen, 0
            self.seen = array("i", bytes(8 * seen.shape[0]))
            for at in range(<int>seen.shape[0]):
                if seen[at]:
                    self.see(seen[at] - 1)
        return True

    cdef inline int note(self, Name name) except -1:
        """Keep the name of a trait that a window has."""
        if self.noted >= self.names.shape[0]:
            self.names = array("Q", bytes(self.names)) * 2
        self.names[self.noted] = name
        self.noted += 1
        return 0

    cdef int add_up(self) except -1:
        """Add the weights of the traits, each once.

        In three rounds, for what is looked up waits for memory, and one look-up need not wait for the one before.
        """
        cdef int at, many = 0, few = 0, offset
        for at in range(self.noted):
            if self.possible(self.names[at]):
                self.names[many] = self.names[at]
                many += 1
        for at in range(many):
            offset = self.found(self.names[at])
            if offset >= 0:
                self.names[few] = offset
                few += 1
        for at in range(few):
            offset = <int>self.names[at]
            if self.see(offset):
                while True:
                    self.sums[self.weights[offset] & COLUMNS] += self.weights[offset] >> WEIGHT
                    if self.weights[offset] & LAST:
                        break
                    offset += 1
        return 0

    def weigh(self, str text, int start, int end, int near, signs, tones):
        """The scores of a window by column, in parts of the weights, as ``Weights.scores`` has them.

        ``signs`` are those of the window with its edges, ``near`` says how many characters beside it are looked at. Raises
        ValueError for more than eight tones.
        """
        cdef int at, length, column, many = 0, runs = 0, size = 0
        cdef double every
        self.forget()
        self.tones = len(tones)
        if self.tones > MOST_TONES:
            raise ValueError("too many tones")
        for at, tone in enumerate(tones):
            self.kinds[at] = ord(tone)
        self.over = roomy(self.over, len(signs) + 1)
        self.codes = roomy(self.codes, sum(map(len, signs)))
        for sign in signs:
            many += 1
            size = self.spell(sign, size)
            self.over[many] = size
        for at in range(many):
            runs += self.count_runs(at, min(LONGEST, many - at), many)
        self.count_terms(text, start, end, 0, self.tones)
        self.count_near(text, max(start - near, 0), start, c"<")
        self.count_near(text, end, min(end + near, len(text)), c">")
        self.add_up()
        many = <int>self.sums.shape[0] - 1
        every = self.scored(many, runs)
        return [self.scored(column, runs) + every for column in range(many)]

    cdef int spell(self, str sign, int at) except -1:
        """Keep the characters of a sign; where they end."""
        cdef Py_UCS4 char
        for char in sign:
            self.codes[at] = char
            at += 1
        return at

    cdef int count_runs(self, int first, int longest, int many) except -1:
        """Add the runs that begin with a sign; how many there are. Edges are not told apart by tone."""
        cdef int length, at, tone
        cdef Name name = 0
        for length in range(1, longest + 1):
            for at in range(self.over[first + length - 1], self.over[first + length]):
                name = mixed(name, self.codes[at])
            self.note(beginning(name, 0))
            if length <= TONED and first and first + length < many:
                for tone in range(self.tones):
                    self.note(beginning(name, self.kinds[tone]))
        return longest

    cdef inline double scored(self, int column, int runs) except? -1:
        """What a column's traits make of what its score begins with; each counts less in long words."""
        return self.sums[column] * (1 / sqrt(runs)) + self.begins[column]

    cdef int count_near(self, str text, int start, int end, int before) except -1:
        """Add what stands beside a window: terms, and pairs of characters."""
        cdef int at
        for at in range(start, end - 1):
            self.note(beginning(mixed(mixed(0, plain(text[at])), plain(text[at + 1])), before))
        return self.count_terms(text, start, end, before, 0)

    cdef int count_terms(self, str text, int start, int end, int before, int tones) except -1:
        """Add the terms that words in ``text[start:end]`` belong to; part of a Latin word is none."""
        cdef int at, hit, word, first, last, tone, size = end - start
        self.chars = roomy(self.chars, size)
        for at in range(size):
            self.chars[at] = min(<int>text[start + at], SIZE - 1)
        for hit in range(self.words.look_up(self.chars, size)):
            word, last = self.words.hits[2 * hit], self.words.hits[2 * hit + 1]
            first = last - self.lengths[word]
            if inside(self.chars, first, size) or inside(self.chars, last, size):
                continue
            for at in range(self.term_firsts[word], self.term_firsts[word + 1]):
                self.note(beginning(self.term_names[at], before))
                for tone in range(tones):
                    self.note(beginning(self.term_names[at], self.kinds[tone]))
        return 0


cdef inline Py_UCS4 plain(Py_UCS4 char):
    """A digit is written as 0."""
    return u"0" if char.isdecimal() else char


cdef inline bint latin(int char):
    return 97 <= char <= 122 or 65 <= char <= 90


cdef inline bint inside(const int[::1] chars, int at, int size) except -1:
    """Whether this place lies between two Latin letters."""
    return 0 < at < size and latin(chars[at - 1]) and latin(chars[at])
