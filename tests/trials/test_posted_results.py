"""What people read of results: counts with what they are counts of, and nothing the registry did not say."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from importers.files.archives import RawItem
from importers.files.archives import read as read_files
from importers.load.store import Arrival, registration_columns
from importers.records import Labels
from importers.registries.ctgov import parse, parse_value
from importers.registries.ctgov.files import KINDS
from tests.builders import make_trial, record
from tests.result_studies import adverse_events, counts, event, measure, reference, with_results
from tests.shared_records import SHARED, needs_shared
from tests.studies import study
from trials.choices import Role
from trials.explain.result_values import Share, Value
from trials.explain.results import Results, results
from trials.explain.side_effects import SideEffects

TODAY = date(2026, 11, 28)


def read(*measures: dict[str, Any], **sections: Any) -> Results:
    return results(parse_value(with_results(*measures, **sections)), TODAY)


def values(made: dict[str, Any]) -> list[Value]:
    (found,) = read(made).main
    return [value for line in found.lines for value in line.values]


def shares(made: dict[str, Any]) -> list[tuple[int | None, int | None] | None]:
    return [(v.share.count, v.share.of) if v.share else None for v in values(made)]


def harms(**changes: Any) -> SideEffects:
    found = read(adverseEventsModule=adverse_events(**changes)).side_effects
    assert found
    return found


def test_people_counted_are_shown_with_how_many_were_counted() -> None:
    assert shares(measure()) == [(28, 40), (12, 12)]
    assert [value.group for value in values(measure())] == ["Low dose", "High dose"]


@pytest.mark.parametrize("unit", ["participants", "Participants", " Patients "])
def test_a_plain_number_of_people_is_a_share_too(unit: str) -> None:
    assert shares(measure(paramType="NUMBER", unitOfMeasure=unit)) == [(28, 40), (12, 12)]


@pytest.mark.parametrize(
    "changes",
    [
        {"paramType": "NUMBER", "unitOfMeasure": "percentage of participants"},
        {"paramType": "MEDIAN", "unitOfMeasure": "participants"},
        {"paramType": "COUNT_OF_UNITS", "unitOfMeasure": "Participants"},
        {"denoms": []},
        {"denoms": [{"units": "Lesions", "counts": counts("40", "12")}]},
        {"denoms": [{"units": "Participants", "counts": counts("27", "0")}]},
        {"denoms": [{"units": "Participants", "counts": counts("NA", "26,300")}]},
        {"denoms": [{"units": "Participants", "counts": counts("40", "12")[:1] * 2}]},
    ],
)
def test_what_is_not_surely_a_share_of_people_stands_as_written(changes: dict[str, Any]) -> None:
    made = measure(**changes)
    assert shares(made) == [None, None]
    assert [value.cell.value for value in values(made)] == ["28", "12"]


def test_a_line_with_numbers_analysed_of_its_own_uses_those() -> None:
    own = [{"units": "Participants", "counts": counts("30", "12")}]
    rows = [{"title": "Week 4", "denoms": own, "categories": [{"measurements": counts("28", "12")}]}]
    assert shares(measure(classes=rows)) == [(28, 30), (12, 12)]


def test_a_line_that_says_its_own_numbers_in_words_is_no_share_of_others() -> None:
    rows = [{"title": "Week 8 (n=30, 12)", "categories": [{"measurements": counts("28", "12")}]}]
    found = values(measure(classes=rows))
    assert [(value.share, value.analysed) for value in found] == [(None, ""), (None, "")]


def test_a_number_belongs_to_the_group_it_names_and_not_to_its_place() -> None:
    made = measure(*reversed(counts("28", "7")))
    assert [(value.group, value.cell.value) for value in values(made)] == [
        ("Low dose", "28"),
        ("High dose", "7"),
    ]


def test_a_group_with_no_number_or_with_two_has_none() -> None:
    made = measure(*counts("28"), *counts("29"))
    assert [(value.cell.value, value.is_available) for value in values(made)] == [("", False), ("", False)]


def test_not_available_is_no_number() -> None:
    (low, _high) = values(measure({"groupId": "OG000", "value": "NA", "comment": "Not reached"}))
    assert (low.is_available, low.share, low.cell.comment) == (False, None, "Not reached")


def test_an_outcome_without_numbers_has_no_lines() -> None:
    made = read(measure(reportingStatus="NOT_POSTED", classes=[])).main[0]
    assert (made.stated.posted, made.lines) == (False, [])


def test_people_who_began_and_how_many_of_them_came_to_the_end() -> None:
    (period,) = read().periods
    assert [(share.group, share.count, share.of) for share in period.began] == [
        ("Low dose", 40, None),
        ("High dose", 12, None),
    ]
    assert [(r.kind, [(s.count, s.of) for s in r.shares]) for r in period.reached] == [
        ("COMPLETED", [(30, 40), (9, 12)])
    ]


def test_watched_side_effects_are_apart_by_kind_and_by_seriousness() -> None:
    crs, brain = harms().watched
    assert [(term.name, [(s.count, s.of) for s in term.shares]) for term in crs.serious] == [
        ("Cytokine release syndrome", [(9, 40), (None, 12)])
    ]
    assert (crs.other, brain.serious, [term.name for term in brain.other]) == ([], [], ["Neurotoxicity"])


def test_a_group_that_an_event_does_not_name_is_not_nought() -> None:
    crs, _ = harms(seriousEvents=[event("Cytokine storm", (1, 40))]).watched
    assert [(share.count, share.is_stated) for share in crs.serious[0].shares] == [(1, True), (None, False)]


def test_numbers_that_do_not_fit_are_no_share() -> None:
    stated = [Share("", *numbers).is_stated for numbers in ((5, 4), (0, 0), (0, 4))]
    assert stated == [False, False, True]
    assert Share("", 0, 0).is_nobody


@pytest.mark.parametrize(
    ("status", "completion", "actual", "ended", "years"),
    [
        ("COMPLETED", "2024-11-28", True, "2024-11-28", 2),
        ("COMPLETED", "2024-11-29", True, "2024-11-29", 1),
        ("COMPLETED", "2024", True, "2024", 1),
        ("COMPLETED", "2024-11", True, "2024-11", 1),
        ("COMPLETED", "2024-11", None, "2024-11", 1),
        ("COMPLETED", "2024-11", False, None, 0),
        ("COMPLETED", "2026-12", True, None, 0),
        ("COMPLETED", None, True, None, 0),
        ("TERMINATED", "2024-11", True, None, 0),
    ],
)
def test_how_long_ago_a_trial_without_results_was_completed(
    status: str, completion: str | None, actual: bool | None, ended: str | None, years: int
) -> None:
    made = record(status=status, completion=completion, completion_is_actual=actual, has_results=False)
    absence = results(made, TODAY).absence
    assert absence
    assert (absence.stated, absence.ended, absence.years) == (True, ended, years)


def test_a_record_that_does_not_say_is_not_said_to_have_none() -> None:
    absence = results(record(), TODAY).absence
    assert absence
    assert not absence.stated


def test_results_we_do_not_hold_are_not_said_to_be_missing() -> None:
    assert results(record(has_results=True), TODAY).absence is None


def test_papers_are_apart_by_what_they_are() -> None:
    kinds = ["BACKGROUND", "RESULT", "DERIVED", "RUMOUR"]
    module = {"references": [reference(str(n), kind) for n, kind in enumerate(kinds)]}
    papers = results(parse_value(study(referencesModule=module)), TODAY).papers
    found = (papers.results, papers.derived, papers.background, papers.other)
    assert [[paper.pmid for paper in kind] for kind in found] == [["1"], ["2"], ["0"], ["3"]]


def page(client: Client, made: dict[str, Any], language: str = "") -> Any:
    columns = registration_columns(Arrival(parse_value(made), Labels(role=Role.GIVES_CAR_T), "hash"))
    trial = make_trial(columns["registry_id"], details=columns["details"])
    return client.get(f"{language}/trials/{trial.primary_id}/")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/hi"])
def test_a_page_shows_the_shares_of_its_results(client: Client, language: str) -> None:
    found = page(client, with_results(), language)
    assert found.status_code == 200
    assert found.content.decode().count("data-share") == 13  # one stands in the plain part too


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "details", "says"),
    [
        ("COMPLETED", {"has_results": False, "completion": "2020-05"}, "late"),
        ("RECRUITING", {"has_results": False}, "none"),
        ("RECRUITING", {}, "not-stated"),
        ("COMPLETED", {"has_results": True}, "elsewhere"),
    ],
)
def test_a_page_without_results_says_why(
    client: Client, status: str, details: dict[str, Any], says: str
) -> None:
    trial = make_trial(status=status, details=details)
    found = client.get(f"/trials/{trial.primary_id}/").content.decode()
    assert re.findall(r'data-results="([\w-]+)"', found) == [says]


@pytest.mark.django_db
def test_a_page_never_links_to_what_is_no_address_of_the_web(client: Client) -> None:
    links = [{"url": "javascript:alert(1)", "label": "x"}, {"url": "https://example.org/a", "label": "y"}]
    papers = [{"citation": "Paper", "pmid": "1/../x", "kind": "RESULT"}]
    trial = make_trial(details={"links": links, "papers": papers, "data_sharing": {"url": "data:x"}})
    found = client.get(f"/trials/{trial.primary_id}/").content.decode()
    addresses = re.findall(r'href="([^"]*)"', found)
    assert "https://example.org/a" in addresses
    assert [a for a in addresses if a.startswith(("javascript:", "data:")) or "pubmed" in a] == []


@needs_shared
def test_every_real_count_shown_has_what_it_is_counted_of() -> None:
    shown = 0
    for item in read_files(SHARED / "registries/ctgov/v2_dev.jsonl.gz", KINDS):
        assert isinstance(item, RawItem)
        for share in shares_of(results(parse(item.raw), TODAY)):
            assert share.count is not None
            assert share.of is not None
            assert 0 <= share.count <= share.of
            shown += 1
    assert shown > 5000


def shares_of(found: Results) -> Iterator[Share]:
    """Every share that the page shows as one."""
    lines = [line for one in (*found.main, *found.more_main, *found.further) for line in one.lines]
    yield from (value.share for line in lines for value in line.values if value.share)
    tables = [reached.shares for period in found.periods for reached in (*period.reached, *period.reasons)]
    if found.side_effects:
        terms = [*found.side_effects.serious]
        terms += [term for kind in found.side_effects.watched for term in (*kind.serious, *kind.other)]
        tables += [term.shares for term in terms]
        tables += [(group.deaths, group.serious, group.other) for group in found.side_effects.groups]
    yield from (share for shares in tables for share in shares if share.is_stated)
