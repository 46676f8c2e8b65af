"""Facets are compared with what a person gets who really clicks, over small random catalogues."""

from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from importers.registries.slugs import Registry
from tests.builders import trial_row
from tests.snapshots import MADE
from trials.choices import CellSource, Phase, Sex, Status
from trials.models import Site
from trials.search.facets import count, facets
from trials.search.search import Search

pytestmark = pytest.mark.django_db

CITIES = {"mumbai": "maharashtra", "pune": "maharashtra", "chennai": "tamil-nadu"}
VALUES = {
    "condition": ["aml", "lbcl", "lupus"],
    "phase": Phase.values[:3],
    "target": ["CD19", "BCMA"],
    "cell_source": CellSource.values,
    "registry": [str(registry) for registry in Registry],
    "state": ["maharashtra", "tamil-nadu"],
    "city": list(CITIES),
    "site": ["h-mumbai", "h-pune", "h-chennai"],
    "recruiting": ["india", "anywhere"],
    "sex": ["female", "male"],
    "sponsor": ["Cell Trust", "Cell Trust India"],
    "investigator": ["Asha Rao", "Rao"],
    "lines": ["1", "3"],
    "ecog": ["2"],
    "hiv": ["ok"],
    "stated": ["hiv", "ecog_max"],
    "disease": ["cancer", "other", "all"],
}


def some(values: list[str], largest: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=largest)


@st.composite
def trial_columns(draw: st.DrawFn) -> dict[str, Any]:
    cities = draw(some(list(CITIES)))
    open_cities = cities[: draw(st.integers(0, len(cities)))]
    conditions = draw(some(VALUES["condition"]))
    return {
        "conditions": conditions,
        "other_disease_only": conditions == ["lupus"],
        "phases": draw(some(VALUES["phase"])),
        "targets": draw(some(VALUES["target"])),
        "registries": draw(some(VALUES["registry"])),
        "cell_source": draw(st.sampled_from(CellSource.values)),
        "status": draw(st.sampled_from([Status.RECRUITING, Status.UNKNOWN])),
        "published": draw(st.integers(0, 5)) > 0,
        "recruiting_in_india": bool(open_cities),
        "title": draw(st.sampled_from(["zebra", "okapi"])),
        "sex": draw(st.sampled_from(["", *Sex.values])),
        "sponsor": draw(st.sampled_from(["", "Cell Trust", "Cell Trust India"])),
        "investigators": draw(st.sampled_from(["", "Asha Rao", "Rao Asha\nRavi_%", "Rao"])),
        "min_prior_lines": draw(st.sampled_from([None, 2])),
        "ecog_max": draw(st.sampled_from([None, 1])),
        **{name: draw(some(VALUES["stated"])) for name in ("stated", "barred", "limited")},
        "min_age_years": draw(st.sampled_from([None, 18])),
        **{
            prefix + name: column
            for prefix, some_cities in (("", cities), ("open_", open_cities))
            for name, column in places(some_cities).items()
        },
    }


def places(cities: list[str]) -> dict[str, list[str]]:
    states = sorted({CITIES[city] for city in cities})
    return {"cities": cities, "states": states, "hospitals": [f"h-{city}" for city in cities]}


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=2) for name, values in VALUES.items()
    }
    | {
        "age": st.just(["8"]),
        "near": st.just(["400012"]),
        "within": st.just(["300"]),
        "q": st.sampled_from([["zebra"], ["AML zebra in Pune"]]),
    },
)


def answers(query: dict[str, list[str]]) -> int:
    return Search.from_query(query_dict(query)).results().count()


def link_dropping(search: Search, name: str) -> dict[str, list[str]]:
    """What a link that drops a filter changes."""
    if name.startswith("q_"):
        return {"q": [search.q_without(name)]}
    return {name: ["all"] if name == "disease" else []}


def query_dict(query: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in query.items():
        data.setlist(name, values)
    return data


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(trial_columns(), max_size=12), QUERIES)
def test_facets_are_what_clicking_gives(catalogue: list[dict[str, Any]], query: dict[str, list[str]]) -> None:
    with transaction.atomic():
        for city in CITIES:
            Site.objects.create(slug=f"h-{city}", hospital="H", city=city)
        for columns in catalogue:
            trial_row(**columns)
        search = Search.from_query(query_dict(query))
        counted = facets(search)
        assert counted.total == answers(query)
        for name, values in VALUES.items():
            if name in (
                "sponsor",
                "investigator",
            ):  # a name that no trial has is no suggestion, though it may be part of one
                values = list(counted.counts[name])
            clicked = {value: answers(query | {name: [value]}) for value in values}
            assert {value: counted.counts[name].get(value, 0) for value in values} == clicked
        for name in search.filters:
            assert counted.without[name] == answers(query | link_dropping(search, name))
        transaction.set_rollback(True)


def test_facets_ask_for_the_version_of_the_data(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    trial_row(conditions=["lbcl"])
    search = Search.from_query(
        QueryDict("q=x&condition=lbcl&state=kerala&recruiting=india&age=3&near=Pune&within=5")
    )
    with django_assert_num_queries(MADE + 1):
        facets(search)


def test_sponsors_of_most_trials_are_suggested_in_one_spelling() -> None:
    for name in ("Cell Trust", "CELL TRUST", "Cell Trust India", "Zénith", ""):
        trial_row(sponsor=name)
    assert facets(Search()).counts["sponsor"] == {"CELL TRUST": 3, "Cell Trust India": 1, "Zénith": 1}


def test_searches_after_the_first_are_counted_only_where_it_finds_nothing() -> None:
    trial_row(conditions=["aml"])
    search = Search.from_query(QueryDict("condition=aml&sex=female&q=zebra"))
    wider = search.dropping("q_text")
    assert [found.total for found in count([search, wider])] == [0, 1]
    assert [found.total for found in count([wider, search.dropping("sex")])] == [1, 0]
