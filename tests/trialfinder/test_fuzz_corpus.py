"""Inputs that once broke a door, and the right ones a fuzzer begins with, pass through it."""

import time
from pathlib import Path

import pytest

from tests.fuzz import targets

CORPUS = Path(targets.__file__).with_name("corpus")
BROKE_ONCE = [(path.parent.name, path.name) for path in sorted(CORPUS.glob("*/*"))]


def pass_in_time(door: str, data: bytes) -> None:
    """What breaks the door raises here."""
    began = time.process_time()
    targets.TARGETS[door](data)
    assert time.process_time() - began < targets.SECONDS


@pytest.mark.parametrize(("door", "name"), BROKE_ONCE)
def test_input_that_broke_a_door_passes(door: str, name: str) -> None:
    pass_in_time(door, (CORPUS / door / name).read_bytes())


@pytest.mark.parametrize("door", targets.TARGETS)
def test_right_input_passes_every_door(door: str) -> None:
    seeds = list(targets.seeds(door))
    assert len(seeds) > 0
    for seed in seeds:
        pass_in_time(door, seed)


@pytest.mark.parametrize("door", targets.TARGETS)
@pytest.mark.parametrize(
    "data", [b"", b"\0", b"\xff" * 50, b"{" * 5000, b"<" * 5000, b"%" * 500, "ﷺ".encode() * 400]
)
def test_nonsense_passes_every_door(door: str, data: bytes) -> None:
    pass_in_time(door, data)
