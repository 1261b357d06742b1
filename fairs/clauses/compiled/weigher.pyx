# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False, cdivision=True
"""Windows weighed by their traits (``traits.py`` says which), and the quick look at all phrases of a text.

The name of a trait is kept as a number mixed from its characters. Every access to an array is checked against its size.
"""

from array import array

from libc.math cimport sqrt

from fairs.clauses.compiled.automaton cimport Automaton

ctypedef unsigned long long Name

cdef enum:
    LONGEST = 4  # signs of a trait
    TONED = 3  # signs of a trait that is told apart by tone
    SIZE = 1 << 17  # characters that are told apart by the automaton
    COLUMN_BITS = 5
    COLUMNS = 31

cdef Name MIX = 0x9E3779B97F4A7C15


cdef inline Name mixed(Name name, Name char):
    """The name with one more character."""
    name = (name ^ char) * MIX
    return name ^ (name >> 29)


cdef inline Name beginning(Name name, str before):
    """The name behind what it begins with."""
    return mixed(name, 0x110000 + (ord(before) if before else 0))


def rest(str name):
    """The number for a name, before what it begins with is mixed in."""
    cdef Name number = 0
    cdef Py_UCS4 char
    for char in name:
        number = mixed(number, char)
    return number


def table(names, int bits):
    """A table of names, at most half full: keys, the number of each in its order, and a bit for what may be there.

    ``names`` are pairs of what a name begins with and the rest.
    """
    cdef Name[::1] keys = array("Q", bytes(8 << bits))
    cdef int[::1] rows = array("i", bytes(4 << bits))
    cdef unsigned char[::1] known = bytearray(1 << bits)
    cdef Name name
    cdef Py_ssize_t at
    cdef int row
    for row, (before, ending) in enumerate(names):
        name = beginning(rest(ending), before)
        at = <Py_ssize_t>(name >> (61 - bits))
        known[at >> 3] |= 1 << (at & 7)
        at = <Py_ssize_t>(name >> (64 - bits))
        while keys[at]:
            at = at + 1 if at + 1 < keys.shape[0] else 0
        keys[at], rows[at] = name, row
    return keys, rows, known


