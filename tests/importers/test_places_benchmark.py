"""Floors on the hand-made answers for Indian places."""

from importers.bench import places
from tests.shared_records import needs_shared


@needs_shared
def test_city_accuracy_keeps_its_floor() -> None:
    assert places.cities().share >= 0.98


@needs_shared
def test_hospital_names_keep_their_floors() -> None:
    found = places.hospitals()
    assert (found.precision >= 0.98, found.recall >= 0.90) == (True, True)
    assert places.anonymity().share >= 0.98


def test_clustering_counts_pairs() -> None:
    score = places.clustering(["a", "a", "b", "b"], [1, 1, 1, 2])
    assert (score.precision, score.recall) == (1 / 3, 1 / 2)
