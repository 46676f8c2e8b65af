"""Where the page of a CTRI number is looked for: a search in a registry that is made up like the real one."""

import random
from datetime import date, timedelta
from statistics import median

import pytest

from importers.registries.ctri import front, known, numbers
from importers.registries.ctri.search import NumberSearch

SIZE = 20_000
TODAY = date(2030, 1, 1)
FRONTS = (2_000, 60_000, 152_000)
"""The first trialids of made-up registries: eight, forty and ninety new trialids a day."""


def registry(first: int, chance: random.Random) -> tuple[dict[int, str], list[int]]:
    """Numbers by trialid, and the trialids without delay.

    60 % are registered, with delays of 0 days in the middle, 56, 81 and at most 704.
    """
    delays = {0.55: (0, 0), 0.75: (0, 56), 0.9: (56, 81), 1: (81, 704)}
    days, prompt = [], []
    for trial_id in range(first, first + SIZE):
        if chance.random() < 0.6:
            place = chance.random()
            least, most = next(delay for share, delay in delays.items() if place < share)
            later = timedelta(days=chance.uniform(least, most))
            prompt += [] if later else [trial_id]
            days.append((front.day_of(trial_id) + later, chance.random(), trial_id))
    start = first * 6 // 10
    pages = {
        trial_id: f"CTRI/{day:%Y/%m}/{start + at:06}"
        for at, (day, _order, trial_id) in enumerate(sorted(days))
    }
    return pages, prompt


def requests_needed(pages: dict[int, str], wanted: int, most: int) -> int:
    """How many requests find a number; a trialid without a record takes two."""
    window = front.window(pages[wanted], TODAY)
    assert window is not None
    search, requests = NumberSearch(pages[wanted], window), 0
    while requests <= most:
        for trial_id in search.next_ids():
            requests += 1 if trial_id in pages else 2
            if trial_id == wanted:
                return requests
            search.learn(trial_id, numbers.sequence(pages[trial_id]) if trial_id in pages else None)
    return requests


@pytest.mark.parametrize("first", FRONTS)
def test_number_that_was_registered_without_delay_is_found_soon(first: int) -> None:
    chance = random.Random(first)  # noqa: S311
    pages, prompt = registry(first, chance)
    wanted = chance.sample([trial_id for trial_id in prompt if trial_id > first + 3000], 10)
    needed = [requests_needed(pages, trial_id, 1000) for trial_id in wanted]
    assert (max(needed) <= 1000, median(needed) <= 300) == (True, True)


@pytest.mark.parametrize("first", FRONTS[:2])
def test_number_is_found_within_600_requests_in_the_middle(first: int) -> None:
    chance = random.Random(first)  # noqa: S311
    pages, _prompt = registry(first, chance)
    wanted = chance.sample([trial_id for trial_id in pages if trial_id > first + 3000], 25)
    assert median(requests_needed(pages, trial_id, 600) for trial_id in wanted) <= 600


def test_search_looks_at_everything_once_and_ends() -> None:
    window = front.Window(first=100, last=200, month_first=150, a_day=1.0)
    search, seen = NumberSearch("CTRI/2012/01/000100", window), []
    while trial_ids := search.next_ids():
        seen += trial_ids
        for trial_id in trial_ids:
            search.learn(trial_id, None)
    assert sorted(seen) == list(range(search.first, search.last + 1)) == list(range(1, 321))


def test_single_wrong_page_does_not_mislead_the_search() -> None:
    window = front.window("CTRI/2026/03/102000", TODAY)
    assert window is not None
    search = NumberSearch("CTRI/2026/03/102000", window)
    right = {
        trial_id: 102_000 + round((trial_id - 152_500) * 0.6) for trial_id in range(152_000, 152_400, 20)
    }
    search.know(right | {149_000: 101_999})
    assert abs(search.next_ids()[0] - 152_500) < 100


@pytest.mark.parametrize(
    ("number", "window"),
    [
        ("CTRI/2025/01/079364", (114_449, 123_330)),  # a shared estimate says 114400 to 123300
        ("CTRI/2021/05/033348", (52_461, 56_539)),  # and 52500 to 56500
        ("CTRI/2030/01/150000", (277_731, 289_011)),
        ("CTRI/2008/091/000052", (242, 1707)),
    ],
)
def test_window_is_what_the_front_says(number: str, window: tuple[int, int]) -> None:
    found = front.window(number, date(2030, 2, 1))
    assert found is not None
    assert [found.first, found.last] == pytest.approx(window, rel=0.01)


@pytest.mark.parametrize(
    "number", ["CTRI/2030/03/000001", "CTRI/9999/01/000001", "CTRI/0000/00/000000", "CTRI/1999/01/000001"]
)
def test_number_of_the_future_or_before_the_registry_is_nowhere(number: str) -> None:
    assert front.window(number, date(2030, 2, 28)) is None


@pytest.mark.parametrize("trial_id", [1, 7193, 50_000, 172_451, 180_000])
def test_day_of_a_trialid_is_where_the_front_was(trial_id: int) -> None:
    assert abs(front.front(front.day_of(trial_id)) - trial_id) <= 200


def test_known_trials_have_numbers_of_the_right_shape() -> None:
    trials = known.known_trials()
    assert [numbers.read(trial.number) for trial in trials] == [trial.number for trial in trials]
    assert sum(trial.trial_id > 0 for trial in trials) == 2
