"""The two addresses of a CTRI record: the other is asked where one does not serve it."""

from itertools import repeat
from typing import Any

import pytest

from importers.models.crawl import CtriTarget
from tests.ctri_pages import SECURITY_CODE, page_in_other_skin, page_without_car_t
from tests.importers.nights import NO_RECORDS, NUMBER, crawl, listed, some

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_ids")]


@pytest.mark.parametrize("name", NO_RECORDS)
def test_other_address_is_tried_and_the_one_that_served_is_asked_first_next_time(name: str) -> None:
    requests: list[str] = []
    broken: dict[str, Any] = {"faults": repeat(NO_RECORDS[name]), "when": "pmaindet2", "requests": requests}
    run = crawl(some(101), **broken)
    assert (run.status, listed()) == ("succeeded", ["CTRI/2026/01/000101"])
    assert CtriTarget.objects.get(trial_id=101).address == "showallp"
    requests.clear()
    crawl(some(101), day=1.1, **broken)
    visits = [request for request in requests if "mid1=101&" in request or "EncHid=MTAx&" in request]
    assert [visit.split("/")[-1] for visit in visits] == ["showallp.php?mid1=101&EncHid=&userName="]


def test_car_t_records_among_60_numbers_are_found_in_either_skin() -> None:
    old, new = range(102, 160, 6), range(104, 160, 6)
    others = {number: page_without_car_t(NUMBER.format(number - 100)) for number in range(101, 161, 2)}
    skins = {number: page_in_other_skin(NUMBER.format(number - 100)) for number in new}
    run = crawl(others | some(*old), other=skins)
    assert (run.status, run.created) == ("succeeded", 20)
    assert listed() == [NUMBER.format(number - 100) for number in sorted([*old, *new])]


def test_missing_record_is_believed_only_where_both_addresses_say_so() -> None:
    crawl(some(101))
    for day in (1.1, 2.2, 3.3):
        run = crawl({}, day=day, faults=repeat(SECURITY_CODE), when="showallp")
    assert (run.absent, run.withdrawn, listed()) == ([], 0, ["CTRI/2026/01/000101"])


def test_address_that_robots_may_not_read_is_left_alone() -> None:
    requests: list[str] = []
    crawl(some(101), robots="User-agent: *\nDisallow: /Clinicaltrials/showallp.php", requests=requests)
    assert listed() == ["CTRI/2026/01/000101"]
    assert not [request for request in requests if "showallp" in request]


def test_request_to_the_other_address_counts_against_the_budget(settings: Any) -> None:
    settings.CTRI_BUDGET = 3
    requests: list[str] = []
    run = crawl({}, requests=requests)
    assert (run.requests, len(requests) - 1) == (3, 3)  # one more for robots.txt
    assert CtriTarget.objects.count() == 1  # of the second id only one address was asked: asked again
