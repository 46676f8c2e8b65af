"""Limits of key eligibility in people's words, and where they are shown."""

import pytest
from django.utils.translation import override

from tests.builders import make_trial
from trials.catalogue.labels import label
from trials.explain.key_eligibility import key_points
from trials.explain.key_limits import can_join, cannot_join
from trials.models import Registration
from trials.record import StoredFacet
from trials.views.trial.eligibility import chips


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("", "cannot join"),
        ("active only", "cannot join while it is active"),
        ("symptomatic only; untreated only", "cannot join with symptoms or if it is untreated"),
        ("with exceptions", "cannot join except in some cases"),
        ("within 2 years", "cannot join within 2 years"),
        (
            "hepatitis B: active only; hepatitis C: not mentioned",
            "hepatitis B: cannot join while it is active; hepatitis C: not mentioned",
        ),
        ("hepatitis C: active only", "hepatitis B: cannot join; hepatitis C: cannot join while it is active"),
        ("something new", "cannot join something new"),
    ],
)
def test_bars(limit: str, words: str) -> None:
    assert cannot_join(limit) == words


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("", "can join"),
        ("within 1 months", "can join, but not within 1 month"),
        ("within 100 days", "can join, but not within 100 days"),
        ("on a condition; with exceptions", "can join, but not in some cases"),
    ],
)
def test_permissions(limit: str, words: str) -> None:
    assert can_join(limit) == words


def test_words_in_hindi() -> None:
    with override("hi"):
        assert can_join("within 3 months") == "शामिल हो सकते हैं, पर 3 महीने के भीतर नहीं"
        assert cannot_join("with exceptions") == "कुछ मामलों को छोड़कर शामिल नहीं हो सकते"


def test_numbers_keep_their_direction_on_every_page() -> None:
    told: dict[str, StoredFacet] = {
        "min_prior_lines": {"value": "2", "quote": "q"},
        "ecog_max": {"value": "1", "quote": "q"},
    }
    assert [point.words for point in key_points(told) if point.is_stated] == ["at least 2", "0 to 1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "limit", "answer"),
    [
        ("excluded", "", "cannot"),
        ("excluded", "active only", "limited"),
        ("allowed", "", "can"),
        ("allowed", "within 3 months", "limited"),
    ],
)
def test_only_what_holds_for_everybody_is_a_plain_answer(value: str, limit: str, answer: str) -> None:
    told = {"value": value, "quote": "As written.", "limit": limit}
    trial = make_trial("NCT00000001", eligibility={"hiv": told})
    found = {chip.name: chip for chip in chips(trial, list(trial.registrations.all()))}
    assert found["HIV"].answer == answer


@pytest.mark.parametrize(("quote", "limit"), [("Active HIV", "active only"), ("Another sentence", None)])
def test_a_person_who_confirms_the_rules_keeps_the_limit(quote: str, limit: str | None) -> None:
    ruled = {"value": "excluded", "quote": "Active HIV", "limit": "active only"}
    said = {"value": "excluded", "quote": quote}
    registration = Registration(eligibility={"hiv": ruled}, corrected={"eligibility": {"hiv": said}})
    assert label(registration, "eligibility")["hiv"].get("limit") == limit
