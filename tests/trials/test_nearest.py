import pytest
from django.http import QueryDict

from tests.builders import make_trial, site, trial_row
from trials.search.facets import facets
from trials.search.nearest import NearestOpen, nearest_open
from trials.search.search import Search

pytestmark = pytest.mark.django_db


def nearest(query: str) -> NearestOpen | None:
    search = Search.from_query(QueryDict(query))
    return nearest_open(search, facets(search).open_cities)


def test_nearest_open_looks_past_the_place_filters_alone() -> None:
    trial_row(conditions=["aml"], open_cities=["pune"], recruiting_in_india=True)
    trial_row(conditions=["aml"], open_cities=["chennai", "pune"], recruiting_in_india=True)
    trial_row(conditions=["lbcl"], open_cities=["mumbai"], recruiting_in_india=True)
    found = nearest("city=mumbai&condition=aml&recruiting=india")
    assert found is not None
    assert (found.middle.written, found.city.slug, found.trials, round(found.km, -1)) == (
        "Mumbai",
        "pune",
        2,
        120,
    )


@pytest.mark.parametrize(
    "query", ["near=400012&within=9", "state=maharashtra", "site=tata-memorial-hospital-mumbai"]
)
def test_nearest_open_counts_from_any_kind_of_place(query: str) -> None:
    make_trial(conditions=["aml"], sites=[site("Tata Memorial Hospital", status="COMPLETED")])
    trial_row(open_cities=["chennai", "pune"], recruiting_in_india=True)
    found = nearest(query)
    assert found is not None
    assert (found.middle.written, found.city.slug) == ("400012" if "near" in query else "Mumbai", "pune")


@pytest.mark.parametrize("query", ["", "q=x", "state=kerala", "city=mumbai", "near=400012&within=50"])
def test_nearest_open_is_nothing_without_a_place_or_an_open_site(query: str) -> None:
    trial_row(cities=["pune"])
    assert nearest(query) is None