cdef class Weigher:
    """The weights of traits: from ``firsts`` on those of a row, each with its column in the lowest bits.

    ``names`` are what ``table`` made; ``words`` find the words of terms, and ``terms`` says how long they are and what the
    names of their terms are, from a place to the next one.
    """

    cdef Automaton words
    cdef const Name[::1] keys, term_names
    cdef const int[::1] rows, term_firsts, lengths, firsts, weights
    cdef const unsigned char[::1] known
    cdef int[::1] seen
    cdef long long[::1] sums
    cdef double[::1] begins
    cdef int turn, bits

    def __init__(self, names, int bits, words, terms, weights, int columns):
        self.keys, self.rows, self.known = names
        self.bits = bits
        self.words = words
        self.lengths, self.term_firsts, self.term_names = terms
        self.firsts, self.weights = weights
        self.seen = array("i", bytes(4 * self.firsts.shape[0]))
        self.sums, self.begins = array("q", bytes(8 * columns)), array("d", bytes(8 * columns))
        self.turn = 0

    def begin(self, begins):
        """What the score of each column begins with."""
        self.begins = begins

    def row(self, str before, str ending):
        """The row of a trait, or -1."""
        return self.found(beginning(rest(ending), before))

    cdef inline int found(self, Name name) except -2:
        cdef Py_ssize_t at = <Py_ssize_t>(name >> (61 - self.bits))
        if not self.known[at >> 3] >> (at & 7) & 1:
            return -1
        at = <Py_ssize_t>(name >> (64 - self.bits))
        while self.keys[at]:
            if self.keys[at] == name:
                return self.rows[at]
            at = at + 1 if at + 1 < self.keys.shape[0] else 0
        return -1

    cdef inline int count(self, Name name) except -1:
        """Add the weights of a trait that was not there yet."""
        cdef int row = self.found(name), at
        if row >= 0 and self.seen[row] != self.turn:
            self.seen[row] = self.turn
            for at in range(self.firsts[row], self.firsts[row + 1]):
                self.sums[self.weights[at] & COLUMNS] += self.weights[at] >> COLUMN_BITS
        return 0

    def weigh(self, str text, int start, int end, int near, signs, tones):
        """The scores of a window by column, in parts of the weights, as ``Weights.scores`` has them.

        ``signs`` are those of the window with its edges, ``near`` says how many characters beside it are looked at.
        """
        cdef int at, length, many = len(signs), column, runs = 0
        cdef double every
        cdef Name name
        cdef str sign, tone
        cdef Py_UCS4 char
        self.turn += 1
        for column in range(self.sums.shape[0]):
            self.sums[column] = 0
        for at in range(many):
            name = 0
            for length in range(1, min(LONGEST, many - at) + 1):
                sign = signs[at + length - 1]
                for char in sign:
                    name = mixed(name, char)
                self.count(beginning(name, ""))
                runs += 1
                if length <= TONED and at and at + length < many:
                    for tone in tones:
                        self.count(beginning(name, tone))
        self.count_terms(text, start, end, "", tones)
        self.count_near(text, max(start - near, 0), start, "<")
        self.count_near(text, end, min(end + near, len(text)), ">")
        many = self.sums.shape[0] - 1
        every = self.scored(many, runs)
        return [self.scored(column, runs) + every for column in range(many)]

    cdef inline double scored(self, int column, int runs) except? -1:
        """What a column's traits make of what its score begins with; each counts less in long words."""
        return self.sums[column] * (1 / sqrt(runs)) + self.begins[column]

    cdef int count_near(self, str text, int start, int end, str before) except -1:
        """Add what stands beside a window: terms, and pairs of characters."""
        cdef int at
        for at in range(start, end - 1):
            self.count(beginning(mixed(mixed(0, plain(text[at])), plain(text[at + 1])), before))
        return self.count_terms(text, start, end, before, ())

    cdef int count_terms(self, str text, int start, int end, str before, tones) except -1:
        """Add the terms that words in ``text[start:end]`` belong to; part of a Latin word is none."""
        cdef int[::1] chars = array("i", bytes(4 * max(end - start, 1)))
        cdef int at, hit, word, first, last
        cdef str tone
        for at in range(start, end):
            chars[at - start] = min(<int>text[at], SIZE - 1)
        for hit in range(self.words.look_up(chars, end - start)):
            word, last = self.words.hits[2 * hit], self.words.hits[2 * hit + 1]
            first = last - self.lengths[word]
            if inside(chars, first, end - start) or inside(chars, last, end - start):
                continue
            for at in range(self.term_firsts[word], self.term_firsts[word + 1]):
                self.count(beginning(self.term_names[at], before))
                for tone in tones:
                    self.count(beginning(self.term_names[at], tone))
        return 0


cdef inline Py_UCS4 plain(Py_UCS4 char):
    """A digit is written as 0."""
    return u"0" if char.isdecimal() else char


cdef inline bint latin(int char):
    return 97 <= char <= 122 or 65 <= char <= 90


cdef inline bint inside(const int[::1] chars, int at, int size) except -1:
    """Whether this place lies between two Latin letters."""
    return 0 < at < size and latin(chars[at - 1]) and latin(chars[at])


def suspects(str text, const unsigned int[::1] signs, tables, const double[::1] least, int stop, mixes):
    """The phrases of ``text`` whose weights add up to more than ``least`` for their length.

    ``tables`` are the weights of single signs, of neighbours and of pairs with one between; ``mixes`` belong to the latter.
    """
    cdef const short[::1] singles, pairs, apart
    cdef unsigned int beside, across, first, second, third, mask
    cdef int at, begun = 0, size = len(text), most = least.shape[0] - 1
    cdef long long total = 0
    cdef list found = []
    singles, pairs, apart = tables
    beside, across = mixes
    mask = pairs.shape[0] - 1
    first, second = stop, sign_of(text, 0, size, signs, stop)
    for at in range(size + 1):
        third = sign_of(text, at + 1, size, signs, stop)
        total += pairs[((first * beside) ^ second) & mask] + singles[first]
        if second != <unsigned int>stop:
            total += apart[((first * across) ^ third) & mask]
        else:
            if total > least[min(at - begun, most)] and begun < at:
                found.append((begun, at))
            total, begun = 0, at + 1
        first, second = second, third
    return found


cdef inline unsigned int sign_of(str text, int at, int size, const unsigned int[::1] signs, int stop) except? 0xFFFFFFFF:
    """The number of a sign; a stop stands behind the text."""
    cdef Py_UCS4 char
    if at >= size:
        return stop
    char = text[at]
    return signs[min(<int>char, <int>signs.shape[0] - 1)]
