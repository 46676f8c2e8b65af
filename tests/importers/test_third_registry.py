"""A third registry that lives in `tests/third/` alone goes through the whole product."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

import importers.registries
from importers import tasks
from importers.fake.server import serve
from importers.files.documents import RawItem
from importers.http.access import Access
from importers.models import ConnectionTry, ImportRun, TrialLink
from importers.pipeline import start
from importers.registries.base import Crawling
from importers.runs import schedule
from importers.runs.page_store import Pages
from importers.text.jsontext import canonical
from tests import third
from tests.desk import person, signed_in
from tests.importers.sweeps import sweep
from tests.studies import study
from tests.third import adapter, description
from trials import registries
from trials.models import Registration, Trial

pytestmark = pytest.mark.django_db

RECORDS = Path(third.__file__).parent / "records.json"
KNOWN = ("importers.registries.ctgov", "importers.registries.ctri", "tests.third")


def forget() -> None:
    registries._load.cache_clear()
    importers.registries._load.cache_clear()


@pytest.fixture(autouse=True)
def known(settings: Settings) -> Iterator[None]:
    """The settings name the third registry, and nothing else does."""
    settings.REGISTRIES = KNOWN
    settings.REGISTRY_MIN_INTERVAL = 0
    forget()
    yield
    forget()


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


def from_file(**options: Any) -> ImportRun:
    run = start.queue("third", ImportRun.Source.FILES, origin=str(RECORDS), **options)
    return start.carry_out(run.pk)


def swept(settings: Settings, records: list[dict[str, Any]]) -> ImportRun:
    with serve(adapter.StandIn(records=records)) as settings.THIRD_URL:
        return start.sweep("third")


def saved() -> list[dict[str, Any]]:
    return list(json.loads(RECORDS.read_text(encoding="utf-8")))


def test_files_are_imported_by_the_command() -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_trials", "third", "--from", str(RECORDS), "--json", stdout=out)
    told = json.loads(out.getvalue().splitlines()[-1])
    assert (ended.value.code, told["registry"], told["created"]) == (0, "third", 2)
    assert Registration.objects.filter(registry="third").count() == 2


def test_sweep_reads_the_registry_and_follows_what_it_no_longer_has(settings: Settings) -> None:
    first, second = swept(settings, saved()), swept(settings, saved()[:1])
    assert (first.status, first.created) == ("succeeded", 2)
    assert (second.status, second.absent) == ("held", [])  # so few that nothing is asked for
    third_run = swept(settings, [*saved()[:1], saved()[1] | {"title": "Invented: CAR T cells"}])
    assert (third_run.status, third_run.updated) == ("succeeded", 1)


def test_sweep_is_due_every_day_and_record_can_be_asked_for_by_id(settings: Settings) -> None:
    assert schedule.is_due("third")
    with serve(adapter.StandIn(records=saved())) as settings.THIRD_URL:
        run = start.queue("third", ImportRun.Source.REGISTRY, only_ids=["THIRD-0002", "THIRD-0009"])
        run = start.carry_out(run.pk)
    assert (run.created, run.failed) == (1, 1)


def test_trial_has_a_page_and_is_found_by_its_id_in_any_spelling(client: Client) -> None:
    from_file()
    page = client.get("/trials/THIRD-0001/")
    assert (page.status_code, "Third Register" in page.text) == (200, True)
    for typed in ("third 0001", "THIRD-0001", "third-0001 please"):
        assert client.get("/trials/", {"q": typed}).headers["Location"] == "/trials/THIRD-0001/"
    shown = client.get("/trials/", {"registry": "third", "disease": "cancer"}).text
    assert "Invented: CD19 CAR T cells in large B-cell lymphoma" in shown


def test_about_health_and_every_page_know_the_registry(client: Client) -> None:
    from_file()
    assert "Third Register" in client.get("/about/").text
    assert client.get("/healthz/imports").json()["registries"]["third"]["read"] == "files"


def test_api_and_export_name_the_registry(client: Client) -> None:
    from_file()
    found = client.get("/api/v1/trials/THIRD-0001").json()
    assert [one["registry"] for one in found["registrations"]] == ["third"]
    status = {one["registry"]: one for one in client.get("/api/v1/status").json()["registries"]}
    assert (status["third"]["name"], status["third"]["registrations"]) == ("Third Register", 2)
    out = StringIO()
    call_command("export_trials", stdout=out)
    assert {json.loads(line)["id"] for line in out.getvalue().splitlines()} == {"THIRD-0001", "THIRD-0002"}


@pytest.mark.parametrize("third_first", [True, False])
def test_record_that_names_an_nct_number_is_joined_whichever_came_first(third_first: bool) -> None:
    if third_first:
        from_file()
    sweep([study()])
    if not third_first:
        from_file()
    link = TrialLink.objects.get()
    assert (link.first, link.second) == (("ctgov", "NCT99000001"), ("third", "THIRD-0001"))
    trial = Trial.objects.get(registry_ids__contains=["THIRD-0001"])
    assert (trial.primary_id, trial.registries) == ("NCT99000001", ["ctgov", "third"])


def test_desk_shows_runs_and_uploads_of_the_registry(
    admin: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run = from_file()
    home = admin.get("/imports/").text
    assert ("Third Register" in home, "Third Register: .json." in home) == (True, True)
    assert "Third Register" in admin.get(f"/imports/{run.pk}/").text
    with RECORDS.open("rb") as file:
        sent = admin.post("/imports/upload/", {"registry": "third", "dropped": file})
    upload = ImportRun.objects.latest("pk")
    assert (sent.status_code, start.carry_out(upload.pk).unchanged) == (302, 2)


def test_connection_is_tried_from_the_desk(
    admin: Client,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(tasks.try_connection, "delay", asked.append)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post("/imports/connection/third/try/")
    with serve(adapter.StandIn(records=saved())) as settings.THIRD_URL:
        tasks.try_connection(asked[0])
    assert ConnectionTry.objects.get().report["checks"][0]["understood"] == "2 records"
    assert 'class="badge badge-open"' in admin.get("/imports/connection/third/").text


@pytest.mark.parametrize("ages", [True, False])
def test_two_year_rule_holds_where_it_is_described(ages: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(description, "DESCRIPTION", replace(description.DESCRIPTION, ages=ages))
    forget()
    from_file()
    trial = Trial.objects.get(primary_id="THIRD-0002")
    assert (trial.stale, trial.recruiting_in_india) == (ages, not ages)


def test_registry_that_speaks_for_india_is_heard_alone_there(monkeypatch: pytest.MonkeyPatch) -> None:
    sweep([study()])
    monkeypatch.setattr(description, "DESCRIPTION", replace(description.DESCRIPTION, speaks_for_india=True))
    forget()
    from_file()
    assert Trial.objects.get(primary_id="NCT99000001").cities == ["chennai"]


def test_registry_may_be_crawled_at_night(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def crawl(_run: ImportRun, pages: Pages) -> None:
        for record in saved():
            pages.add([RawItem("page", canonical(record))], [record["id"]])

    network = Crawling(
        open=lambda access: adapter.session(access or Access()),
        crawl=crawl,
        pause=1.0,
        hours=lambda: (time(0), time(0, 1)),
        budget=lambda: 10,
    )
    shown = replace(description.DESCRIPTION, page_by_page=True)
    monkeypatch.setattr(description, "DESCRIPTION", shown)
    monkeypatch.setattr(adapter, "ADAPTER", replace(adapter.ADAPTER, description=shown, network=network))
    forget()
    run = start.sweep("third")
    assert (run.is_crawl, run.status, run.created) == (True, "succeeded", 2)
    assert schedule.daily_at("third") == time(0)
