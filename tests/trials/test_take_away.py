"""Searches as files: the same trials as the list, whole, and safe to open."""

import csv
import gc
import io
import json
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import make_trial, site, trial_row
from trials.catalogue.serialise import as_json
from trials.catalogue.spreadsheet import MARK
from trials.choices import Status
from trials.models import Trial
from trials.open_data import snapshot, streams
from trials.open_data.columns import TRIALS
from trials.search.found import PAGE_SIZE

pytestmark = pytest.mark.django_db
CSV_ADDRESSES = ("/trials.csv", "/hi/trials.csv", "/api/v1/trials.csv")
ALL = (*CSV_ADDRESSES, "/api/v1/trials.ndjson")


def fetched(path: str, status: int = 200, **query: Any) -> str:
    answer = Client().get(path, query)
    assert answer.status_code == status
    return b"".join(answer).decode()


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


@pytest.mark.parametrize("path", CSV_ADDRESSES)
def test_csv_has_a_row_a_trial_with_every_column_in_english(path: str) -> None:
    trial = make_trial(
        "NCT00000001",
        title="CAR T, second line",
        conditions=["lbcl", "fl"],
        phases=["PHASE1", "PHASE2"],
        eligibility={"hiv": {"value": "excluded", "quote": "No HIV.", "limit": "uncontrolled only"}},
        min_age_years=0.5,
        max_age_years=70,
        sites=[
            site("Tata Memorial Hospital"),
            site("CMC", "Vellore", "Tamil Nadu", status=Status.COMPLETED),
            site("Abroad", "Paris", "", "France"),
        ],
    )
    (row,) = rows(fetched(path))
    assert list(row) == [column.name for column in TRIALS]
    assert {name: value for name, value in row.items() if value} == {
        "id": "NCT00000001",
        "page": f"http://127.0.0.1:8000/trials/{trial.primary_id}/",
        "registrations": "NCT00000001",
        "registry_pages": "https://registry.example/NCT00000001",
        "title": "CAR T, second line",
        "status": "RECRUITING",
        "recruiting_in_india": "true",
        "open_hospitals": "Tata Memorial Hospital, Mumbai",
        "hospitals_in_india": "Tata Memorial Hospital, Mumbai; CMC, Vellore",
        "countries": "India; France",
        "phases": "PHASE1; PHASE2",
        "conditions": "lbcl; fl",
        "condition_names": row["condition_names"],
        "cell_source": "autologous",
        "role": "gives_car_t",
        "min_age_years": "0.5",
        "max_age_years": "70",
        "hiv": "excluded (uncontrolled only)",
        "last_updated": "2026-10-01",
        "newer_version_not_read": "false",
        "registry_unchanged_for_two_years": "false",
    }
    assert row["condition_names"].isascii()


def test_csv_ends_its_lines_as_rfc_4180_says() -> None:
    trial_row(title='a "b"\nc')
    lines = fetched("/trials.csv").split("\r\n")
    assert (len(lines), lines[-1]) == (3, "")
    assert ',"a ""b""\nc",' in lines[1]


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1"])
def test_csv_holds_no_formula(title: str) -> None:
    trial_row(title=title)
    assert rows(fetched("/trials.csv"))[0]["title"] == f"'{title}"


def test_ndjson_is_the_object_of_the_api_a_line() -> None:
    trial = make_trial(title="रक्त \u2028 कैंसर", sites=[site("CMC", "Vellore", "Tamil Nadu")])
    assert [json.loads(line) for line in fetched("/api/v1/trials.ndjson").splitlines()] == [as_json(trial)]


@pytest.mark.parametrize(
    "query", [{}, {"sort": "updated"}, {"condition": "lbcl"}, {"near": "Pune"}, {"q": "cart"}]
)
def test_files_hold_all_pages_of_the_list_in_its_order(query: dict[str, str]) -> None:
    for number in range(PAGE_SIZE + 3):
        make_trial(conditions=["lbcl"], sites=[site(f"Hospital {number}")] if number % 2 else [])
    listed = [
        trial["id"]
        for page in (1, 2)
        for trial in Client().get("/api/v1/trials", {**query, "page": page}).json()["results"]
    ]
    assert len(listed) == PAGE_SIZE + 3
    for path in CSV_ADDRESSES:
        assert [row["id"] for row in rows(fetched(path, 200, **query))] == listed
    lines = fetched("/api/v1/trials.ndjson", 200, **query).splitlines()
    assert [json.loads(line)["id"] for line in lines] == listed


