# cython: language_level=3
"""What other compiled modules use of the automaton."""

cdef int[::1] roomy(int[::1] room, int needed)

cdef class Automaton:
    cdef const int[::1] roots, children, signs, fails, links, ends
    cdef unsigned char[::1] pairs
    cdef readonly int[::1] hits
    cdef int look_up(self, const int[::1] chars, int size) except -1
    cdef int way(self, int node, int char) except -1
