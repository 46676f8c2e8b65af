"""A night's visits to CTRI: what is due, what may be new, each once, politely, and never an empty record."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import repeat
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from importers.fake.server import FORBIDDEN, Fault
from importers.models import ImportRun, RegistryAccess
from importers.models.crawl import CtriTarget
from importers.pipeline import start
from importers.registries.ctri import front, known
from importers.registries.ctri.crawl import cited, night, targets
from importers.registries.ctri.crawl.parts import Part
from importers.registries.ctri.crawl.typed import read_typed
from importers.registries.ctri.fake import EMPTY, LOGIN, fake_ctri
from importers.registries.ctri.web_addresses import ctri_page
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker, lease, lifecycle
from tests.ctri_pages import SECURITY_CODE, TRUNCATED, page, page_in_other_skin, page_without_car_t
from trials.models import Registration, Trial

pytestmark = pytest.mark.django_db
FIRST_NIGHT = datetime(2026, 11, 1, 20, tzinfo=UTC)
NUMBER = "CTRI/2026/01/0001{:02}"


@pytest.fixture(autouse=True)
def small(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CTRI_FRONTIER = 100
    monkeypatch.setattr(targets, "FRONTIER_RUN", 5)
    monkeypatch.setattr(known, "known_trials", tuple)


def crawl(pages: Mapping[int, bytes], *, day: float = 0, **how: Any) -> ImportRun:
    with (
        fake_ctri(pages, **how) as url,
        override_settings(CTRI_URL=url),
        time_machine.travel(FIRST_NIGHT + timedelta(days=day)),
    ):
        run = start.queue(Registry.CTRI, ImportRun.Source.REGISTRY)
        return start.carry_out(run.pk)


def some(*ids: int, **how: Any) -> dict[int, bytes]:
    return {number: page(NUMBER.format(number - 100), **how) for number in ids}


def listed() -> list[str]:
    return sorted(Trial.objects.listed().values_list("primary_id", flat=True))


def asked(requests: list[str]) -> list[str]:
    return [request for request in requests if "pmaindet2" in request]


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


NO_RECORDS = {"security code": SECURITY_CODE, "login": LOGIN, "truncated": TRUNCATED, "empty": EMPTY}


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


# Two addresses


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


# The order of a night


def test_known_trials_come_first_then_what_people_typed(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    trials = (known.KnownTrial("CTRI/2026/01/000044", 44), known.KnownTrial("CTRI/2026/01/000045", 0))
    monkeypatch.setattr(known, "known_trials", lambda: trials)
    with time_machine.travel(FIRST_NIGHT):
        targets.add([55], CtriTarget.Reason.TYPED)
    settings.CTRI_BUDGET = 2
    requests: list[str] = []
    crawl({44: page("CTRI/2026/01/000044"), 55: page("CTRI/2026/01/000055")}, requests=requests)
    assert listed() == ["CTRI/2026/01/000044", "CTRI/2026/01/000055"]
    assert list(cited.searched().values_list("number", flat=True)) == ["CTRI/2026/01/000045"]


def test_number_alone_is_searched_for_and_found(settings: Any) -> None:
    settings.CTRI_FRONTIER = 150_000
    with time_machine.travel(FIRST_NIGHT):
        cited.note({"CTRI/2026/01/091600": cited.PERSON})
    around = range(148_400, 151_000, 5)
    numbers = {trial_id: 91_600 + (trial_id - 149_991) * 6 // 10 for trial_id in around}
    pages = {trial_id: page_without_car_t(f"CTRI/2026/01/{n:06}") for trial_id, n in numbers.items()}
    pages[149_991] = page("CTRI/2026/01/091600")
    crawl(pages)
    assert (listed(), cited.searched().count()) == (["CTRI/2026/01/091600"], 0)


def test_past_is_read_newest_first_down_to_its_end(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "past_end", lambda: 97)
    monkeypatch.setattr(targets, "PORTION", 2)
    crawl({98: page("CTRI/2026/01/000098")})
    past = CtriTarget.objects.filter(reason=CtriTarget.Reason.BACKFILL).order_by("visited_at")
    assert list(past.values_list("trial_id", flat=True)) == [100, 99, 98, 97]
    assert listed() == ["CTRI/2026/01/000098"]


def test_nothing_in_the_old_past_is_tried_again() -> None:
    with time_machine.travel(FIRST_NIGHT, tick=False):
        now = FIRST_NIGHT
        rows = [CtriTarget(trial_id=i, reason="backfill", added_at=now) for i in (20_000, 150_000)]
        for row in rows:
            targets.after_nothing(row, CtriTarget.Outcome.NOT_YET)
    assert [row.due_at for row in rows] == [None, now + timedelta(days=30)]


@pytest.mark.parametrize("part", Part.values)
def test_each_part_can_wait_alone(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "past_end", lambda: 99)
    monkeypatch.setattr(known, "known_trials", lambda: (known.KnownTrial("CTRI/2026/01/000044", 44),))
    window = front.Window(first=10, last=12, month_first=10, a_day=0.01)
    monkeypatch.setattr(front, "window", lambda *_: window)
    RegistryAccess.objects.create(registry=Registry.CTRI, paused_parts=[part])
    with time_machine.travel(FIRST_NIGHT):
        targets.add([55], CtriTarget.Reason.TYPED)
        cited.note({"CTRI/2026/02/000500": cited.PERSON})
    crawl({})
    visited = CtriTarget.objects.exclude(outcome="").values_list("reason", flat=True).distinct()
    reasons = {
        "known": "known",
        "typed": "asked",
        "search": "search",
        "frontier": "frontier",
        "backfill": "past",
    }
    assert sorted(set(reasons) - set(visited)) == [name for name, of in reasons.items() if of == part]


def test_page_tells_the_address_of_its_record() -> None:
    crawl(some(101))
    assert Registration.objects.get().url == ctri_page(101)


def test_killed_night_goes_on_and_visits_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    class KilledError(BaseException):
        """As good as SIGKILL: nothing is written afterwards."""

    requests: list[str] = []
    true_visit = night.NightVisits._visit

    def visit(self: night.NightVisits, target: CtriTarget) -> bool:
        if len(asked(requests)) == 3:
            raise KilledError
        return true_visit(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(night.NightVisits, "_visit", visit)
        patch.setattr(lifecycle, "fail", lambda *_: None)
        with pytest.raises(KilledError):
            crawl(some(*range(101, 106)), requests=requests)
    run = ImportRun.objects.get()
    assert (run.status, CtriTarget.objects.count()) == ("running", 3)
    with fake_ctri(some(*range(101, 106)), requests=requests) as url, override_settings(CTRI_URL=url):
        lifecycle.note(run, heartbeat_at=FIRST_NIGHT - lease.LEASE)
        done = start.carry_out(run.pk)
    assert (done.status, done.created) == ("succeeded", 5)
    assert len(asked(requests)) == len(set(asked(requests)))


# What people add


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("80740", {80740}),
        ("https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA=&Enc=&userName=", {80740}),
        ("https://ctri.nic.in/Clinicaltrials/pmaindet2.php?EncHid=ODA3NDA%3D&Enc=&userName=", {80740}),
        ("http://www.ctri.nic.in/Clinicaltrials/pmaindet2.php?trialid=93", {93}),
        ("https://ctri.nic.in/Clinicaltrials/showallp.php?mid1=45423&EncHid=&userName=x", {45423}),
        ("1, 2\n3", {1, 2, 3}),
        ("0 -5 99999999 x?y ?EncHid=%%% http://[?trialid=x १२", set()),
    ],
)
def test_ids_are_read_from_what_people_type(typed: str, ids: set[int]) -> None:
    assert read_typed(typed).ids == ids


def test_known_ctri_number_is_a_way_to_say_its_id() -> None:
    crawl(some(101))
    assert read_typed("ctri/2026/01/000101 CTRI/2026/01/000999 x") == ({101}, ["CTRI/2026/01/000999"], ["x"])


def test_typed_id_is_visited_first_and_soon(settings: Any) -> None:
    settings.CTRI_BUDGET = 1
    with time_machine.travel(FIRST_NIGHT):
        targets.add([55], CtriTarget.Reason.TYPED)
    crawl({55: page("CTRI/2026/01/000055")})
    assert listed() == ["CTRI/2026/01/000055"]


def test_paused_past_is_not_visited_and_new_trials_are() -> None:
    with time_machine.travel(FIRST_NIGHT):
        targets.add([50], CtriTarget.Reason.BACKFILL)
    RegistryAccess.objects.create(registry=Registry.CTRI, paused_parts=["past"])
    crawl({50: page("CTRI/2026/01/000050"), 101: page("CTRI/2026/01/000101")})
    assert listed() == ["CTRI/2026/01/000101"]
    RegistryAccess.objects.update(paused_parts=[])
    crawl({50: page("CTRI/2026/01/000050")}, day=1)
    assert listed() == ["CTRI/2026/01/000050", "CTRI/2026/01/000101"]
