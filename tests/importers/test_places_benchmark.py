"""Floors on the hand-made answers for Indian places, and on a set of our own."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import places as rules
from importers.bench import places
from importers.places import hospitals as table
from importers.places import locate
from tests.shared_records import needs_shared
from trials.record import SiteRecord

LABELLED = Path(__file__).parents[1] / "payloads" / "places_labelled.csv"
"""Written for these tests: a text and the key of the hospital it means, "" for none.

A key with "?" is a chain whose branch is not stated: a hospital of its own.
"""


@needs_shared
def test_city_accuracy_keeps_its_floor() -> None:
    assert places.cities().share >= 0.993


@needs_shared
def test_hospital_names_keep_their_floors() -> None:
    found = places.hospitals()
    assert (found.precision >= 0.98, found.recall >= 0.93) == (True, True)
    assert places.anonymity().share >= 0.98


@pytest.fixture
def no_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every hospital is one that no table knows."""
    caches = (table._in_city, table._find, rules._locate)
    monkeypatch.setattr(table, "hospitals", dict)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@needs_shared
@pytest.mark.usefixtures("no_table")
def test_hospitals_that_no_table_knows_cluster_by_rule() -> None:
    found = places.hospitals()
    assert (found.precision >= 0.98, found.recall >= 0.45) == (True, True)


def test_labelled_texts_keep_their_floors() -> None:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        locate(SiteRecord(row["facility"], row["address"], row["city"], row["state"], row["pin"], "India"))
        for row in rows
    ]
    anonymity = sum(
        bool(row["hospital"]) == bool(place.hospital) for row, place in zip(rows, found, strict=True)
    )
    named = [
        (row["hospital"], (place.hospital, place.city))
        for row, place in zip(rows, found, strict=True)
        if row["hospital"]
    ]
    pairs = places.clustering([key for key, _ in named], [place for _, place in named])
    assert anonymity / len(rows) >= 0.98
    assert (pairs.precision >= 0.98, pairs.recall >= 0.9) == (True, True)


def test_clustering_counts_pairs() -> None:
    score = places.clustering(["a", "a", "b", "b"], [1, 1, 1, 2])
    assert (score.precision, score.recall) == (1 / 3, 1 / 2)
