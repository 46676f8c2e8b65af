"""Kept answers as files: whole or not at all, and not too many."""

from pathlib import Path

import pytest

from tests.kept import files
from trialfinder.page_store import SLOTS, KeptAnswer, PageStore


def test_a_page_that_could_not_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    store = PageStore(tmp_path)
    store.put("1", "key", KeptAnswer([("A", "b")], b"body"))
    assert (files(tmp_path), store.get("1", "key")) == ([], None)


def test_each_place_holds_a_few_pages(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    for number in range(3000):
        store.put("1", str(number), KeptAnswer([], b""))
    assert len(files(tmp_path)) <= 256 * SLOTS
