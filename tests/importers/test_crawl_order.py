"""What a night visits first, what people add to it, and what they can let wait."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from importers.models import ImportRun, RegistryAccess
from importers.models.crawl import CtriTarget
from importers.pipeline import start
from importers.registries.ctri import front, known
from importers.registries.ctri.crawl import cited, night, targets
from importers.registries.ctri.crawl.parts import Part
from importers.registries.ctri.crawl.typed import read_typed
from importers.registries.ctri.fake import fake_ctri
from importers.registries.ctri.web_addresses import ctri_page
from importers.registries.slugs import Registry
from importers.runs import lease, lifecycle
from tests.ctri_pages import page, page_without_car_t
from tests.importers.nights import FIRST_NIGHT, asked, crawl, listed, some
from trials.models import Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_ids")]


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
