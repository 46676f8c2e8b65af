"""A card of the list: badge, place, and why it is here."""

import pytest
from django.http import QueryDict

from tests.builders import make_trial, site, trial_row
from trials.choices import Status
from trials.models import Trial
from trials.search.search import Search
from trials.views.results.cards import Card, cards

pytestmark = pytest.mark.django_db


def card(query: str, trial: Trial) -> Card:
    return cards(Search.from_query(QueryDict(query)), [trial])[0]


def why(query: str, trial: Trial) -> list[str]:
    return list(card(query, trial).reasons)


@pytest.mark.parametrize(
    ("asked", "labels", "reason"),
    [
        ("b-all", ["b-all"], "The trial is for B-cell acute lymphoblastic leukaemia (B-ALL)."),
        (
            "lbcl",
            ["b-nhl"],
            "The trial is for a wider group, B-cell non-Hodgkin lymphoma. "
            "Ask whether it takes Large B-cell lymphoma (DLBCL).",
        ),
        (
            "b-nhl",
            ["lbcl"],
            "The trial is for a type of B-cell non-Hodgkin lymphoma: Large B-cell lymphoma (DLBCL).",
        ),
    ],
)
def test_condition_answers_by_its_own_label_or_a_wider_or_narrower_one(
    asked: str, labels: list[str], reason: str
) -> None:
    assert why(f"condition={asked}", trial_row(conditions=labels)) == [reason]


def test_every_filter_asked_for_is_accounted_for() -> None:
    sites = [site("A", "Mumbai"), site("B", "Pune", status=Status.COMPLETED)]
    trial = make_trial(title="A trial of CD19", phases=["PHASE1"], targets=["CD19"], sites=sites)
    query = "phase=PHASE1&phase=PHASE2&city=mumbai&city=pune&age=7&age_group=child&recruiting=anywhere&q=CD19"
    assert why(query, trial) == [
        "Phase 1, according to the registry.",
        "Mumbai: a site there is recruiting.",
        "Pune: a site there is not known to be recruiting.",
        "The CAR T cells look for CD19.",
        "Age 7 fits the trial's ages: No age limit stated.",
        "Child (under 18): fits the trial's ages: No age limit stated.",
        "The trial is recruiting.",
    ]


def test_place_asked_for_is_the_place_told() -> None:
    trial = make_trial(sites=[site("A", "Mumbai"), site("B", "Pune")])
    door = card("city=pune", trial).door
    assert door is not None
    assert (door.name, door.city, door.km, door.others) == ("B", "pune", None, 1)


def test_city_in_the_words_is_a_place_to_be_near_to() -> None:
    trial = make_trial(sites=[site("A", "Mumbai"), site("B", "Pune")])
    door = card("q=Patna", trial).door
    assert door is not None
    assert (door.name, door.city, door.km, door.others) == ("B", "pune", 1403, 1)


@pytest.mark.parametrize(("words", "where"), [("zebra", "title"), ("giraffe", "record")])
def test_words_say_where_they_were_found(words: str, where: str) -> None:
    trial = trial_row(title="The Zebra trial", summary="With a giraffe.")
    assert why(f"q={words}", trial) == [f"Your words are in its {where}: {words}"]


def test_nothing_asked_needs_no_reason() -> None:
    assert why("", trial_row(conditions=["lbcl"])) == []


def test_trial_that_recruits_abroad_alone_is_not_badged_as_open_here() -> None:
    sites = [site("A", status=Status.COMPLETED), site("B", "Houston", "Texas", "United States")]
    told = card("", make_trial(sites=sites))
    assert (told.sure.abroad, told.sure.is_open, told.section) == (True, False, "india")
