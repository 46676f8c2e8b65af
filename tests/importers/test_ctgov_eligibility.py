import pytest

from importers.registries.ctgov.eligibility import split
from tests.growth import grows_with

WHOLE = ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion Criteria:\n\n* A\n\nExclusion Criteria:\n\n* B",
        "INCLUSION CRITERIA\n* A\nEXCLUSION CRITERIA\n* B",
        "**Inclusion criteria:**\n* A\n**Exclusion criteria:**\n* B",
        "* Inclusion Criteria:\n* A\n* Exclusion Criteria :\n* B",
        "1. Inclusion criteria\n* A\n2. Exclusion criteria.\n* B",
        "Inclusion:\n* A\nExclusion:\n* B",
        "Criteria for inclusion:\n* A\nNon-inclusion criteria:\n* B",
        "Inclusion criteria：\n* A\nExclusion criteria：\n* B",
        "Exclusion Criteria:\n* B\nInclusion Criteria:\n* A",
        "Inclusion Criteria:\r\n* A\r\nExclusion Criteria:\r\n* B\r\n",
    ],
)
def test_headings_are_known_in_many_spellings(text: str) -> None:
    assert split(text) == ("* A", "* B")


def test_headings_that_say_more_stay() -> None:
    text = (
        "Key Inclusion Criteria:\n* A\nKey Exclusion Criteria (all cohorts):\n* B\nExclusion criteria: none"
    )
    assert split(text) == (
        "Key Inclusion Criteria:\n* A",
        "Key Exclusion Criteria (all cohorts):\n* B\nExclusion criteria: none",
    )


def test_cohorts_that_name_themselves_are_regrouped() -> None:
    text = (
        "Inclusion criteria for cohort 1:\n* A\nExclusion criteria for cohort 1:\n* B\n"
        "Inclusion criteria for cohort 2:\n* C"
    )
    assert split(text) == (
        "Inclusion criteria for cohort 1:\n* A\nInclusion criteria for cohort 2:\n* C",
        "Exclusion criteria for cohort 1:\n* B",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "* A\n* B",
        "Inclusion Criteria:\n* A",
        "Inclusion Criteria:\n\nExclusion Criteria:\n* B",
        "Patients must be adults.\nInclusion Criteria:\n* A\nExclusion Criteria:\n* B",
        "Cohort 1\nInclusion Criteria:\n* A\nExclusion Criteria:\n* B",
        "Inclusion Criteria:\n* A\nExclusion Criteria:\n* B\nInclusion Criteria:\n* C",
        "Inclusion Criteria:\n* A\nPatients are excluded if they have:\n* X\nExclusion Criteria:\n* B",
        "Inclusion Criteria:\n* A\nDisease-specific exclusions\n* X\nExclusion Criteria:\n* B",
        "Inclusion Criteria: A. Exclusion Criteria: B.",
        "Inclusion Criteria:\n* A\nInclusion and exclusion criteria:\n* X\nExclusion Criteria:\n* B",
        "Inclusion Criteria:\n* A\nExclusion Criteria:\n* B\nAdults are eligible for inclusion:\n* C",
        "Inclusion Criteria:\n* A\nExclusion Criteria:\n* B\nEligibility Criteria for Enrollment\n* C",
    ],
)
def test_text_stays_whole_where_the_split_is_not_certain(text: str) -> None:
    assert split(text) == WHOLE


def test_criteria_that_mention_exclusion_are_no_headings() -> None:
    text = (
        "Inclusion Criteria:\n* Pregnancy is no exclusion criterion\n\nExclusion Criteria:\n"
        "* Inclusion in another trial\nOther protocol-defined inclusion/exclusion criteria may apply"
    )
    assert split(text) == (
        "* Pregnancy is no exclusion criterion",
        "* Inclusion in another trial\nOther protocol-defined inclusion/exclusion criteria may apply",
    )


@pytest.mark.parametrize("piece", ["1. ", "inclusion/exclusion ", "a ", "*"])
def test_time_grows_with_a_hostile_line_and_no_faster(piece: str) -> None:
    assert grows_with(lambda line: split(f"Inclusion Criteria:\n{line}\nExclusion Criteria:\n{line}"), piece)
