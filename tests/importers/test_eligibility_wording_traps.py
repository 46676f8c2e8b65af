"""Wordings whose direction is easily taken for the other: double denials, headings, forms, second halves."""

import pytest

from tests.importers.eligibility_criteria import NOTHING_ELSE, joins, leaves, told


@pytest.mark.parametrize(
    ("facet", "value", "criterion"),
    [
        ("prior_car_t", "allowed", "Relapse after CAR T-cell therapy or not eligible for it"),
        ("prior_car_t", "allowed", "Having received CAR-T or T cell engagers does not preclude entry"),
        ("prior_car_t", "allowed", "People who have had CAR T before can also take part"),
        ("prior_car_t", "allowed", "Prior CAR-T permitted, prior allogeneic SCT not permitted"),
        ("prior_allo_sct", "excluded", "Prior CAR-T permitted, prior allogeneic SCT not permitted"),
        ("prior_car_t", "allowed", "Documented failure of at least three lines, incl. CAR-T"),
        ("prior_car_t", "not_stated", "CAR-T is given as the first cell therapy"),
        ("prior_allo_sct", "allowed", "Post allo-SCT relapse or ineligible for SCT"),
        ("prior_allo_sct", "allowed", "Patients who relapsed post-transplant must be 100 days out"),
        ("prior_car_t", "excluded", "Prior CAR-T therapy: none"),
        ("prior_car_t", "excluded", "No CAR-T before"),
        ("prior_same_target", "excluded", "CD19-naive patients only"),
        ("pregnancy", "excluded", "Pregnant women are ineligible"),
        ("pregnancy", "excluded", "UPT negative"),
        ("hepatitis_b_c", "allowed", "Hepatitis B patients must receive antiviral drugs"),
    ],
)
def test_wordings_among_the_criteria_for_joining(facet: str, value: str, criterion: str) -> None:
    assert joins(facet, criterion, title="CD19 CAR-T") == value


@pytest.mark.parametrize(
    ("facet", "value", "criterion"),
    [
        ("prior_car_t", "excluded", "Any CAR-T"),
        ("prior_car_t", "excluded", "H/O CAR T therapy"),
        ("prior_car_t", "excluded", "CAR-T received earlier"),
        ("prior_car_t", "allowed", "CAR-T in the last 3 months"),
        ("prior_car_t", "not_stated", "Previous cell therapies targeting DLL3"),
        ("prior_same_target", "excluded", "CD19 therapy in the past"),
        ("prior_allo_sct", "allowed", "Donor transplant in the last 100 days"),
        ("cns_disease", "excluded", "Nobody with CNS 3 disease can be enrolled"),
        ("hiv", "excluded", "HIV patients with CD4 count below 200"),
        ("hiv", "allowed", "A positive test for HIV does not bar entry"),
        (
            "hiv",
            "excluded",
            "HIV-positive subjects, with the exception of those with undetectable viral load",
        ),
        (
            "hepatitis_b_c",
            "excluded",
            "Hepatitis B or hepatitis C, history of treated hepatitis C is allowed",
        ),
        ("hepatitis_b_c", "allowed", "If hepatitis C is present it must be cured"),
        ("hiv", "excluded", "HBV, HCV (unless RNA-negative), HIV"),
        ("autoimmune_active", "excluded", "Active lupus or similar immune diseases"),
    ],
)
def test_wordings_among_the_exclusions(facet: str, value: str, criterion: str) -> None:
    assert leaves(facet, criterion, title="CD19 CAR-T") == value


def test_heading_says_what_is_no_reason_for_exclusion() -> None:
    text = "1. The following are NOT reasons for exclusion:\n   a. prior allogeneic transplant"
    assert told("prior_allo_sct", text, NOTHING_ELSE).value == "allowed"


def test_heading_in_the_middle_of_a_line_parts_the_criteria() -> None:
    text = "Inclusion Criteria: DLBCL; ECOG 0-1. Exclusion Criteria: prior radiotherapy; CNS lymphoma."
    assert told("cns_disease", whole=text).value == "excluded"


@pytest.mark.parametrize(
    ("worst", "criteria"),
    [
        ("3", "* ECOG 0-2; ECOG 3 is acceptable if due to bone pain"),
        ("1", "* ECOG 0-1\n* ECOG 2 is allowed in cohort B"),
        ("1", "* ECOG 0-1\n* ECOG 2 at relapse"),
    ],
)
def test_worse_status_let_in_later(worst: str, criteria: str) -> None:
    assert told("ecog_max", criteria, NOTHING_ELSE).value == worst


@pytest.mark.parametrize(
    ("fewest", "criterion"),
    [
        ("2", "- >= 2 lines"),
        ("2", "They had 2 or more therapies"),
        ("2", "DLBCL post 2 lines"),
        ("2", "Lines of therapy >= 2"),
        ("1", "Not more than 3 prior lines of therapy and not fewer than 1"),
    ],
)
def test_fewest_lines_in_other_words(fewest: str, criterion: str) -> None:
    assert told("min_prior_lines", criterion, NOTHING_ELSE).value == fewest
