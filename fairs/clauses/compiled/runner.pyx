# cython: language_level=3, boundscheck=True, wraparound=False, initializedcheck=False, cdivision=True
"""Runs the programs of patterns (``programs.py``) instead of ``re``.

Every access to an array is checked against its size.
"""

cimport cython

from array import array

from fairs.clauses.compiled.automaton cimport roomy

# The codes of programs.py.
cdef enum:
    DONE, CHAR, SET, JUMP, EITHER, OR_HERE, REPEAT, REPEAT_FEW, LOOK, FIRST, LAST, MARK, CALL, BACK, CHOOSE

# What lies on the stack: ways not yet gone, repeats that may be shorter or longer, looks, marks to be put back.
cdef enum:
    WAY, LESS, MORE, LOOKING, MARKED

cdef enum:
    SIZE = 1 << 17  # characters that are told apart
    FRAME = 6  # numbers on the stack for one thing


@cython.final
cdef class Runner:
    """Programs, where that of each pattern begins in ``entries``, and the sets of characters that they name.

    It keeps the characters of one text, and what the last match found: ``begun`` and ``ended``.
    """

    def __init__(self, index, blocks, code, entries):
        self.index, self.blocks, self.code, self.entries = index, blocks, code, entries
        self.stack = array("i", bytes(4 * FRAME * 256))
        self.calls = array("i", bytes(4 * 2 * 256))
        self.chars = array("i")

    def matched(self, str text, int number, int start, int end):
        """What the match of one pattern that begins at ``start`` finds, looking no further than ``end``, or None."""
        self.read(text)
        start, end = min(max(start, 0), self.size), min(max(end, 0), self.size)
        return None if start > end or self.match(number, start, end) < 0 else (self.begun, self.ended)

    cdef int read(self, str text) except -1:
        """Keep the characters of ``text``, with 0 behind them; patterns do not tell rare ones apart."""
        cdef int at
        cdef Py_UCS4 char
        self.size = len(text)
        self.chars = roomy(self.chars, self.size + 1)
        self.chars[self.size] = 0
        for at in range(self.size):
            char = text[at]
            if char >= SIZE:  # no set names these; none of them is a digit
                char = 0xA000 if char.isalnum() else 0xE000
            self.chars[at] = char
        return 0

    cdef bint has(self, int number, int char) except -1:
        """Whether ``char`` is in a set."""
        cdef int block = self.index[number * (SIZE >> 8) + (char >> 8)]
        return self.blocks[block * 32 + ((char & 255) >> 3)] >> (char & 7) & 1

    cdef bint fits(self, int kind, int which, int char) except -1:
        """Whether ``char`` is the one, or one of the set, that a program asks for."""
        return char == which if kind == CHAR else self.has(which, char)

    cdef int match(self, int number, int start, int end) except -2:
        """Where a match of one pattern that begins at ``start`` ends, or -1; ``begun`` and ``ended`` are the finding.

        One loop over the codes of ``programs.py``, with a stack of the ways that are still open: a call for every code would
        cost more than the code itself.
        """
        cdef int pc = self.entries[number], at = start, top = 0, look = -1
        cdef int op, low, high, back, call = -1, called = 0
        cdef bint marked = False, going
        while True:
            op = self.code[pc]
            going = True
            if op == CHAR or op == SET:
                going = at < end and self.fits(op, self.code[pc + 1], self.chars[at])
                at += 1
                pc += 2
            elif op == EITHER:
                low = self.code[pc + 2]
                if (low == CHAR or low == SET) and not (
                    at < end and self.fits(low, self.code[pc + 3], self.chars[at])
                ):
                    pc += self.code[pc + 1]
                else:
                    self.push(top, WAY, pc + self.code[pc + 1], at, 0, call, called)
                    top += FRAME
                    pc += 2
            elif op == CHOOSE:
                low = self.choice(pc, self.chars[at]) if at < end else self.code[pc + 2]
                going = low != 0
                pc += low
            elif op == JUMP:
                pc += self.code[pc + 1]
            elif op == REPEAT:
                low, high = at + self.code[pc + 1], min(end, at + self.code[pc + 2])
                while at < high and self.fits(self.code[pc + 3], self.code[pc + 4], self.chars[at]):
                    at += 1
                pc += 5
                going = at >= low
                if at > low:
                    self.push(top, LESS, pc, low, at, call, called)
                    top += FRAME
            elif op == LOOK:
                back = at - self.code[pc + 1]
                low = self.code[pc + 4]
                if back < 0:
                    going = self.code[pc + 2]
                    pc += self.code[pc + 3]
                elif (low == CHAR or low == SET) and self.code[pc + 6] == DONE:
                    going = (back < end and self.fits(low, self.code[pc + 5], self.chars[back])) != self.code[pc + 2]
                    pc += self.code[pc + 3]
                else:
                    self.push(top, LOOKING, pc, at, look, call, called)
                    look = top
                    top += FRAME
                    at = back
                    pc += 4
            elif op == CALL:
                if 2 * called >= self.calls.shape[0]:
                    self.calls = array("i", bytes(self.calls)) * 2
                self.calls[2 * called], self.calls[2 * called + 1] = pc + 2, call
                call = called
                called += 1
                pc = self.code[pc + 1]
            elif op == BACK:
                pc, call = self.calls[2 * call], self.calls[2 * call + 1]
            elif op == DONE:
                if look < 0:
                    if not marked:
                        self.begun, self.ended = start, at
                    return at
                top, pc, at = look, self.stack[look + 1], self.stack[look + 2]
                look, call = self.stack[top + 3], self.stack[top + 4]
                going = not self.code[pc + 2]
                pc += self.code[pc + 3]
            elif op == REPEAT_FEW:
                low, high = at + self.code[pc + 1], min(end, at + self.code[pc + 2])
                while at < low and at < end and self.fits(self.code[pc + 3], self.code[pc + 4], self.chars[at]):
                    at += 1
                going = at >= low
                if going and at < high:
                    self.push(top, MORE, pc, at, high, call, called)
                    top += FRAME
                pc += 5
            elif op == OR_HERE:
                self.push(top, WAY, pc + 2, at, 0, call, called)
                top += FRAME
                pc += self.code[pc + 1]
            elif op == FIRST:
                going = at == 0
                pc += 1
            elif op == LAST:
                going = at == end or (at == end - 1 and self.chars[at] == 10)
                pc += 1
            else:  # MARK
                if marked:
                    self.push(top, MARKED, self.begun, self.ended, 0, call, called)
                    top += FRAME
                if not marked:
                    marked, self.begun, self.ended = True, -1, -1
                elif self.code[pc + 1]:
                    self.ended = at
                else:
                    self.begun = at
                pc += 2
            while not going:
                if not top:
                    return -1
                top -= FRAME
                op, pc, low, high = self.stack[top], self.stack[top + 1], self.stack[top + 2], self.stack[top + 3]
                call, called = self.stack[top + 4], self.stack[top + 5]
                if op == WAY:
                    at, going = low, True
                elif op == LESS:
                    at = high - 1
                    if self.code[pc] == CHAR:
                        while at >= low and self.chars[at] != self.code[pc + 1]:
                            at -= 1
                    going = at >= low
                    if at > low:
                        self.stack[top + 3] = at
                        top += FRAME
                elif op == MORE:
                    going = self.fits(self.code[pc + 3], self.code[pc + 4], self.chars[low])
                    at = low + 1
                    if going and at < high:
                        self.stack[top + 2] = at
                        top += FRAME
                    pc += 5
                elif op == LOOKING:
                    look, at = high, low
                    going = self.code[pc + 2]
                    pc += self.code[pc + 3]
                else:  # MARKED
                    self.begun, self.ended = pc, low

    cdef int choice(self, int pc, int char) except -1:
        """The way that ``char`` chooses."""
        cdef int low = 0, high = self.code[pc + 1], middle
        while low < high:
            middle = (low + high) // 2
            if self.code[pc + 3 + 2 * middle] < char:
                low = middle + 1
            else:
                high = middle
        if low < self.code[pc + 1] and self.code[pc + 3 + 2 * low] == char:
            return self.code[pc + 4 + 2 * low]
        return self.code[pc + 2]

    cdef int push(self, int top, int kind, int way, int at, int more, int call, int called) except -1:
        """Lay something on the stack, which grows as it must."""
        if top + FRAME > self.stack.shape[0]:
            self.stack = array("i", bytes(self.stack)) * 2
        self.stack[top], self.stack[top + 1], self.stack[top + 2], self.stack[top + 3] = kind, way, at, more
        self.stack[top + 4], self.stack[top + 5] = call, called
        return 0
