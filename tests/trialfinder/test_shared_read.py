"""Threads that wait for the version share one reading, and none gets one that began before it asked."""

import sys
from threading import Event, Thread
from types import CodeType, FrameType

import pytest

from tests.workers import wait_for
from trialfinder.shared_read import SharedRead


def test_who_waits_shares_one_later_reading() -> None:
    readings: list[int] = []
    first_began, go_on = Event(), Event()

    def read() -> int:
        number = len(readings)
        readings.append(number)
        if number == 0:
            first_began.set()
            go_on.wait()
        return number

    shared, given = SharedRead(read), []
    first = Thread(target=lambda: given.append(shared()))
    first.start()
    first_began.wait()
    others = [Thread(target=lambda: given.append(shared())) for _ in range(3)]
    for thread in others:
        thread.start()
    wait_for(
        lambda: list(map(_place, sys._current_frames().values())).count(SharedRead.__call__.__code__) == 3
    )
    go_on.set()
    for thread in (first, *others):
        thread.join()
    assert (given, shared()) == ([0, 1, 1, 1], 2)  # nothing is kept for who asks later


def _place(frame: FrameType) -> CodeType:
    return frame.f_code


def test_a_reading_that_failed_is_tried_again() -> None:
    answers = iter([KeyError(), "found"])

    def read() -> str:
        answer = next(answers)
        if isinstance(answer, KeyError):
            raise answer
        return str(answer)

    shared = SharedRead(read)
    with pytest.raises(KeyError):
        shared()
    assert shared() == "found"
