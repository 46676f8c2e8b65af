from datetime import date

import pytest

from tests.builders import trial_row
from trials.choices import Status
from trials.models import Trial
from trials.models.fulltext import mentions
from trials.models.lookups import takes_age
from trials.models.trial import TrialQuerySet
from trials.search.search import Search

pytestmark = pytest.mark.django_db


def ids(trials: TrialQuerySet) -> list[str]:
    return list(trials.values_list("primary_id", flat=True))


def test_listed_leaves_out_what_is_not_published() -> None:
    trial_row("NCT00000001", published=False)
    trial_row("NCT00000002")
    assert ids(Trial.objects.listed()) == ["NCT00000002"]


def test_recruiting_takes_recruiting_alone() -> None:
    for status in Status:
        trial_row(status=status)
    assert [trial.status for trial in Search(recruiting="anywhere", disease="all").matching()] == [
        Status.RECRUITING
    ]


def test_recruiting_in_india_is_about_indian_sites_not_the_trial() -> None:
    trial_row("NCT00000001", status=Status.RECRUITING, recruiting_in_india=False)
    trial_row("NCT00000002", recruiting_in_india=True)
    assert ids(Trial.objects.recruiting_in_india()) == ["NCT00000002"]


def test_cancers_and_other_diseases_part_the_list() -> None:
    trial_row("NCT00000001", conditions=["lupus"], other_disease_only=True)
    trial_row("NCT00000002", conditions=[])
    assert ids(Search(disease="cancer").matching()) == ["NCT00000002"]
    assert ids(Search(disease="other").matching()) == ["NCT00000001"]


def test_for_condition_finds_any_of_them_by_what_the_trial_answers_to() -> None:
    trial_row("NCT00000001", conditions=["b-nhl"], answers_to=["b-nhl", "lbcl"])
    trial_row("NCT00000002", conditions=["myeloma"])
    trial_row("NCT00000003", conditions=["aml"])
    assert ids(Trial.objects.for_condition("lbcl", "myeloma").order_by("id")) == [
        "NCT00000001",
        "NCT00000002",
    ]


def test_phase_finds_a_phase_1_2_trial_by_both() -> None:
    trial_row("NCT00000001", phases=["PHASE1", "PHASE2"])
    found = [ids(Search(phase=(phase,)).matching()) for phase in ("PHASE1", "PHASE2", "PHASE3")]
    assert found == [["NCT00000001"], ["NCT00000001"], []]


def test_targeting_and_places_look_into_their_arrays() -> None:
    trial_row("NCT00000001", targets=["CD19"], states=["kerala"], cities=["kochi"], hospitals=["a-kochi"])
    trial_row("NCT00000002")
    for found in (
        Search(target=("CD19",)).matching(),
        Search(state=("kerala",)).matching(),
        Search(site=("a-kochi",)).matching(),
    ):
        assert ids(found) == ["NCT00000001"]


@pytest.mark.parametrize(
    ("lowest", "highest", "age", "taken"),
    [
        (None, None, 5, True),  # nothing stated hides nothing
        (18, None, 18, True),
        (18, None, 17, False),
        (None, 30, 30, True),  # until the 31st birthday
        (None, 30, 30.9, True),
        (None, 30, 31, False),
        (0.5, None, 0, True),  # in the first year of life
        (0.5, None, 0.25, False),
        (None, 0.5, 0.5, True),
        (None, 0.5, 0.75, False),
        (3, 25, 2.99, False),
    ],
)
def test_age_by_limits(lowest: float | None, highest: float | None, age: float, taken: bool) -> None:
    trial_row(min_age_years=lowest, max_age_years=highest)
    assert Trial.objects.filter(takes_age(age)).exists() is taken


@pytest.mark.parametrize(
    "asked", ["CTRI/2023/03/050689", "ctri/2023/03/050689", "CTRI-2023-03-050689", "nct00000001"]
)
def test_by_registry_id_any_id_in_any_case(asked: str) -> None:
    trial_row("NCT00000001", registry_ids=["NCT00000001", "CTRI/2023/03/050689"])
    trial_row("NCT00000002")
    assert ids(Trial.objects.by_registry_id(asked)) == ["NCT00000001"]


def test_default_order_india_first_then_recruiting_then_newest() -> None:
    done = Status.COMPLETED
    trial_row("NCT00000001", status=done, last_updated=None)
    trial_row("NCT00000002", status=done, last_updated=date(2026, 11, 1))
    trial_row("NCT00000003", last_updated=date(2020, 1, 1))
    trial_row("NCT00000004", status=done, countries=["India"], last_updated=date(2019, 1, 1))
    trial_row("NCT00000005", countries=["India"], recruiting_in_india=True, last_updated=date(2018, 1, 1))
    numbers = [trial_id[-1] for trial_id in ids(Trial.objects.in_default_order())]
    assert numbers == ["5", "4", "3", "2", "1"]


def test_nearest_first_by_open_cities_only() -> None:
    trial_row("NCT00000001", cities=["mumbai"], open_cities=[])
    trial_row("NCT00000002", open_cities=["delhi", "pune"])
    trial_row("NCT00000003", open_cities=["thane"])
    found = ids(Trial.objects.nearest_first(["mumbai", "thane", "pune", "delhi"]))
    assert found == ["NCT00000003", "NCT00000002", "NCT00000001"]


def test_most_relevant_first_within_the_indian_groups() -> None:
    trial_row("NCT00000001", title="x", summary="children with talicabtagene")
    trial_row("NCT00000002", title="talicabtagene in children")
    trial_row("NCT00000003", title="x", summary="children", recruiting_in_india=True)
    found = ids(Trial.objects.filter(mentions("children")).most_relevant_first("children"))
    assert found == ["NCT00000003", "NCT00000002", "NCT00000001"]
