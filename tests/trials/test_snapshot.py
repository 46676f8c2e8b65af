"""What bitmaps answer is what PostgreSQL answers: the same trials, in the same order, on every page."""

import errno
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import trial_row
from trials.choices import INDIA, Phase, Sex, Status
from trials.models import DataVersion, Trial
from trials.search.facets import facets
from trials.search.search import Search
from trials.search.snapshot import current, words
from trials.search.snapshot.build import build
from trials.search.snapshot.stored import Snapshot

DAY = date(2026, 10, 1)
QUERIES = (
    "",
    "sort=updated",
    "q=zebra",
    "q=zebra okapi",
    "q=CD19 zebra&sort=updated",
    "q=zeb-ra",
    "near=mumbai",
    "near=pune&within=200",
    "age=12",
    "age=40.5",
    "age=0.5",
    "age_group=child&sex=female",
    "lines=1&ecog=2&hiv=ok",
    "sponsor=zénith cell",
    "investigator=Rao_%25",
    "recruiting=india&state=maharashtra",
    "recruiting=anywhere&phase=PHASE1&phase=PHASE2",
    "condition=lbcl&exact=broad",
    "stated=hiv&stated=ecog_max",
    "q=NCT00000003",
    "disease=all&cell_source=autologous",
)
CITIES = {"mumbai": "maharashtra", "pune": "maharashtra", "delhi": "delhi"}


@st.composite
def catalogue(draw: st.DrawFn) -> list[dict[str, object]]:
    return [
        {
            "title": draw(st.sampled_from(["zebra", "okapi zebra", "CD19 zebra zebra", "zeb-ra"])),
            "last_updated": draw(st.sampled_from([None, DAY, DAY - timedelta(days=1)])),
            "status": draw(st.sampled_from([Status.RECRUITING, Status.UNKNOWN])),
            "countries": draw(st.sampled_from([[], [INDIA], ["China"]])),
            "phases": draw(st.sampled_from([[], Phase.values[1:2], Phase.values[1:3]])),
            "conditions": draw(st.sampled_from([[], ["lbcl"], ["b-nhl", "aml"]])),
            "answers_to": draw(st.sampled_from([[], ["lbcl", "b-nhl"], ["aml"]])),
            "min_age_years": draw(st.sampled_from([None, 0.5, 12, 18])),
            "max_age_years": draw(st.sampled_from([None, 0.5, 12, 40])),
            "sex": draw(st.sampled_from(["", *Sex.values])),
            "sponsor": draw(st.sampled_from(["", "Zénith Cell", "Cell Trust"])),
            "investigators": draw(st.sampled_from(["", "Asha Rao", "Rao_% Asha\nRavi"])),
            "min_prior_lines": draw(st.sampled_from([None, 1, 2])),
            "ecog_max": draw(st.sampled_from([None, 1, 2])),
            **{name: draw(st.sampled_from([[], ["hiv"], ["hiv", "ecog_max"]])) for name in ELIGIBILITY},
            **places(draw(st.lists(st.sampled_from(list(CITIES)), unique=True, max_size=2))),
        }
        for _ in range(draw(st.integers(0, 8)))
    ]


ELIGIBILITY = ("stated", "barred", "limited")


def places(cities: list[str]) -> dict[str, object]:
    states = sorted({CITIES[city] for city in cities})
    return {
        "open_cities": cities,
        "open_states": states,
        "states": states,
        "recruiting_in_india": bool(cities),
    }


def search(query: str) -> Search:
    return Search.from_query(QueryDict(query))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(catalogue())
def test_pages_are_those_of_the_database(trials: list[dict[str, object]]) -> None:
    with transaction.atomic():
        for number, columns in enumerate(trials, 1):
            trial_row(f"NCT{number:08}", **columns)
        snapshot = Snapshot(build(""))
        for query in QUERIES:
            asked = search(query)
            asked.listed.__dict__["snapshot"] = snapshot
            expected = list(asked.results().values_list("pk", flat=True))
            assert (query, asked.ids(0, 99), len(asked.hits)) == (query, expected, len(expected))
            assert [asked.ids(n, n + 2) for n in range(0, 8, 2)] == [
                expected[n : n + 2] for n in range(0, 8, 2)
            ]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_common_words_are_found_like_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "COMMON", 2)
    monkeypatch.setattr(words, "SAMPLE", 100)
    DataVersion.objects.get_or_create()
    for title in ("zebra okapi", "zebra", "zebra quagga", "okapi"):
        trial_row(title=title)
    snapshot = Snapshot(build(""))
    assert snapshot.counts("words")["zebra"] == 3
    for query in ("q=zebra", "q=zebra okapi", "q=the zebra", "q=zebra/quagga", "q=zebra giraffe"):
        asked = search(query)
        asked.listed.__dict__["snapshot"] = snapshot
        assert (query, asked.ids(0, 9)) == (query, list(asked.results().values_list("pk", flat=True)))


@pytest.mark.django_db
def test_a_transaction_sees_what_it_wrote() -> None:
    trial_row()
    assert facets(Search()).total == 1
    trial_row()
    assert facets(Search()).total == 2


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "snapshots"


@pytest.mark.django_db(transaction=True)
def test_one_file_serves_until_the_data_change(folder: Path) -> None:
    trial = trial_row()
    first = current.current()
    assert (first.total, current.current() is first) == (1, True)
    Trial.objects.filter(pk=trial.pk).update(title="another")
    assert current.current().key != first.key
    trial.delete()
    assert current.current().total == 0
    assert sorted(path.suffix for path in folder.iterdir()) == [".lock", ".snapshot"]


@pytest.mark.django_db(transaction=True)
def test_damaged_file_is_made_again(folder: Path) -> None:
    trial_row()
    current.current()
    file = next(folder.glob("*.snapshot"))
    file.unlink()
    file.write_bytes(b"half")
    assert current.current().total == 1


@pytest.mark.django_db
def test_full_disk_costs_no_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial_row("NCT00000001")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(current, "_unwritten", [])
    made = current.make("today")
    assert (made.key, made.total, list(folder.glob("*.snapshot"))) == ("today", 1, [])
    assert current.make("today") is made


@pytest.mark.django_db(transaction=True)
def test_a_large_catalogue_is_served_as_it_was_for_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[bool] = []
    monkeypatch.setattr(current, "SMALL", 0)
    monkeypatch.setattr(current, "_start_builder", lambda: started.append(True))
    trial_row()
    first = current.current()
    assert current.is_current()
    trial_row()
    assert (current.current() is first, current.is_current(), started) == (True, False, [True])
    monkeypatch.setattr(current, "LONGEST_BEHIND", -1.0)
    assert (current.current().total, current.is_current()) == (2, True)
