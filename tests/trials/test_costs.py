"""Who pays: sentences that say so, and those that only speak of money."""

import pytest

from tests.builders import record
from trials.explain.costs import ITEMS, costs
from trials.explain.excerpts import passages


def stated(sentence: str) -> list[str]:
    found = costs(passages(record(summary=f"Words before. {sentence} Words after.")))
    assert all(quote.text == sentence for cost in found for quote in cost.quotes)
    return [cost.item for cost in found if cost.quotes]


@pytest.mark.parametrize(
    ("sentence", "items"),
    [
        ("The CAR T cells are provided free of charge.", ["treatment"]),
        ("This study does not cover the cost of treatment.", ["treatment"]),
        ("Hospitalization costs will be borne by the sponsor.", ["hospital"]),
        ("All tests done for the study are free of cost.", ["tests"]),
        ("Travel expenses are reimbursed.", ["travel"]),
        ("The sponsor will pay for travel and accommodation.", ["travel"]),
        ("Patients must be able to bear the cost of hospitalization.", ["hospital"]),
        ("CAR T cells are given at no cost; patients pay for scans.", ["treatment", "tests"]),
    ],
)
def test_who_pays_is_stated_with_its_sentence(sentence: str, items: list[str]) -> None:
    assert stated(sentence) == items


@pytest.mark.parametrize(
    "sentence",
    [
        "The cost of auto-CAR-T cells is not affordable for most patients.",
        "Cost-effectiveness of the treatment is analysed.",
        "A chemotherapy-free treatment strategy is needed.",
        "The receptor competes for free IL-4 of the cell.",
        "The drug has been reimbursed in Portugal since 2019.",
        "Treatment of patients costs 50 billion a year, paid by society.",
        "Donor cells can save time and reduce costs.",
        "Patients need health insurance.",
        "Patients who travel abroad during treatment.",
        "Participants are free of infection.",
    ],
)
def test_talk_of_money_states_nothing(sentence: str) -> None:
    assert stated(sentence) == []


def test_every_item_is_told_of_an_empty_record() -> None:
    assert [(cost.item, list(cost.quotes)) for cost in costs([])] == [(item, []) for item in ITEMS]
