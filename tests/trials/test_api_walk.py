"""Reading all results: each trial once in every order, whatever the size of the steps."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.builders import make_trial, site, trial_row
from trials.choices import Status
from trials.models import Trial

pytestmark = pytest.mark.django_db


def get(path: str, status: int = 200) -> Any:
    answer = Client().get(path)
    assert answer.status_code == status
    return answer.json()


@pytest.fixture
def trials() -> None:
    """All groups of the usual order, days that are equal, and days that are not stated."""
    for n, day in enumerate([date(2026, 1, 1), None, date(2026, 1, 1), date(2025, 1, 1)] * 2):
        status = Status.RECRUITING if n < 4 else Status.COMPLETED
        make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu")], last_updated=day, status=status)
        trial_row(last_updated=day, status=status, countries=["France"])


@pytest.mark.parametrize("query", ["", "sort=updated", "near=Pune", "q=trial", "q=trial&sort=relevance"])
def test_a_walk_finds_each_trial_once_in_the_order_of_the_pages(query: str, trials: None) -> None:
    whole = get(f"/api/v1/trials?{query}&page_size=100")
    walked, address = [], f"/api/v1/trials?{query}&page_size=3"
    while address:
        step = get(address)
        assert step["pages"] == -(-step["count"] // 3)
        walked += [trial["id"] for trial in step["results"]]
        address = step["next"]
    assert walked == [trial["id"] for trial in whole["results"]]
    assert len(set(walked)) == whole["count"] == 16


def test_rows_that_come_before_the_place_move_nothing(trials: None) -> None:
    first = get("/api/v1/trials?sort=updated&page_size=2")
    rest = get("/api/v1/trials?sort=updated&page_size=100")["results"][2:]
    trial_row(last_updated=date(2026, 2, 1))
    following = get(f"{first['next'].replace('page_size=2', 'page_size=100')}")
    assert [trial["id"] for trial in following["results"]] == [trial["id"] for trial in rest]
    assert (following["page"], following["next_cursor"]) == (None, None)


def test_walk_goes_on_where_its_row_was_though_the_row_has_moved(trials: None) -> None:
    first = get("/api/v1/trials?sort=updated&page_size=2")
    rest = get("/api/v1/trials?sort=updated&page_size=100")["results"][2:]
    moved = first["results"][-1]["id"]
    Trial.objects.filter(primary_id=moved).update(last_updated=date(2024, 1, 1))
    following = get(f"{first['next'].replace('page_size=2', 'page_size=100')}")
    assert [one["id"] for one in following["results"] if one["id"] != moved] == [one["id"] for one in rest]


def test_the_next_step_is_named_in_a_link(trials: None) -> None:
    answer = Client().get("/api/v1/trials?page_size=1")
    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'


def test_cursors_that_cannot_be_are_named(trials: None) -> None:
    cursor = get("/api/v1/trials?page_size=1")["next_cursor"]
    wrong = ["cursor=x", f"cursor={cursor}x", f"cursor={cursor}&page=1", f"cursor={cursor}&sort=updated"]
    assert {get(f"/api/v1/trials?{query}", 400)["parameter"] for query in wrong} == {"cursor"}


@pytest.mark.parametrize("size", ["0", "101", "1.5", "x", "-1"])
def test_sizes_of_a_page_have_bounds(size: str) -> None:
    assert get(f"/api/v1/trials?page_size={size}", 400)["parameter"] == "page_size"
