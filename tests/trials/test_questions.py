"""Questions for the doctor: each rule asks where it fits, and only there."""

from typing import Any

import pytest
from django.utils import translation

from tests.builders import record
from trials.explain.questions import RULES, Facts, facts_of, questions
from trials.models import Trial


def asked(text: str = "", *, ethics_stated: bool = False, **columns: Any) -> set[str]:
    """Slugs of the questions about a trial in India with its own cells; change what matters by name."""
    columns = {"cell_source": "autologous", "countries": ["India"], "phases": ["PHASE2"]} | columns
    return {question.slug for question in questions(Facts(Trial(**columns), text, ethics_stated))}


EVERY_TRIAL = {"fails", "side-effects", "harm", "follow-up", "leaving", "not-stated", "fertility"}


def test_trial_that_states_nothing_is_asked_about_what_it_leaves_open() -> None:
    left_open = {"cost", "bridging-open", "stay", "approval", "opening", "own-cells"}
    assert asked() == EVERY_TRIAL | left_open


@pytest.mark.parametrize(
    ("slug", "hit", "miss"),
    [
        ("phase-1", {"phases": ["EARLY_PHASE1"]}, {"phases": ["PHASE3"]}),
        ("phase-1", {"phases": ["PHASE1", "PHASE2"]}, {"phases": []}),
        ("donor", {"cell_source": "allogeneic"}, {"cell_source": "not_stated"}),
        ("whose-cells", {"cell_source": "not_stated"}, {"cell_source": "autologous"}),
        ("in-vivo", {"cell_source": "in_vivo"}, {"cell_source": "allogeneic"}),
        ("bridging-open", {"cell_source": "autologous"}, {"cell_source": "allogeneic"}),
        ("place", {"recruiting_in_india": True}, {"recruiting_in_india": False}),
        ("opening", {"countries": ["India"]}, {"countries": ["China"]}),
        ("abroad", {"countries": ["China"]}, {"countries": ["China", "India"]}),
        ("far", {"open_cities": ["mumbai"]}, {"open_cities": ["a", "b", "c", "d"]}),
        ("child", {"min_age_years": 1.0}, {"min_age_years": 18.0}),
        ("child", {"min_age_years": 0.0}, {"min_age_years": None}),
        ("fertility", {"min_age_years": 18.0}, {"min_age_years": 60.0}),
        ("antigen", {"targets": ["CD19"]}, {"targets": []}),
        ("broad", {"conditions": ["b-nhl"]}, {"conditions": ["lbcl"]}),
    ],
)
def test_rule_looks_at_the_trial(slug: str, hit: dict[str, Any], miss: dict[str, Any]) -> None:
    assert (slug in asked(**hit), slug in asked(**miss)) == (True, False)


@pytest.mark.parametrize(
    ("slug", "hit", "miss"),
    [
        ("bridging", "Bridging therapy is permitted", "abridging the protocol"),
        ("stay-mentioned", "hospitalized for 14 days", "at this hospital"),
        ("cost-mentioned", "The product is free of cost", "disease-free survival"),
        ("by-lot", "Patients are randomised 1:1", "Non-randomized, open label"),
        ("fertility", "", "Sperm banking and fertility advice"),
    ],
)
def test_rule_reads_the_record(slug: str, hit: str, miss: str) -> None:
    assert (slug in asked(hit), slug in asked(miss)) == (True, False)


@pytest.mark.parametrize(("stated", "left_open"), [("bridging", "bridging-open"), ("stay-mentioned", "stay")])
def test_what_the_record_says_is_not_called_open(stated: str, left_open: str) -> None:
    assert {stated, left_open} & asked("Bridging; inpatient for 10 days") == {stated}


def test_ethics_approval_is_asked_for_where_it_is_not_stated() -> None:
    assert "approval" not in asked(ethics_stated=True)


def test_what_eligibility_leaves_open_is_named() -> None:
    names = ("prior_car_t", "cns_disease", "prior_allo_sct")
    trial = Trial(eligibility={name: {"value": "excluded", "quote": "q"} for name in names})
    (question,) = [q for q in questions(Facts(trial)) if q.slug == "not-stated"]
    assert question.text == "The record says nothing on: Hepatitis B or C. Does one of these matter for us?"


def test_facts_are_read_from_all_the_registry_writes_of_the_treatment() -> None:
    parts = {"arms": [{"description": "Bridging"}], "interventions": [{"description": None}], "design": "x"}
    assert "Bridging" in facts_of(Trial(), record(**parts)).text


def test_questions_are_asked_in_hindi() -> None:
    with translation.override("hi"):
        told = {rule.slug: str(rule.text) for rule in RULES}
    assert [slug for slug, text in told.items() if not any("ऀ" <= letter <= "ॿ" for letter in text)] == []


def test_no_question_has_two_rules_of_one_name() -> None:
    assert len({rule.slug for rule in RULES}) == len(RULES)
