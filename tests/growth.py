"""How the work of a function grows with its input, in processor time: a busy machine changes nothing."""

import time
from collections.abc import Callable

SHORT, LONG = 20_000, 200_000
"""Characters."""
TIMES = LONG // SHORT
SLACK = 4
"""Twice as much for each of caches and memory; work that grows with the square would be `TIMES` times."""


def grows_with(work: Callable[[str], object], piece: str) -> bool:
    """Whether ten times the text, made of `piece`, takes about ten times the work and not a hundred."""
    work(piece)
    short, long = (_seconds(work, piece * max(1, length // len(piece))) for length in (SHORT, LONG))
    return long < SLACK * TIMES * max(short, 0.002)


def _seconds(work: Callable[[str], object], text: str) -> float:
    """The least of three: the others were disturbed."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        work(text)
        taken.append(time.process_time() - begun)
    return min(taken)
