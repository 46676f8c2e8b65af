"""Key eligibility as the trial's page shows it."""

from typing import Any

import pytest
from django.test import Client

from importers.registries.slugs import Registry
from tests.builders import make_trial
from trials.choices import Demand, Facet
from trials.models import LabelCorrection, Registration
from trials.views.trial.eligibility import FacetAnswer, chips

pytestmark = pytest.mark.django_db
CTRI_ID = "CTRI/2023/03/050689"


def told(value: str, quote: str = "As written.") -> dict[str, str]:
    return {"value": value, "quote": quote}


def chips_of(**columns: Any) -> dict[str, FacetAnswer]:
    trial = make_trial("NCT00000001", **columns)
    return {chip.name: chip for chip in chips(trial, list(trial.registrations.all()))}


@pytest.mark.parametrize(
    ("value", "answer", "words"),
    [
        ("allowed", "can", "can join"),
        ("excluded", "cannot", "cannot join"),
        ("not_stated", "ask", "Not stated: ask"),
        ("", "ask", "Not stated: ask"),
    ],
)
def test_facet_has_its_answer(value: str, answer: str, words: str) -> None:
    chip = chips_of(eligibility={"hiv": told(value)})["HIV"]
    assert (chip.answer, chip.words) == (answer, words)


def test_answer_carries_its_sentence() -> None:
    said = chips_of(eligibility={"hiv": told("excluded", "1. HIV \\[active\\]")})["HIV"].statements
    assert [(one.source, one.quote) for one in said] == [("NCT00000001", "HIV [active]")]


@pytest.mark.parametrize(
    ("facet", "value", "words"),
    [("ecog_max", "2", "0 to 2"), ("ecog_max", "0", "0"), ("min_prior_lines", "3", "at least 3")],
)
def test_numbers_are_told_as_such(facet: str, value: str, words: str) -> None:
    chip = chips_of(eligibility={facet: told(value)})[str(Facet(facet).label)]
    assert (chip.answer, chip.words) == ("number", words)


def test_every_facet_is_told_also_where_nothing_is_stated() -> None:
    names = [chip.name for chip in chips_of().values() if chip.answer == "ask"]
    assert names == ["Adults (18 and older)", "Children (under 18)", *(str(label) for label in Facet.labels)]


@pytest.mark.parametrize(
    ("lowest", "highest", "adults", "children"),
    [
        (None, None, "ask", "ask"),
        (18, None, "can", "cannot"),
        (18, 70, "can", "cannot"),
        (12, 70, "can", "can"),
        (1, 17, "cannot", "can"),
        (None, 17, "cannot", "can"),
        (None, 70, "can", "ask"),
        (60, None, "can", "cannot"),
    ],
)
def test_adults_and_children_by_age(
    lowest: float | None, highest: float | None, adults: str, children: str
) -> None:
    ages = list(chips_of(min_age_years=lowest, max_age_years=highest).values())
    found = {chip.name: chip.answer for chip in ages if "18" in chip.name}
    assert found == {"Adults (18 and older)": adults, "Children (under 18)": children}


def test_registries_that_contradict_each_other_leave_it_to_the_hospital() -> None:
    trial = make_trial("NCT00000001", eligibility={"hiv": told("allowed", "May join.")})
    make_trial(
        CTRI_ID, registry=Registry.CTRI, trial=trial, eligibility={"hiv": told("excluded", "May not.")}
    )
    found = chips(trial, list(trial.registrations.order_by("registry_id")))
    chip = next(chip for chip in found if chip.name == "HIV")
    assert (chip.answer, chip.words, [one.quote for one in chip.statements]) == (
        "ask",
        "The registries do not agree: ask",
        ["May not.", "May join."],
    )


def test_decision_of_a_person_is_told_with_its_day(client: Client) -> None:
    make_trial(
        "NCT00000001",
        targets=["CD22"],
        evidence=[{"axis": "targets", "label": "CD22", "rule": "r", "field": "title", "quote": "CD22"}],
        eligibility={"hiv": told("allowed")},
        corrected={"targets": ["CD19"], "eligibility": {"hiv": told("excluded", "HIV")}},
    )
    registration = Registration.objects.get()
    for axis in ("targets", "eligibility"):
        LabelCorrection.objects.create(registration=registration, axis=axis, after=1)
    reasons = client.get("/trials/NCT00000001/").context["reasons"]
    assert [(r.axis, r.label, r.by_person, r.decided_at is not None) for r in reasons] == [
        ("targets", "CD19", True, True),
        ("eligibility", "excluded", True, True),
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [("RECRUITING", 0), ("AVAILABLE", 0), ("NOT_YET_RECRUITING", 1), ("UNKNOWN", 1), ("COMPLETED", 1)],
)
def test_trial_that_is_not_open_says_so_beside_who_can_join(client: Client, status: str, said: int) -> None:
    make_trial("NCT00000001", status=status, min_age_years=18)
    assert client.get("/trials/NCT00000001/").text.count("not known to be taking new patients") == said


@pytest.mark.parametrize(
    ("demand", "told_of_it", "answer", "words"),
    [
        (Demand.ANTIGEN, told("CD22"), "limited", "CD22"),
        (Demand.ANTIGEN, told("CD22") | {"limit": "on a condition"}, "limited", "CD22 (in some cases)"),
        (Demand.WEIGHT, told("12") | {"limit": "at least"}, "number", "at least 12 kg"),
        (Demand.WEIGHT, told("12"), "number", "more than 12 kg"),
        (Demand.ORGANS, told("stated"), "limited", "there are limits: see the text below"),
    ],
)
def test_demands_are_shown_with_their_sentence(
    demand: Demand, told_of_it: dict[str, str], answer: str, words: str
) -> None:
    chip = chips_of(eligibility={demand: told_of_it})[str(demand.label)]
    assert (chip.answer, chip.words, [one.quote for one in chip.statements]) == (
        answer,
        words,
        ["As written."],
    )


def test_records_that_ask_for_different_weights_disagree() -> None:
    trial = make_trial("NCT00000001", eligibility={Demand.WEIGHT: told("12")})
    make_trial(CTRI_ID, trial=trial, registry=Registry.CTRI, eligibility={Demand.WEIGHT: told("20")})
    found = {chip.name: chip for chip in chips(trial, list(trial.registrations.all()))}
    assert found[str(Demand.WEIGHT.label)].disagree
