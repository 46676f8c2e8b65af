"""Other ways to search answer the same questions, or the table of `make bench` would compare nothing."""

from pathlib import Path

import pytest

from importers.bench.peers import others, peers, stock
from tests.builders import trial_row

pytestmark = pytest.mark.django_db


def test_every_way_finds_the_same_trials_the_newest_first(tmp_path: Path) -> None:
    for number in range(30):
        words = "safety of leukapheresis" if number % 3 else "safety"
        trial_row(summary=words, title=words, last_updated=f"2026-01-{number + 1:02}")
    ways = others(tmp_path)
    assert {name: way("safety leukapheresis")[1] for name, way in ways.items()} == dict.fromkeys(ways, 20)
    assert stock("safety leukapheresis")[1] == 20
    for name in ("SQLite FTS5", "tantivy"):
        assert ways[name]("leukapheresis")[0][:3] == [1, 2, 4]


def test_indexes_are_made_once(tmp_path: Path) -> None:
    trial_row(summary="safety")
    first = others(tmp_path)
    again = others(tmp_path)
    assert {name: way("safety")[1] for name, way in again.items()} == dict.fromkeys(first, 1)


def test_each_question_is_asked_every_way(tmp_path: Path) -> None:
    trial_row(summary="safety")
    ways = [one.what for one in peers(tmp_path) if one.what.startswith("safety: ")]
    assert len(ways) == len(others(tmp_path)) + 4
