"""Imports from a registry that answers, and what a new installation shows where it does not."""

import json
from itertools import repeat
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from importers.fake.server import FORBIDDEN, Fault
from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from importers.runs import lease, lifecycle
from tests.locks import held_elsewhere
from tests.studies import study
from trialfinder.environment import Mode
from trials.models import RegistrySource, Trial

pytestmark = pytest.mark.django_db

STUDIES = [study(f"NCT9900000{number}") for number in range(1, 6)]


def listed_ids() -> list[str]:
    return sorted(Trial.objects.listed().values_list("primary_id", flat=True))


def test_sweep_takes_every_page(settings: Settings) -> None:
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        run = start.sweep(Registry.CTGOV)
    assert (run.status, run.seen, run.created, run.total) == ("succeeded", 5, 5, 5)
    assert (run.api_version, RegistrySource.objects.get().read_from) == ("2.0.5", "registry")


def test_blocked_sweep_fails_in_words_and_keeps_what_is_there(settings: Settings) -> None:
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        start.sweep(Registry.CTGOV)
    with fake_ctgov(STUDIES, faults=repeat(FORBIDDEN)) as settings.CTGOV_API_URL:
        run = start.sweep(Registry.CTGOV)
    source = RegistrySource.objects.get()
    assert (run.status, run.error == source.last_error) == ("failed", True)
    assert run.error.startswith("ClinicalTrials.gov")
    assert (source.importing_since, len(listed_ids())) == (None, 5)


def test_empty_catalogue_is_filled_from_the_registry(settings: Settings) -> None:
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        start.ensure_catalogue()
        start.ensure_catalogue()
    assert listed_ids() == [f"NCT9900000{number}" for number in range(1, 6)]
    assert ImportRun.objects.count() == 1


def test_empty_catalogue_shows_samples_until_the_registry_can_be_read(settings: Settings) -> None:
    with fake_ctgov(STUDIES, faults=repeat(Fault(silent=True))) as settings.CTGOV_API_URL:
        start.ensure_catalogue()
    assert set(Trial.objects.values_list("sample", flat=True)) == {True}
    assert {r.registry for r in RegistrySource.objects.filter(last_good_at=None)} == {"ctgov", "ctri"}
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        start.ensure_catalogue()
    assert set(Trial.objects.values_list("sample", flat=True)) == {False}


def test_public_site_never_takes_samples_and_removes_those_it_finds(settings: Settings) -> None:
    with fake_ctgov(STUDIES, faults=repeat(Fault(silent=True))) as settings.CTGOV_API_URL:
        start.ensure_catalogue()
        assert Trial.objects.exists()
        settings.MODE = Mode.PRODUCTION
        start.ensure_catalogue()
    assert not Trial.objects.exists()
    assert ImportRun.objects.filter(source="sample").count() == len(Registry)


def test_file_after_a_sweep_changes_nothing_about_the_sweep(settings: Settings, tmp_path: Path) -> None:
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        swept = start.sweep(Registry.CTGOV)
    file = tmp_path / "study.json"
    file.write_text(json.dumps(STUDIES[0]))
    taken = start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.FILES, origin=str(file)).pk)
    source = RegistrySource.objects.get()
    assert (taken.status, source.files_at) == ("succeeded", taken.finished_at)
    assert (source.last_good_at, source.data_timestamp) == (swept.finished_at, swept.data_timestamp)


def test_held_first_import_is_not_made_again_by_itself(settings: Settings) -> None:
    bad = [study(f"NCT9900000{n}", statusModule={"overallStatus": "PERHAPS"}) for n in range(3)]
    with fake_ctgov(bad) as settings.CTGOV_API_URL:
        start.ensure_catalogue()
        start.ensure_catalogue()
    assert ImportRun.objects.filter(registry=Registry.CTGOV, source="registry").count() == 1
    assert ImportRun.objects.filter(status="held").count() == 1


def test_second_import_of_a_registry_is_refused_while_one_runs() -> None:
    run = start.queue(Registry.CTGOV, ImportRun.Source.SAMPLE)
    with held_elsewhere(Registry.CTGOV):
        refused = start.carry_out(run.pk)
    assert (refused.status, bool(refused.error), refused.pages) == ("failed", True, 0)


def test_interrupted_run_is_told_when_the_next_one_starts() -> None:
    dead = start.queue(Registry.CTGOV, ImportRun.Source.SAMPLE)
    lifecycle.begin(dead)
    lifecycle.note(dead, heartbeat_at=timezone.now() - lease.LEASE * 2)
    start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.SAMPLE).pk)
    dead.refresh_from_db()
    assert (dead.status, bool(dead.error)) == ("failed", True)
