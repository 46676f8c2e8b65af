"""Waiting for a state, and saying so where it does not come."""

import socket
import time
from collections.abc import Callable

PATIENCE = 200.0
"""Seconds until a site that does not come back has failed the drill: a lost message is noticed within two
minutes (`importers.pipeline.start.FORGOTTEN`)."""


class NotWellError(Exception):
    """A site that did not come back, did not end, or broke a promise."""


def happens(what: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def wait_for(what: Callable[[], bool], words: str, seconds: float = PATIENCE) -> float:
    """Seconds it took until it happened. Raises `NotWellError`."""
    began = time.monotonic()
    if not happens(what, seconds):
        raise NotWellError(f"waited {seconds:.0f} s in vain until {words}")
    return time.monotonic() - began


def promise(kept: bool, otherwise: str) -> None:
    """Raises `NotWellError` where it is not kept."""
    if not kept:
        raise NotWellError(otherwise)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
