"""The pages of the import desk: who sees them, what they show, what they bear."""

import json
import zlib
from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from importers.models import ImportProblem, ImportRun, RawRecord, RecordChange, RegistryAccess, RunPage
from importers.registries.slugs import Registry
from tests.desk import DOUBT, HOSTILE, full_run, make_run, person, signed_in
from tests.importers.sweeps import sweep
from tests.snapshots import MADE
from tests.studies import study
from trials.models import RegistrySource

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    return signed_in(person())


@pytest.fixture
def admin() -> Client:
    return signed_in(person(admin=True))


def shown(client: Client, query: str = "") -> list[int]:
    """The numbers of the runs the first page lists."""
    answer = client.get(f"/imports/{query}")
    assert answer.status_code == 200
    return [run.pk for run in answer.context["runs"]]


def test_home_has_no_more_queries_with_more_runs(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = person()
    for number in range(60):
        make_run("held" if number < 5 else "succeeded", started_by=user, doubts=[DOUBT], seen=5)
    with django_assert_max_num_queries(MADE + 31):
        admin.get("/imports/")


def test_run_page_has_no_more_queries_with_more_problems(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run = full_run()
    for number in range(60):
        problem = {"registry_id": f"NCT{number:08}", "field": "f", "retried_in": make_run()}
        ImportProblem.objects.create(run=run, **problem)
    with django_assert_max_num_queries(20):
        admin.get(f"/imports/{run.pk}/")


def test_home_filters_by_registry_and_status(staff: Client) -> None:
    good, bad = make_run(), make_run("failed")
    other = make_run("failed", registry=Registry.CTRI)
    assert shown(staff) == [other.pk, bad.pk, good.pk]
    assert shown(staff, "?status=failed") == [other.pk, bad.pk]
    assert shown(staff, "?status=failed&registry=ctgov") == [bad.pk]


@pytest.mark.parametrize(
    "query",
    ["?status=x", "?registry=%00", "?status=%00&page=%00", "?page=-1", "?page=" + "9" * 5000, "?x=%FF"],
)
def test_home_passes_over_nonsense(staff: Client, query: str) -> None:
    run = make_run()
    assert shown(staff, query) == [run.pk]


def test_home_leafs_with_its_filter(staff: Client) -> None:
    for _ in range(21):
        make_run("failed")
    page = staff.get("/imports/?status=failed")
    assert 'href="/imports/?page=2&amp;status=failed#runs"' in page.text
    assert len(shown(staff, "?page=2&status=failed")) == 1


def test_home_shows_held_imports_first_with_their_reasons(admin: Client) -> None:
    run = make_run("held", doubts=[DOUBT], held=7)
    page = admin.get("/imports/").text
    assert page.index(f'action="/imports/{run.pk}/release/"') < page.index('id="runs"')
    assert [words in page for words in ("6 of 40", "7 ")] == [True, True]


@pytest.mark.parametrize(
    ("columns", "badge"),
    [
        ({"last_good_at": timezone.now()}, "Up to date"),
        ({"expected_by": timezone.now() - timedelta(days=1)}, "Late"),
        ({}, "Not read yet"),
    ],
)
def test_home_says_how_fresh_a_registry_is(staff: Client, columns: dict[str, object], badge: str) -> None:
    RegistrySource.objects.create(registry=Registry.CTGOV, **columns)
    assert f">{badge}</span>" in staff.get("/imports/").text


def test_home_says_that_a_registry_blocks_us(staff: Client) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    RegistryAccess.objects.create(registry=Registry.CTGOV, blocked_until=tomorrow, times_blocked=1)
    assert ">Blocks us</span>" in staff.get("/imports/").text


def test_home_links_the_running_import(staff: Client) -> None:
    run, _queued = make_run("running"), make_run("queued")
    assert f'href="/imports/{run.pk}/">Import is running</a>' in staff.get("/imports/").text


def test_time_of_the_daily_import_is_written_as_its_field_wants_it(admin: Client) -> None:
    RegistryAccess.objects.create(registry=Registry.CTGOV, daily_at=time(16, 5))
    for address in ("/imports/", "/hi/imports/"):
        assert 'value="16:05"' in admin.get(address).text


def test_staff_who_may_only_look_see_no_buttons(staff: Client) -> None:
    run = make_run("held", doubts=[DOUBT])
    for address in ("/imports/", f"/imports/{run.pk}/", f"/imports/{full_run().pk}/"):
        page = staff.get(address).text
        assert page.count('method="post"') == page.count('action="/accounts/logout/"') == 1


@pytest.mark.parametrize("language", ["", "/hi"])
@pytest.mark.parametrize("status", ImportRun.Status.values)
def test_run_page_of_every_status_opens(admin: Client, language: str, status: str) -> None:
    run = make_run(status, doubts=[DOUBT], error="Why", only_ids=["NCT00000001"], dry_run=status == "failed")
    for place in (f"{run.pk}/", f"{run.pk}/progress/", ""):
        assert admin.get(f"{language}/imports/{place}").status_code == 200


@pytest.mark.parametrize("language", ["", "/hi"])
def test_run_page_escapes_what_registries_and_files_say(admin: Client, language: str) -> None:
    page = admin.get(f"{language}/imports/{full_run().pk}/").text
    assert "<script>alert" not in page
    assert page.count("alert(1)") > 10


def test_run_page_keeps_to_one_kind_of_change(staff: Client) -> None:
    run = full_run()
    page = staff.get(f"/imports/{run.pk}/?kind=withdrawn")
    assert [change.kind for change in page.context["changes"]] == ["withdrawn"]


@pytest.mark.parametrize("query", ["?kind=x", "?kind=%00", "?changes=x&problems=-3", "?changes=%00"])
def test_run_page_passes_over_nonsense(staff: Client, query: str) -> None:
    page = staff.get(f"/imports/{full_run().pk}/{query}")
    assert (page.status_code, len(page.context["changes"]), len(page.context["problems"])) == (
        200,
        len(RecordChange.Kind),
        3,
    )


@pytest.mark.parametrize("address", ["/imports/7/", f"/imports/{'9' * 30}/", f"/imports/{'9' * 5000}/"])
def test_run_that_is_not_there_is_not_found(staff: Client, address: str) -> None:
    assert staff.get(address).status_code == 404


def test_progress_tells_how_far_a_running_import_is(staff: Client) -> None:
    began = timezone.now() - timedelta(seconds=10)
    run = make_run("running", total=300, started_at=began)
    for number in (1, 2):
        page = RunPage.keep(run, number, [])
        RunPage.objects.filter(pk=page.pk).update(records=100, read_at=began if number == 1 else None)
    answer = staff.get(f"/imports/{run.pk}/progress/")
    assert "Fetching: 200 of 300 records, page 2" in answer.text
    assert "10 records a second" in answer.text
    assert "HX-Refresh" not in answer


@pytest.mark.parametrize("status", ["queued", "running"])
def test_progress_of_what_goes_on_asks_again(staff: Client, status: str) -> None:
    run = make_run(status)
    answer = staff.get(f"/imports/{run.pk}/progress/")
    assert f'hx-get="/imports/{run.pk}/progress/"' in answer.text
    assert "HX-Refresh" not in answer


def test_progress_says_when_everything_is_read(staff: Client) -> None:
    run = make_run("running", stage="reading")
    assert "the changes are being published" in staff.get(f"/imports/{run.pk}/progress/").text


@pytest.mark.parametrize("status", ["succeeded", "failed", "held", "cancelled"])
def test_progress_of_an_ended_import_brings_the_whole_page_anew(staff: Client, status: str) -> None:
    answer = staff.get(f"/imports/{make_run(status).pk}/progress/")
    assert (answer["HX-Refresh"], answer.text.strip()) == ("true", "")


def keep_copy(body: bytes, registry_id: str = "NCT00000021") -> None:
    kept = {"registry": Registry.CTGOV, "registry_id": registry_id, "content_hash": "abc"}
    RawRecord.objects.create(body=zlib.compress(body), fetched_at=timezone.now(), **kept)


@pytest.fixture
def raw() -> str:
    """The address of the raw copy of a record that failed."""
    run = full_run()
    run.problems.update(content_hash="abc")
    return f"/imports/{run.pk}/raw/{run.problems.get(registry_id='NCT00000021').pk}/"


def test_raw_copy_is_plain_text_whatever_it_holds(staff: Client, raw: str) -> None:
    keep_copy(HOSTILE.encode())
    answer = staff.get(raw)
    assert answer.content == HOSTILE.encode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_raw_copy_that_is_not_kept_is_not_found(staff: Client, raw: str) -> None:
    assert staff.get(raw).status_code == 404


def test_problem_links_its_raw_copy_only_where_one_is_kept(staff: Client, raw: str) -> None:
    keep_copy(b"{}")
    page = staff.get(f"/imports/{ImportRun.objects.get().pk}/").text
    assert (page.count(f'href="{raw}"'), page.count("/raw/")) == (1, 1)


def test_raw_copy_of_a_held_import_is_shown_from_its_page(staff: Client) -> None:
    sweep([study(f"NCT9900000{number}") for number in range(3)])
    bad = [study(f"NCT9900000{n}", statusModule={"overallStatus": "PERHAPS"}) for n in range(3)]
    problem = sweep(bad, day=1).problems.order_by("pk")[0]
    answer = staff.get(f"/imports/{problem.run_id}/raw/{problem.pk}/")
    assert json.loads(answer.content)["protocolSection"]["statusModule"]["overallStatus"] == "PERHAPS"


def test_change_of_a_record_that_is_not_stored_leads_nowhere(staff: Client) -> None:
    run = full_run()
    page = staff.get(f"/imports/{run.pk}/").text
    assert ("NCT00000001" in page, "/trials/NCT00000001/" in page) == (True, False)


def test_run_page_lists_the_questions(staff: Client) -> None:
    run = full_run()
    asked = {
        "kind": "names",
        "names": ["bb2121", "<b>"],
        "words": 2,
        "found": 7,
        "new": 3,
        "outcome": "answered",
    }
    refused = {**asked, "names": ["KTE-C19"], "found": None, "new": 0, "outcome": "refused"}
    by_number = {**asked, "kind": "numbers", "names": [], "words": 0, "found": 3}
    ImportRun.objects.filter(pk=run.pk).update(questions=[asked, refused, by_number])
    page = " ".join(staff.get(f"/imports/{run.pk}/").content.decode().split())
    assert "3 questions" in page
    assert "<code>bb2121 · &lt;b&gt;</code> (2 words) 7 found, 3 of them new" in page
    assert "<code>KTE-C19</code> (2 words) <strong>refused by the registry</strong>" in page
    assert "<code>KTE-C19</code>: refused by the registry" in page
    assert "By number, what only the names found 3 found, 3 of them new" in page


def test_minor_fields_stand_apart_from_failures(admin: Client) -> None:
    run = make_run(seen=1, updated=1, notices=1)
    ImportProblem.objects.create(
        run=run, registry_id="NCT00000001", field="f", value=f"JRCT {HOSTILE}", minor=True
    )
    answer = admin.get(f"/imports/{run.pk}/")
    page = answer.content.decode()
    assert ("1 minor field could not be read" in page, HOSTILE in page) == (True, False)
    assert (list(answer.context["problems"]), answer.context["can_retry"]) == ([], False)
    admin.post(f"/imports/{run.pk}/retry/")
    assert ImportRun.objects.count() == 1
