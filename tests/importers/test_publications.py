"""Results and papers that come are told once, and never because a parser learnt to read them."""

from pathlib import Path
from typing import Any

import pytest

from importers.models import ImportRun, RawRecord
from importers.pipeline import start
from importers.registries.slugs import Registry
from tests.importers.sweeps import sweep
from tests.result_studies import reference, with_results
from tests.studies import study
from trials.models import Registration, TrialEvent
from trials.results_record import Paper

pytestmark = pytest.mark.django_db
NEW_FIELDS = ("results", "results_posted", "papers", "links", "documents", "data_sharing")


def with_papers(*references: dict[str, Any]) -> dict[str, Any]:
    return study(referencesModule={"references": list(references)})


def news() -> list[tuple[str, str]]:
    kinds = ("results_posted", "paper_added")
    return list(TrialEvent.objects.filter(kind__in=kinds).order_by("id").values_list("kind", "after"))


def forget_new_fields(*names: str) -> None:
    """The row as a parser left it that did not know these fields."""
    for row in Registration.objects.all():
        row.details = {name: value for name, value in row.details.items() if name not in names}
        row.save()


def reparse() -> ImportRun:
    return start.carry_out(start.queue(Registry.CTGOV, ImportRun.Source.REPARSE).pk)


def test_results_that_come_are_told_once() -> None:
    sweep([study()])
    sweep([with_results()], day=1)
    sweep([with_results()], day=2)
    assert news() == [("results_posted", "2026-05-04")]


def test_papers_about_the_trial_that_come_are_told() -> None:
    sweep([with_papers(reference("1"), reference("2", "BACKGROUND"))])
    sweep([with_papers(reference("3", "DERIVED"), reference("1"), reference("4", "BACKGROUND"))], day=1)
    assert news() == [("paper_added", "Paper 3")]


def test_a_paper_of_another_kind_than_before_is_no_new_paper() -> None:
    sweep([with_papers(reference("1", "DERIVED"))])
    sweep([with_papers(reference("1", "RESULT", citation="Paper 1, corrected"))], day=1)
    assert news() == []


def test_a_first_copy_brings_no_news() -> None:
    sweep([with_results() | with_papers(reference("1")) | {"hasResults": True}])
    assert news() == []


def test_a_reparse_that_first_fills_the_fields_brings_no_news() -> None:
    made = with_results()
    made["protocolSection"]["referencesModule"] = {"references": [reference("1")]}
    sweep([made])
    forget_new_fields(*NEW_FIELDS)
    run = reparse()
    record = Registration.objects.get().record
    assert (run.status, run.updated, run.failed) == ("succeeded", 1, 0)
    assert record.papers == (Paper("Paper 1", "RESULT", "1"),)
    assert record.results is not None
    assert record.results_posted == "2026-05-04"
    assert (news(), RawRecord.objects.count()) == ([], 1)


def test_a_changed_copy_after_an_older_parser_tells_no_papers_of_before() -> None:
    sweep([with_papers(reference("1"))])
    forget_new_fields(*NEW_FIELDS)
    changed = with_papers(reference("1"))
    changed["protocolSection"]["descriptionModule"]["briefSummary"] = "Other words."
    sweep([changed], day=1)
    assert news() == []


def test_a_full_copy_after_one_without_that_part_tells_nothing() -> None:
    bare = study()
    del bare["hasResults"]
    sweep([bare])
    full = with_results()
    full["protocolSection"]["referencesModule"] = {"references": [reference("1")]}
    sweep([full], day=1)
    assert news() == []


def test_results_posted_after_our_last_copy_are_news_whatever_that_copy_said() -> None:
    bare = study()
    del bare["hasResults"]
    sweep([bare])
    late = with_results()
    struct = late["protocolSection"]["statusModule"]["resultsFirstPostDateStruct"]
    struct["date"] = "2099-01-01"
    sweep([late], day=1)
    assert news() == [("results_posted", "2099-01-01")]


def test_results_of_a_damaged_row_are_no_error(tmp_path: Path) -> None:
    sweep([study()])
    Registration.objects.update(details={"papers": "many", "has_results": "perhaps"})
    assert sweep([with_results()], day=1).status == "succeeded"
    assert news() == []
