"""The doctors' table: its order, and the heads its rows stand under."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.builders import make_trial, site
from tests.clinic import ids, shown

pytestmark = pytest.mark.django_db


def catalogue() -> dict[str, str]:
    """Three trials: of two diseases, of two hospitals, updated on different days."""
    made: dict[str, Any] = {
        "both": {"conditions": ["myeloma"], "sites": [site("Z", "Chennai", "Tamil Nadu"), site("A", "Pune")]},
        "pune": {"conditions": ["lbcl", "myeloma"], "sites": [site("A", "Pune")]},
        "delhi": {"conditions": ["b-all"], "sites": [site("M", "New Delhi", "Delhi")]},
    }
    days = [date(2026, 9, 1), date(2026, 8, 1), date(2026, 10, 1)]
    pairs = zip(made.items(), days, strict=True)
    return {make_trial(last_updated=day, **columns).primary_id: name for (name, columns), day in pairs}


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["delhi", "pune", "both"]),
        ("sort=disease", ["delhi", "pune", "both"]),
        ("sort=hospital", ["both", "pune", "delhi"]),
        ("sort=updated", ["delhi", "both", "pune"]),
        ("near=Chennai", ["both", "pune", "delhi"]),
        ("near=Chennai&sort=near", ["both", "pune", "delhi"]),
        ("near=Chennai&sort=distance", ["both", "pune", "delhi"]),
        ("near=Chennai&sort=updated", ["delhi", "both", "pune"]),
    ],
)
def test_order(client: Client, query: str, order: list[str]) -> None:
    names = catalogue()
    assert [names[one] for one in ids(client, query)] == order


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        (
            "by=hospital",
            [("A, Pune", ["pune", "both"]), ("M, New Delhi", ["delhi"]), ("Z, Chennai", ["both"])],
        ),
        ("by=city", [("Chennai", ["both"]), ("New Delhi", ["delhi"]), ("Pune", ["pune", "both"])]),
        ("by=city&near=Delhi", [("New Delhi", ["delhi"]), ("Pune", ["both", "pune"]), ("Chennai", ["both"])]),
        ("by=city&city=pune", [("Pune", ["pune", "both"])]),
        ("by=hospital&site=z-chennai", [("Z, Chennai", ["both"])]),
    ],
)
def test_rows_stand_under_every_head_that_is_theirs(
    client: Client, query: str, heads: list[tuple[str, list[str]]]
) -> None:
    names = catalogue()
    assert [(head, [names[one] for one in under]) for head, under in shown(client, query)] == heads


def test_diseases_as_heads_follow_the_vocabulary(client: Client) -> None:
    names = catalogue()
    under = [[names[one] for one in group] for _head, group in shown(client, "by=disease")]
    assert under == [["delhi"], ["pune"], ["pune", "both"]]


def test_hospital_of_the_head_is_named_first(client: Client) -> None:
    catalogue()
    groups = client.get("/clinic/?by=hospital").context["groups"]
    assert [rows[0].hospitals[0].name for _head, _number, rows in groups] == ["A", "M", "Z"]


def test_anonymous_sites_stand_under_a_head_of_their_own_at_the_end(client: Client) -> None:
    make_trial(sites=[site("", "Pune")])
    make_trial(sites=[site("A", "Pune")])
    assert [len(under) for _head, under in shown(client, "by=hospital")] == [1, 1]
