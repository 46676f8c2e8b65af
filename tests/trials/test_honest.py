"""What is said where nothing, or not everything, has been read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.desk import person, signed_in
from trialfinder.environment import Mode
from trials import registries
from trials.catalogue import serialise
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db

UNREAD = "The registries have not been read yet."
EVERYWHERE = [
    "/", "/trials/", "/trials/?condition=lbcl", "/sites/", "/map/", "/numbers/", "/conditions/",
    "/conditions/lbcl/", "/changes/", "/products/", "/about/", "/find/", "/match/", "/trials/NCT00000001/",
]  # fmt: skip
CLAIMS = [
    "No trial matches all of this",
    "is known to be recruiting",
    "0 trials",
    "names a hospital in India yet",
]


def text(client: Client, path: str = "/") -> str:
    return " ".join(client.get(path).content.decode().split())


def banners(client: Client, path: str = "/") -> list[str]:
    """The notices of a page: how loud each is, and whether it is an alarm."""
    return [part.split('"')[0] for part in text(client, path).split('<div class="banner')[1:]]


def source(registry: str = Registry.CTGOV, **columns: Any) -> RegistrySource:
    return RegistrySource.objects.create(registry=registry, **columns)


def ago(**time: float) -> Any:
    return timezone.now() - timedelta(**time)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_empty_catalogue_says_once_that_nothing_was_read_and_claims_nothing(
    client: Client, path: str
) -> None:
    page = text(client, path)
    assert (page.count(UNREAD), [claim for claim in CLAIMS if claim in page]) == (1, [])


@pytest.mark.parametrize("path", ["/", "/trials/", "/sites/", "/map/", "/numbers/"])
def test_empty_page_is_not_for_search_engines_and_has_no_search(client: Client, path: str) -> None:
    page = text(client, path)
    assert ('content="noindex"' in page, "<form" in page.split("<main")[1]) == (True, False)


def test_empty_page_still_refuses_what_it_does_not_know(client: Client) -> None:
    assert client.get("/trials/?phase=X").status_code == 400


def test_empty_catalogue_after_a_file_was_read_says_what_was(client: Client) -> None:
    source(files_at=timezone.now())
    page = text(client)
    assert (UNREAD in page, "There are no trials here yet." in page) == (False, True)


def test_api_says_why_it_is_empty(client: Client) -> None:
    assert client.get("/api/v1/status").json()["notice"].startswith(UNREAD)
    assert client.get("/api/v1/trials").json()["notice"].startswith(UNREAD)
    make_trial(conditions=["lbcl"])
    assert client.get("/api/v1/status").json()["notice"] == ""
    assert "notice" not in client.get("/api/v1/trials?condition=aml").json()


@pytest.mark.parametrize(
    "path", ["/trials/NCT00000001/", "/trials/NCT00000001/sheet/", "/api/v1/trials/NCT00000001"]
)
def test_public_site_shows_no_sample_that_is_stored(client: Client, settings: Settings, path: str) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sample=True, sites=[site("Example Hospital")])
    assert client.get(path).status_code == 200
    settings.MODE = Mode.PRODUCTION
    assert [client.get(path).status_code, signed_in(person()).get(path).status_code] == [404, 404]


def test_public_site_counts_exports_and_feeds_no_sample(client: Client, settings: Settings) -> None:
    make_trial("NCT00000001", conditions=["lbcl"], sample=True, sites=[site("Example Hospital")])
    settings.MODE = Mode.PRODUCTION
    status = client.get("/api/v1/status").json()
    assert (status["sample"], status["trials"]) == (False, 0)
    assert client.get("/api/v1/sites").json()["count"] == 0
    assert list(serialise.export(everything=True)) == []
    assert [path for path in EVERYWHERE if "Sample data" in text(client, path).split("<main")[0]] == []
    assert ["NCT00000001" in client.get(p).text for p in ("/sitemap.xml", "/changes/feed/")] == [False, False]


@pytest.mark.parametrize(
    ("columns", "loud"),
    [
        ({"last_good_at": ago(hours=1)}, []),
        ({"last_good_at": ago(hours=1), "last_error": "x"}, [" banner-quiet"]),
        ({"last_good_at": ago(hours=47), "last_error": "x"}, [" banner-quiet"]),
        ({"last_good_at": ago(hours=49), "last_error": "x"}, [" banner-alert"]),
        ({"last_good_at": ago(days=3)}, [" banner-alert"]),
        ({"last_good_at": ago(days=3), "files_at": ago(hours=1)}, [" banner-alert"]),
        ({"last_good_at": ago(hours=1), "files_at": ago(days=9)}, []),
        ({"files_at": ago(hours=1)}, [" banner-quiet"]),
        ({"files_at": ago(days=9)}, [" banner-quiet"]),
        ({"files_at": ago(days=9), "last_error": "x"}, [" banner-alert"]),
        ({"last_error": "x"}, [" banner-quiet"]),
        ({}, [" banner-quiet"]),
    ],
)
def test_alarm_begins_when_data_are_older_than_two_days(
    client: Client, columns: dict[str, Any], loud: list[str]
) -> None:
    make_trial(conditions=["lbcl"])
    for other in set(registries.slugs()) - {Registry.CTGOV}:
        source(other, last_good_at=timezone.now())
    source(last_tried_at=timezone.now(), **columns)
    assert banners(client) == loud


@pytest.mark.parametrize("path", ["/", "/trials/", "/sites/", "/about/"])
def test_only_alarms_come_before_the_heading(client: Client, path: str) -> None:
    make_trial(conditions=["lbcl"])
    source(last_good_at=ago(days=3))
    source(Registry.CTRI, files_at=ago(hours=1), last_error="x", last_tried_at=timezone.now())
    before, after = text(client, path).split("<h1", 1)
    assert [before.count(f'{kind}"') for kind in ("banner-alert", "banner-quiet")] == [1, 0]
    assert [after.count(f'{kind}"') for kind in ("banner-alert", "banner-quiet")] == [0, 1]


@pytest.mark.parametrize(
    ("columns", "first"),
    [({}, True), ({"files_at": ago(hours=1)}, False), ({"last_good_at": ago(hours=1)}, False)],
)
def test_only_the_first_import_stands_before_the_page(
    client: Client, columns: dict[str, Any], first: bool
) -> None:
    make_trial(conditions=["lbcl"])
    source(importing_since=timezone.now(), progress_done=3, progress_total=9, **columns)
    before, after = text(client).split("<h1", 1)
    assert ("<progress" in before, 'banner-quiet" role="status"' in after) == (first, not first)
    assert "<progress" not in after  # the page is kept while the import goes on


def test_crawl_is_never_said_to_be_complete(client: Client) -> None:
    source(last_good_at=timezone.now())
    source(Registry.CTRI, last_good_at=timezone.now())
    make_trial("CTRI/2025/01/000001", registry=Registry.CTRI, conditions=["lbcl"])
    page = text(client)
    assert "1 of its CAR T trials so far." in page
    assert "CTRI: read on" not in page


@pytest.mark.parametrize(
    ("registry", "columns", "badge"),
    [
        (Registry.CTGOV, {"files_at": timezone.now()}, "Files only"),
        (Registry.CTGOV, {"last_good_at": ago(days=3)}, "Old"),
        (Registry.CTRI, {"files_at": timezone.now()}, "Files only"),
        (Registry.CTRI, {"last_good_at": timezone.now()}, "Read page by page"),
    ],
)
def test_desk_never_takes_a_file_or_a_crawl_for_a_sweep(
    registry: Registry, columns: dict[str, Any], badge: str
) -> None:
    source(registry, **columns)
    page = signed_in(person()).get("/imports/").text
    assert (f">{badge}</span>" in page, ">Up to date</span>" in page) == (True, False)


def test_api_tells_a_file_from_a_reading(client: Client) -> None:
    source(files_at=timezone.now())
    told = {one["registry"]: one for one in client.get("/api/v1/status").json()["registries"]}
    ctgov, ctri = told["ctgov"], told["ctri"]
    assert (ctgov["read"], ctgov["last_good_at"], ctgov["files_at"] is None) == ("files", None, False)
    assert (ctri["read"], ctri["page_by_page"], ctgov["page_by_page"]) == ("never", True, False)
