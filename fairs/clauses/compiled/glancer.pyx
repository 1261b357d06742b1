# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False, cdivision=True
"""The quick look at all phrases of a text. Every access to an array is checked against its size."""


cdef class Glancer:
    """The quick look with the tables of ``Glance``; ``near`` and ``across`` have a bit for each pair that weighs something."""

    cdef const unsigned short[::1] signs
    cdef const short[::1] singles, pairs, apart
    cdef const unsigned char[::1] near, across
    cdef const double[::1] least
    cdef unsigned int stop, mix_near, mix_across, mask

    def __init__(self, signs, tables, present, least, stop, mixes):
        self.signs, self.least, self.stop = signs, least, stop
        self.singles, self.pairs, self.apart = tables
        self.near, self.across = present
        self.mix_near, self.mix_across = mixes
        self.mask = self.pairs.shape[0] - 1

    def places(self, str text):
        """The phrases that look suspect."""
        cdef unsigned int first = self.stop, second, third, slot
        cdef int at, begun = 0, size = len(text), most = <int>self.least.shape[0] - 1
        cdef long long total = 0
        cdef list found = []
        second = self.sign(text, 0, size)
        for at in range(size + 1):
            third = self.sign(text, at + 1, size)
            total += self.singles[first]
            slot = ((first * self.mix_near) ^ second) & self.mask
            if self.near[slot >> 3] >> (slot & 7) & 1:
                total += self.pairs[slot]
            if second != self.stop:
                slot = ((first * self.mix_across) ^ third) & self.mask
                if self.across[slot >> 3] >> (slot & 7) & 1:
                    total += self.apart[slot]
            else:
                if total > self.least[min(at - begun, most)] and begun < at:
                    found.append((begun, at))
                total, begun = 0, at + 1
            first, second = second, third
        return found

    cdef inline unsigned int sign(self, str text, int at, int size) except? 0xFFFFFFFF:
        """The number of a sign; stops stand behind the text."""
        if at >= size:
            return self.stop
        return self.signs[min(<int>text[at], <int>self.signs.shape[0] - 1)]
