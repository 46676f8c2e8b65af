"""What a trial asks for besides the facets: an antigen, a weight, working organs. Never guessed."""

import pytest

from importers.classify.eligibility import Stated
from tests.importers.eligibility_criteria import told
from trials.choices import Demand, Limit

AIMS = "CD22 and CD19 CAR T cells"


def asked(demand: Demand, inclusion: str = "Adults", exclusion: str = "Fever") -> tuple[str, str] | None:
    try:
        found = told(demand, inclusion, exclusion, title=AIMS)
    except KeyError:
        return None
    assert found.quote in (inclusion, exclusion)
    return found.value, found.limit


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("Blasts must be positive for CD22", ("CD22", "")),
        ("CD19+ lymphoma", ("CD19", "")),
        ("Expression of CD19 and CD22 on the tumour", ("CD19, CD22", "")),
        ("If treated with inotuzumab, CD22-positive disease afterwards", ("CD22", Limit.CONDITION)),
        ("CD20-positive lymphoma", None),
        ("CD22-negative relapse", None),
        ("Lymphoma without CD19 expression", None),
        ("Any lymphoma, regardless of CD19 expression", None),
        ("CD22 expression will be evaluated on all samples", None),
    ],
)
def test_antigen_that_the_cancer_must_carry(criterion: str, expected: tuple[str, str] | None) -> None:
    assert asked(Demand.ANTIGEN, criterion) == expected


def test_antigen_of_those_who_cannot_join_is_not_asked_for() -> None:
    assert asked(Demand.ANTIGEN, exclusion="CD22 positive cells in the marrow only") is None


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("Weight at least 12 kg", ("12", Limit.AT_LEAST)),
        ("Body weight of \u2265 7.5 kg", ("7.5", Limit.AT_LEAST)),
        ("Body weight > 40.0 kg", ("40", "")),
        ("Men must weigh at least 50 kg and women must weigh at least 45 kg", None),
        ("Lost a weight of more than 5 kg", None),
        ("Weight below 120 kg", None),
    ],
)
def test_lowest_weight(criterion: str, expected: tuple[str, str] | None) -> None:
    assert asked(Demand.WEIGHT, criterion) == expected


def test_too_light_to_join_is_a_lowest_weight() -> None:
    assert asked(Demand.WEIGHT, exclusion="Weight less than 9 kg") == ("9", Limit.AT_LEAST)
    assert asked(Demand.WEIGHT, exclusion="Weight \u2264 9 kg") == ("9", "")
    assert asked(Demand.WEIGHT, exclusion="Weight more than 120 kg") is None


@pytest.mark.parametrize(
    ("criterion", "is_asked"),
    [
        ("Adequate liver and kidney function", True),
        ("Ejection fraction of 45 % or more", True),
        ("Glycated haemoglobin up to 7 %", False),
        ("EGFR mutation in exon 20", False),
        ("Adequate contraception", False),
    ],
)
def test_of_organs_only_that_there_are_limits(criterion: str, is_asked: bool) -> None:
    assert asked(Demand.ORGANS, criterion) == (("stated", "") if is_asked else None)


def test_nothing_is_asked_by_an_empty_record() -> None:
    assert [asked(demand, "", "") for demand in Demand] == [None, None, None]


def test_a_demand_is_quoted_as_written() -> None:
    assert told(Demand.WEIGHT, "* Weight \\>=12 kg", "Fever") == Stated(
        "12", "Weight \\>=12 kg", Limit.AT_LEAST
    )
