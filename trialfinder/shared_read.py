"""One reading for all threads that ask at the same time, none older than the question.

A thread that asks while another reads waits for the next reading, with all that have come meanwhile. As with
the group commit of a database, the busier it is the less a question costs.
"""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class SharedRead(Generic[T]):
    """Call it as the function it was made of."""

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._turn = Lock()  # one reads at a time
        self._next: list[T] = []  # of the reading that has not begun

    def __call__(self) -> T:
        found = self._next
        with self._turn:
            if not found:
                self._next = []  # who asks from now on may not have this one
                found.append(self._read())
        return found[0]
