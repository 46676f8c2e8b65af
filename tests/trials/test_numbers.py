"""Charts: the shares they draw, and the numbers they are drawn from."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import make_trial, site
from tests.snapshots import MADE
from trials.browse.charts import LEAST, Bar, bars, columns
from trials.browse.statistics import numbers
from trials.choices import Status
from trials.search.parameters import Disease

ABROAD = ("Abroad", "Houston", "Texas", "United States")


def told(chart: list[Bar]) -> list[tuple[str, int, int]]:
    return [(bar.label, bar.count, bar.in_india) for bar in chart]


def test_bars_are_shares_of_the_widest() -> None:
    drawn = bars([("a", 200, 50, ""), ("b", 50, 0, ""), ("c", 0, 0, "")])
    assert [(bar.label, bar.percent, bar.india_percent) for bar in drawn] == [("a", 100, 25), ("b", 25, 0)]


def test_little_is_still_seen() -> None:
    assert [bar.percent for bar in bars([("a", 5000, 0, ""), ("b", 1, 0, "")])] == [100, LEAST]


def test_columns_show_years_without_any_as_gaps() -> None:
    drawn = columns([(2019, 4), (2021, 2)], every=2)
    assert [(c.year, c.count, c.height, c.labelled) for c in drawn] == [
        (2019, 4, 100, False),
        (2020, 0, 0, True),
        (2021, 2, 50, False),
    ]
    assert columns([]) == []


@pytest.mark.django_db
def test_numbers_count_phase_status_country_and_antigen() -> None:
    make_trial(
        conditions=["lbcl"],
        phases=["PHASE1", "PHASE2"],
        targets=["CD19", "CD20"],
        sites=[site("A"), site(*ABROAD)],
    )
    make_trial(
        conditions=["aml"], phases=["PHASE1"], targets=["CD19"], status=Status.UNKNOWN, sites=[site(*ABROAD)]
    )
    make_trial(conditions=["lupus"], sites=[site("A")])
    found = numbers(Disease.CANCER)
    assert found.total == 2
    assert told(found.phase) == [("Phase 1", 2, 1), ("Phase 2", 1, 1)]
    assert told(found.status) == [("Recruiting", 1, 1), ("Status not known", 1, 0)]
    assert told(found.country) == [("India", 1, 1), ("United States", 2, 1)]
    assert told(found.antigen) == [("CD19", 2, 1), ("CD20", 1, 1)]
    assert [(bar.label, bar.count) for bar in found.place] == [
        ("Open in India now", 1),
        ("With a site in India, open or not", 1),
        ("Open anywhere, says the registry", 1),
        ("Listed, open or not", 2),
    ]


@pytest.mark.django_db
def test_what_is_not_stated_is_a_bar_of_its_own() -> None:
    make_trial(conditions=["lbcl"], countries=[])
    found = numbers(Disease.CANCER)
    assert told(found.phase) == [("Phase not stated", 1, 0)]
    assert told(found.country) == [("Country not stated", 1, 0)]
    assert found.without_year == 1


@pytest.mark.django_db
def test_year_of_a_trial_is_the_earliest_its_registrations_state() -> None:
    trial = make_trial(conditions=["lbcl"], details={"start": "2024-05"})
    make_trial(conditions=["lbcl"], registry=Registry.CTRI, trial=trial, details={"start": "2023"})
    make_trial(conditions=["lbcl"], details={"start": "nonsense"})
    found = numbers(Disease.ALL)
    assert [(column.year, column.count) for column in found.years] == [(2023, 1)]
    assert found.without_year == 1


@pytest.mark.django_db
@pytest.mark.parametrize("disease", list(Disease))
def test_bars_count_what_their_lists_show(client: Client, disease: Disease) -> None:
    make_trial(conditions=["lbcl"], phases=["PHASE1"], targets=["CD19"], sites=[site("A")])
    make_trial(conditions=["lupus"], phases=["PHASE2"], targets=["BCMA"], sites=[site(*ABROAD)])
    found = numbers(disease)
    for chart in (found.place, found.status, found.phase, found.antigen):
        for bar in chart:
            assert not bar.link or client.get(bar.link).context["total"] == bar.count


@pytest.mark.django_db
def test_unknown_group_is_a_400_that_names_it(client: Client) -> None:
    page = client.get("/numbers/?disease=x")
    assert (page.status_code, page.context["parameter"]) == (400, "disease")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/numbers/", "/hi/numbers/?disease=all"])
def test_empty_catalogue_has_its_charts_too(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_numbers_ask_little(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(12):
        make_trial(conditions=["lbcl"], targets=["CD19"], details={"start": "2024"}, sites=[site("A")])
    with django_assert_num_queries(MADE + 2):
        client.get("/numbers/")