def test_the_lists_own_file_leaves_out_words_that_the_list_leaves_out() -> None:
    make_trial("NCT00000001", conditions=["lbcl"])
    assert len(rows(fetched("/trials.csv", q="dlbcl qwertyword"))) == 1
    assert rows(fetched("/api/v1/trials.csv", q="dlbcl qwertyword")) == []


@pytest.mark.parametrize("path", ALL)
def test_files_hold_no_sample_record_and_nothing_unlisted(path: str) -> None:
    trial_row("NCT99990001", sample=True)
    trial_row("NCT00000002", published=False)
    assert "NCT" not in fetched(path)


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("query", [{"conditions": "lbcl"}, {"condition": "flu"}, {"page": "2"}, {"age": "x"}])
@pytest.mark.parametrize("method", ["get", "head"])
def test_files_refuse_what_they_do_not_know_by_name(path: str, query: dict[str, str], method: str) -> None:
    answer = getattr(Client(), method)(path, query)
    assert answer.status_code == 400
    if method == "get":
        assert next(iter(query)) in answer.content.decode()


@pytest.mark.parametrize("path", ALL)
def test_head_and_an_unchanged_copy_cost_one_statement(
    path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    trial_row()
    with django_assert_max_num_queries(1):
        head = Client().head(path)
    assert (head.status_code, b"".join(head)) == (200, b"")
    suffix = path.rpartition(".")[2]
    assert head["Content-Disposition"].startswith('attachment; filename="car-t-trials-2')
    assert head["Content-Disposition"].endswith(f'.{suffix}"')
    assert Client().get(path, headers={"if-none-match": head["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ALL)
def test_files_take_as_many_statements_for_many_trials_as_for_one(path: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            fetched(path)
        return len(asked)

    make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu")])
    one = statements()
    for _ in range(5):
        make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu"), site()])
    assert statements() == one


def test_memory_holds_no_more_than_two_readings_of_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the garbage collector, which only comes by now and then."""
    monkeypatch.setattr(snapshot, "CHUNK", 5)
    for _ in range(40):
        make_trial(sites=[site("CMC", "Vellore", "Tamil Nadu")])
    gc.collect()
    gc.disable()
    try:
        seen, most = [], 0
        for trial in snapshot.read(snapshot.all_listed()):
            streams.json_line(trial)
            streams.csv_row(trial)
            seen.append(weakref.ref(trial))
            most = max(most, sum(one() is not None for one in seen))
        del trial
    finally:
        gc.enable()
    assert len(seen) == 40
    assert most <= 10


@pytest.mark.django_db(transaction=True)
def test_file_is_of_one_moment_though_an_import_ends_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that came between two statements would have no registration, and end the file in its middle."""
    monkeypatch.setattr(snapshot, "CHUNK", 1)
    monkeypatch.setattr(streams, "LINES", 1)
    trials = [make_trial(f"NCT0000000{number}", title="before") for number in (1, 2, 3)]
    lines = streams.ndjson_file(snapshot.all_listed())
    said = [json.loads(next(lines))["title"]]
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(_import, trials[2]).result()
    said += [json.loads(line)["title"] for line in lines]
    assert said == ["before"] * 3
    assert Trial.objects.get(pk=trials[2].pk).title == "after"


@pytest.mark.django_db(transaction=True)
def test_reader_that_goes_away_leaves_no_open_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    make_trial()
    lines = streams.csv_file(snapshot.all_listed())
    next(lines)
    assert connection.in_atomic_block
    lines.close()  # type: ignore[attr-defined]  # a generator
    assert not connection.in_atomic_block


def _import(trial: Trial) -> None:
    """In a connection of its own."""
    Trial.objects.filter(pk=trial.pk).update(title="after")
    make_trial("CTRI/2026/01/000001", registry=Registry.CTRI, trial=trial, title="after", sites=[site("CMC")])
    Trial.objects.filter(pk=trial.pk).update(title="after")
    connection.close()
