"""What takes seconds to read is read once in a process."""

from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import TypeVar

Read = TypeVar("Read")


def read_once(read: Callable[[], Read]) -> Callable[[], Read]:
    """``read``, whose answer is kept; threads that ask while it reads wait for it instead of reading as well."""
    lock, kept = Lock(), cache(read)

    @wraps(read)
    def asked() -> Read:
        with lock:
            return kept()

    return asked
