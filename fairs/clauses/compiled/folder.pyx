# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False
"""Characters folded one for one. Every access to an array is checked against its size."""

from array import array

from cpython.unicode cimport PyUnicode_4BYTE_KIND, PyUnicode_FromKindAndData


def folded(str text, const int[::1] table):
    """``text`` with the characters that stand for its own in ``table``; None if one has none (-1, or beyond the table)."""
    cdef int at, size = len(text)
    cdef int[::1] codes = array("i", bytes(4 * max(size, 1)))
    cdef Py_UCS4 char
    for at in range(size):
        char = text[at]
        if char >= <Py_UCS4>table.shape[0] or table[char] < 0:
            return None
        codes[at] = table[char]
    return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, &codes[0], size)
