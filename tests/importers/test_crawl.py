"""A night's visits to CTRI: what is due, what may be new, each once, politely, and never an empty record."""

import time
from datetime import timedelta
from itertools import repeat
from typing import Any

import pytest
import time_machine

from importers.fake.server import FORBIDDEN, Fault
from importers.models import ImportRun
from importers.models.crawl import CtriTarget
from importers.pipeline import start
from importers.registries.ctri.crawl import night, targets
from importers.registries.ctri.fake import fake_ctri
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker
from tests.ctri_pages import SECURITY_CODE, page_without_car_t
from tests.importers.nights import FIRST_NIGHT, NO_RECORDS, asked, crawl, listed, some
from trials.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_ids")]


def test_first_night_finds_what_is_new_and_ends_after_a_run_of_nothing() -> None:
    requests: list[str] = []
    run = crawl(some(101, 103, 107), requests=requests)
    assert (run.status, run.seen, run.created, listed()) == (
        "succeeded",
        3,
        3,
        ["CTRI/2026/01/000101", "CTRI/2026/01/000103", "CTRI/2026/01/000107"],
    )
    assert len(asked(requests)) == len(set(asked(requests))) == 12  # 101 to 112


def test_second_night_asks_again_only_for_what_is_due() -> None:
    crawl(some(101))
    requests: list[str] = []
    run = crawl(some(101), day=0.5, requests=requests)
    assert (run.status, run.seen, len(asked(requests))) == ("succeeded", 0, 5)  # only ids never tried
    crawl(some(101), day=1.1, requests=requests)
    assert CtriTarget.objects.get(trial_id=101).probes == 0


def test_record_that_appears_late_is_found() -> None:
    crawl(some(103))
    crawl(some(103, 102), day=1.1)
    assert listed() == ["CTRI/2026/01/000102", "CTRI/2026/01/000103"]


def test_id_without_a_record_is_tried_ever_more_rarely_and_not_for_ever() -> None:
    pauses: list[int | None] = []
    target = CtriTarget(trial_id=1, reason="frontier", added_at=FIRST_NIGHT, due_at=FIRST_NIGHT)
    while target.due_at is not None:
        visited = target.due_at
        with time_machine.travel(visited, tick=False):
            targets.after_nothing(target, CtriTarget.Outcome.NOT_YET)
        pauses.append((target.due_at - visited).days if target.due_at else None)
    assert pauses == [1, 2, 4, 7, 14, 30, 30, 30, 30, 30, None]


@pytest.mark.parametrize(
    ("status", "days"),
    [
        ("Open to Recruitment", 1),
        ("Not Yet Recruiting", 7),
        ("Closed to Recruitment of Participants", 7),
        ("Completed", 30),
    ],
)
def test_records_are_visited_again_as_often_as_they_may_change(status: str, days: int) -> None:
    crawl(some(101, status=status))
    target = CtriTarget.objects.get(trial_id=101)
    assert target.due_at is not None
    assert target.visited_at is not None
    assert target.due_at - target.visited_at == timedelta(days=days)


def test_record_without_car_t_is_remembered_and_neither_kept_nor_visited_again() -> None:
    crawl({101: page_without_car_t("CTRI/2026/01/000101")})
    target = CtriTarget.objects.get(trial_id=101)
    assert (target.outcome, target.ctri_number, target.due_at) == ("other", "CTRI/2026/01/000101", None)
    assert not Registration.objects.exists()


def test_changed_record_is_taken() -> None:
    crawl(some(101))
    run = crawl(some(101, status="Completed"), day=1.1)
    assert (run.updated, Registration.objects.get().status) == (1, "COMPLETED")


def test_record_that_is_gone_on_two_days_is_no_longer_on_the_registry() -> None:
    crawl(some(101))
    crawl({}, day=1.1)
    assert listed() == ["CTRI/2026/01/000101"]
    run = crawl({}, day=2.2)
    assert (run.withdrawn, listed()) == (1, [])


@pytest.mark.parametrize("name", NO_RECORDS)
def test_answer_that_is_no_record_never_becomes_one(name: str) -> None:
    crawl(some(101))
    before = Registration.objects.values().get()
    run = crawl(some(101), day=1.1, faults=repeat(NO_RECORDS[name]), when=".php")
    assert (run.withdrawn, Registration.objects.values().get()) == (0, before)
    assert circuit_breaker.settings_of(Registry.CTRI).times_blocked == 1


def test_five_failures_in_a_row_end_the_night_and_keep_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[str] = []
    faults = [Fault(), *[SECURITY_CODE] * 99]
    run = crawl(some(101, 102), faults=faults, when=".php", requests=requests)
    assert (run.status, run.created, listed()) == ("partial", 1, ["CTRI/2026/01/000101"])
    assert len(asked(requests)) == 1 + night.FAILURES


def test_block_ends_the_night_at_once() -> None:
    requests: list[str] = []
    crawl(some(101), faults=repeat(FORBIDDEN), when="pmaindet2", requests=requests)
    assert (len(asked(requests)), circuit_breaker.settings_of(Registry.CTRI).times_blocked) == (1, 1)


def test_good_night_after_a_block_makes_the_next_block_the_first_again() -> None:
    crawl(some(101), faults=repeat(FORBIDDEN), when="pmaindet2")
    crawl(some(101), day=3)
    access = circuit_breaker.settings_of(Registry.CTRI)
    assert (access.blocked_until, access.times_blocked) == (None, 0)


@pytest.mark.parametrize(
    ("rules", "pages"),
    [(None, 6), ("User-agent: *\nDisallow: /admin/", 6), ("User-agent: *\nDisallow: /Clinicaltrials/", 0)],
)
def test_robots_txt_is_obeyed(rules: str | None, pages: int) -> None:
    requests: list[str] = []
    crawl(some(101), robots=rules, requests=requests)
    assert len(asked(requests)) == pages


def test_budget_is_kept(settings: Any) -> None:
    settings.CTRI_BUDGET = 3
    requests: list[str] = []
    crawl(some(*range(101, 111)), requests=requests)
    assert len(asked(requests)) == 3


def test_interval_between_requests_is_kept(settings: Any) -> None:
    settings.REGISTRY_MIN_INTERVAL, settings.CTRI_BUDGET = 0.1, 5
    began = time.monotonic()
    with fake_ctri(some(101)) as settings.CTRI_URL:
        start.carry_out(start.queue(Registry.CTRI, ImportRun.Source.REGISTRY).pk)
    assert time.monotonic() - began >= 0.4
