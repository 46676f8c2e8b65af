"""A sweep counts only when it is whole; what would empty the catalogue waits for a person."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from importers.fake.server import Fault
from importers.models import ImportRun, RunPage
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry
from tests.studies import study
from trials.models import Registration, Trial

pytestmark = pytest.mark.django_db

STUDIES = [study(f"NCT990{number:05}") for number in range(250)]
FINE = Fault()


def sweep() -> ImportRun:
    return start.sweep(Registry.CTGOV)


def stored() -> list[tuple[str, str]]:
    return list(Registration.objects.order_by("registry_id").values_list("registry_id", "content_hash"))


@pytest.fixture
def full(settings: Settings) -> list[tuple[str, str]]:
    """What a healthy sweep of all studies leaves."""
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        sweep()
    return stored()


def test_sweep_of_several_pages_takes_all_and_keeps_no_page(settings: Settings) -> None:
    with fake_ctgov(STUDIES) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.seen, run.created, run.total) == ("succeeded", 250, 250, 250)
    assert RunPage.objects.count() == 0


def faults(*, at: int, fault: Fault, times: int = 1) -> Iterator[Fault]:
    """Answers that are fine, but for `times` from the `at`-th on.

    0 and 1 are the description of the fields, 2 the version, 3 the first page.
    """
    yield from [FINE] * at
    yield from [fault] * times


REFUSED = Fault(status=400, body=b"pageToken expired", content_type="text/plain")


@pytest.mark.parametrize(
    "wrong",
    [
        faults(at=4, fault=REFUSED),
        faults(at=4, fault=Fault(cut=True)),
        faults(at=4, fault=Fault(silent=True)),
        faults(at=3, fault=Fault(status=503, body=b"busy", content_type="text/plain"), times=2),
        faults(at=4, fault=Fault(body=b"<html>", content_type="text/html")),
        faults(at=3, fault=Fault(status=429, body=b"", headers={"Retry-After": "0"})),
    ],
    ids=["token expired", "cut", "silent", "503 twice", "html", "429"],
)
def test_passing_fault_changes_nothing_in_the_end(
    settings: Settings, full: list[tuple[str, str]], wrong: Iterator[Fault]
) -> None:
    Trial.objects.all().delete()
    with fake_ctgov(STUDIES, faults=wrong) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, stored()) == ("succeeded", full)


def test_sweep_that_stays_short_takes_nothing(settings: Settings, full: list[tuple[str, str]]) -> None:
    with fake_ctgov(STUDIES, total=251) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, run.seen, stored()) == ("failed", 0, full)
    assert [number in run.error for number in ("251", "250")] == [True, True]


def test_data_that_never_stand_still_take_nothing(settings: Settings) -> None:
    requests: list[str] = []
    with fake_ctgov(STUDIES[:3], moving=99, requests=requests) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, Trial.objects.count()) == ("failed", 0)
    assert sum("query.term=%22CAR+T%22" in request for request in requests) == 3


def test_nothing_at_all_is_held_never_nothing_to_do(settings: Settings, full: list[tuple[str, str]]) -> None:
    with fake_ctgov([]) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, stored()) == ("held", full)


def test_much_less_than_last_time_is_held_until_released(
    settings: Settings, full: list[tuple[str, str]]
) -> None:
    changed = [study(f"NCT990{n:05}", statusModule={"overallStatus": "COMPLETED"}) for n in range(200)]
    with fake_ctgov(changed) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, stored()) == ("held", full)
    settings.CTGOV_API_URL = "http://127.0.0.1:9"  # what was fetched is kept: nobody is asked again
    out = StringIO()
    call_command("held_imports", str(run.pk), "--release", stdout=out)
    run.refresh_from_db()
    assert (run.status, run.updated) == ("succeeded", 200)
    assert out.getvalue().strip() == f"Import {run.pk}: succeeded."


def test_dropped_import_leaves_everything_as_it_was(settings: Settings, full: list[tuple[str, str]]) -> None:
    with fake_ctgov(STUDIES[:10]) as settings.CTGOV_API_URL:
        run = sweep()
    call_command("held_imports", str(run.pk), "--drop", stdout=StringIO())
    run.refresh_from_db()
    assert (run.status, run.run_pages.count(), stored()) == ("failed", 0, full)


def test_wide_question_refused_for_another_reason_is_asked_again_from_the_start(
    settings: Settings, full: list[tuple[str, str]]
) -> None:
    Trial.objects.all().delete()
    requests: list[str] = []
    odd = Fault(status=400, body=b"not now", content_type="text/plain")
    with fake_ctgov(STUDIES, faults=faults(at=3, fault=odd), requests=requests) as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, stored()) == ("succeeded", full)
    assert sum("/version" in request for request in requests) == 3


@pytest.mark.parametrize("times", [1, 9])
def test_names_that_cannot_be_read_whole_fail_after_three_sweeps(
    settings: Settings, full: list[tuple[str, str]], times: int
) -> None:
    loop = Fault(body=b'{"studies": [], "totalCount": 0, "nextPageToken": "x"}')
    with fake_ctgov(STUDIES, faults=[loop] * 2 * times, when="fields=NCTId") as settings.CTGOV_API_URL:
        run = sweep()
    assert (run.status, stored()) == ("succeeded" if times == 1 else "failed", full)
    assert times == 1 or "3 times" in run.error
