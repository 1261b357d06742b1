# cython: language_level=3
"""What the scanner uses of the runner."""

cimport cython

@cython.final
cdef class Runner:
    cdef const int[::1] code, entries
    cdef const unsigned short[::1] index
    cdef const unsigned char[::1] blocks
    cdef int[::1] chars, stack, calls
    cdef int size, begun, ended
    cdef int read(self, str text) except -1
    cdef bint has(self, int number, int char) except -1
    cdef bint fits(self, int kind, int which, int char) except -1
    cdef int match(self, int number, int start, int end) except -2
    cdef int choice(self, int pc, int char) except -1
    cdef int push(self, int top, int kind, int way, int at, int more, int call, int called) except -1
