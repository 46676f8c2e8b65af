"""Criteria one by one, key eligibility in words, and the check list made of them."""

import pytest

from trials.explain.check_list import MAX_ITEMS, CheckPoint, check_list
from trials.explain.criteria import criterion_items
from trials.explain.key_eligibility import key_points
from trials.explain.key_limits import cannot_join
from trials.models import Registration, Trial
from trials.record import StoredFacet


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("* one\n* two", ["one", "two"]),
        ("1) one\n2) two", ["one", "two"]),
        ("one\ntwo", ["one", "two"]),
        ("Inclusion Criteria:\n\n1. one\n2. two", ["one", "two"]),
        ("* one:\n  * a\n  * b\n* two", ["one: a; b", "two"]),
        ("* All of these:\n  1. one\n  2. two", ["one", "two"]),
        ("• one\n• two", ["one", "two"]),
        ("Platelets \\> 50\n\n\\-", ["Platelets > 50"]),
        ("Adults, 2.5 mg daily", ["Adults, 2.5 mg daily"]),
        ("**Key inclusion criteria**\n* one", ["one"]),
        ("", []),
    ],
)
def test_criteria_are_parted(text: str, items: list[str]) -> None:
    assert criterion_items(text) == items


@pytest.mark.parametrize(
    ("slug", "told", "words"),
    [
        ("hiv", {"value": "allowed", "quote": "q"}, "allowed"),
        ("hiv", {"value": "excluded", "quote": "q"}, "not allowed"),
        ("hiv", {"value": "not_stated"}, "not stated"),
        ("hiv", {"value": "2"}, "not stated"),
        ("hiv", {}, "not stated"),
        (
            "hiv",
            {"value": "excluded", "quote": "q", "limit": "active only"},
            "cannot join while it is active",
        ),
        ("ecog_max", {"value": "2", "quote": "q"}, "0 to 2"),
        ("ecog_max", {"value": "", "quote": ""}, "not stated"),
        ("ecog_max", {"value": "allowed", "quote": "q"}, "not stated"),
    ],
)
def test_key_eligibility_is_told_and_never_guessed(slug: str, told: StoredFacet, words: str) -> None:
    points = {point.facet.value: point for point in key_points({slug: told})}
    assert (points[slug].words, points[slug].is_stated) == (words, words != "not stated")


def registration(**details: str) -> Registration:
    return Registration(details=details)


def test_main_points_are_those_stated() -> None:
    trial = Trial(
        min_age_years=18,
        sex="FEMALE",
        eligibility={
            "hiv": {"value": "excluded", "quote": "No HIV"},
            "cns_disease": {"value": "excluded", "quote": "No brain lesions", "limit": "active only"},
            "min_prior_lines": {"value": "2", "quote": "Two lines"},
        },
    )
    assert check_list(trial, []).main == [
        CheckPoint("age", "Is the patient's age in this range: 18 years and older?"),
        CheckPoint("sex", "Is the patient female?"),
        CheckPoint(
            "cns_disease",
            "Is there cancer in the brain or the spinal cord?",
            "No brain lesions",
            cannot_join("active only"),
        ),
        CheckPoint("hiv", "Does the patient have HIV?", "No HIV"),
        CheckPoint(
            "min_prior_lines",
            "Has the patient had this many different treatments for this disease: 2?",
            "Two lines",
        ),
    ]


def test_trial_that_states_nothing_asks_nothing() -> None:
    assert check_list(Trial(sex="ALL"), [registration()]).points == []


def test_registry_text_keeps_its_sides_and_an_undivided_one_stays_so() -> None:
    listed = check_list(Trial(), [registration(), registration(inclusion="* one", exclusion="* two")])
    assert [p.question for p in listed.inclusion] == ["one"]
    assert [p.question for p in listed.exclusion] == ["two"]
    undivided = check_list(Trial(), [registration(eligibility="Adults.\nNo infection.")])
    assert [p.question for p in undivided.undivided] == ["Adults.", "No infection."]


def test_answer_stays_with_its_criterion_when_the_order_changes() -> None:
    before = check_list(Trial(), [registration(inclusion="* one\n* two")]).inclusion
    after = check_list(Trial(), [registration(inclusion="* new\n* two\n* one")]).inclusion
    assert {p.question: p.key for p in before}.items() <= {p.question: p.key for p in after}.items()


def test_endless_criteria_are_counted_not_hidden() -> None:
    listed = check_list(Trial(), [registration(exclusion="\n".join(f"* no {n}" for n in range(70)))])
    assert (len(listed.exclusion), listed.left_out) == (MAX_ITEMS, 10)
