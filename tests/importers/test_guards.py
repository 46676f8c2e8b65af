"""What holds a sweep: nothing of it is published until a person lets it through."""

from typing import Any

import pytest

from importers.models import ImportRun
from importers.pipeline import start
from importers.runs import lifecycle
from tests.importers.sweeps import sweep
from tests.state import catalogue_state
from tests.studies import aspirin, study
from trials.models import Trial, TrialEvent

pytestmark = pytest.mark.django_db

COMPLETED = {"overallStatus": "COMPLETED"}


def studies(number: int, *, closed: int = 0, **changes: Any) -> list[dict[str, Any]]:
    """So many recruiting studies, the first of them completed."""
    ids = [f"NCT99000{n:03}" for n in range(number)]
    return [
        study(i, **changes, **({"statusModule": COMPLETED} if n < closed else {})) for n, i in enumerate(ids)
    ]


def codes(run: ImportRun) -> list[str]:
    return [doubt["code"] for doubt in run.doubts]


def test_first_sweep_is_not_held_for_having_nothing_to_compare_with() -> None:
    assert sweep(studies(30)).status == "succeeded"


@pytest.mark.parametrize(("closed", "status"), [(5, "succeeded"), (6, "held")])
def test_trials_that_would_close(closed: int, status: str) -> None:
    sweep(studies(30))
    run = sweep(studies(30, closed=closed), day=1)
    assert (run.status, codes(run)) == (status, ["closing"] if status == "held" else [])


def test_held_run_publishes_nothing_and_shows_what_would_change() -> None:
    sweep(studies(30))
    before, events = catalogue_state(), TrialEvent.objects.count()
    run = sweep(studies(30, closed=6), day=1)
    assert (catalogue_state(), TrialEvent.objects.count()) == (before, events)
    assert (run.held, run.updated, run.unchanged, run.seen) == (6, 0, 24, 30)
    change = run.changes.order_by("registry_id")[0]
    assert (change.registry_id, change.kind, change.fields[0]) == (
        "NCT99000000",
        "updated",
        {"field": "status", "before": "RECRUITING", "after": "COMPLETED"},
    )


def test_released_run_publishes_what_it_showed() -> None:
    sweep(studies(30))
    run = sweep(studies(30, closed=6), day=1)
    lifecycle.release(run)
    run = start.carry_out(run.pk)
    assert (run.status, run.updated, run.held) == ("succeeded", 6, 0)
    assert Trial.objects.filter(status="COMPLETED").count() == 6


def test_next_good_sweep_overtakes_a_held_one() -> None:
    sweep(studies(30))
    held = sweep(studies(30, closed=6), day=1)
    newer = sweep(studies(30), day=2)
    held.refresh_from_db()
    assert (held.status, held.run_pages.count()) == ("failed", 0)
    assert f" {newer.pk}." in held.error
    assert not lifecycle.release(held)


def test_trials_that_would_vanish_are_held() -> None:
    sweep(studies(60))
    sweep(studies(54), day=1)
    run = sweep(studies(54), day=2)
    assert (run.status, codes(run), Trial.objects.listed().count()) == ("held", ["vanishing"], 60)


def test_reclassified_trials_that_would_vanish_are_held() -> None:
    sweep(studies(30))
    others = [aspirin(f"NCT99000{n:03}") for n in range(6)]
    run = sweep([*others, *studies(30)[6:]], day=1)
    assert (run.status, codes(run)) == ("held", ["vanishing"])


def test_total_that_drops_by_a_tenth_is_held_and_no_study_asked_for() -> None:
    sweep(studies(40))
    requests: list[str] = []
    run = sweep(studies(35), day=1, requests=requests)
    assert (run.status, codes(run)) == ("held", ["fewer"])
    assert not [request for request in requests if "/studies/NCT" in request]


def test_field_that_empties_is_held() -> None:
    sweep(studies(30))
    run = sweep(studies(30, descriptionModule={"briefSummary": None}), day=1)
    assert (run.status, codes(run)) == ("held", ["emptied"])
    assert run.doubts[0]["values"] == {"field": "summary", "before": 100, "after": 0}


@pytest.mark.parametrize(
    "how", [{"renamed": "briefTitle"}, {"words": ["RECRUITING"]}], ids=["field", "words"]
)
def test_description_of_a_field_that_changes_is_held(how: dict[str, Any]) -> None:
    sweep(studies(3))
    run = sweep(studies(3), day=1, **how)
    assert (run.status, codes(run)) == ("held", ["schema"])


def test_field_that_only_a_newer_parser_reads_is_no_change_of_the_registry() -> None:
    before = sweep(studies(3))
    before.schema.pop("resultsSection.outcomeMeasuresModule.outcomeMeasures.title")
    before.save()
    assert sweep(studies(3), day=1).status == "succeeded"


def test_description_let_through_by_a_person_is_the_known_one_then() -> None:
    sweep(studies(3))
    run = sweep(studies(3), day=1, renamed="briefTitle")
    lifecycle.release(run)
    start.carry_out(run.pk)
    assert sweep(studies(3), day=2, renamed="briefTitle").status == "succeeded"


def test_dry_run_says_that_it_would_be_held() -> None:
    sweep(studies(30))
    before = catalogue_state()
    run = sweep(studies(30, closed=6), day=1, dry_run=True)
    assert (run.status, codes(run), run.updated) == ("succeeded", ["closing"], 6)
    assert catalogue_state() == before


def test_derived_change_without_a_new_date_is_picked_up() -> None:
    sweep(studies(3))
    unknown = study("NCT99000000", statusModule={"overallStatus": "UNKNOWN"})
    run = sweep([unknown, *studies(3)[1:]], day=1)
    assert (run.updated, Trial.objects.get(primary_id="NCT99000000").status) == (1, "UNKNOWN")


def test_unchanged_sweep_touches_no_record() -> None:
    sweep(studies(30))
    before = list(Trial.objects.order_by("id").values())
    moved = studies(30)
    for record in moved:
        record["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-12-01"
    run = sweep(moved, day=1)
    assert (run.unchanged, list(Trial.objects.order_by("id").values())) == (30, before)


def test_changed_date_is_told_as_the_registry_writes_it() -> None:
    sweep(studies(3))
    later = {"lastUpdatePostDateStruct": {"date": "2026-11-02"}}
    run = sweep([study("NCT99000000", statusModule=later), *studies(3)[1:]], day=1)
    assert run.changes.get().fields == [
        {"field": "last_updated", "before": "2026-10-30", "after": "2026-11-02"}
    ]
