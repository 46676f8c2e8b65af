"""What keeps a criterion from being absolute, and headings and conditions that turn it round."""

import pytest

from importers.classify.eligibility.antigens import DRUGS, HINTS, WRITTEN
from tests.importers.eligibility_criteria import NOTHING_ELSE, joins, leaves, told

HEPATITIS = "hepatitis_b_c"


def limit(facet: str, *exclusion: str, inclusion: str = "Adults") -> str:
    return told(facet, inclusion, "\n".join(exclusion)).limit


@pytest.mark.parametrize(
    ("expected", "criterion"),
    [
        ("symptomatic only", "Presence of CNS-3 disease with symptoms"),
        ("symptomatic only; untreated only", "Symptomatic or untreated brain metastases"),
        ("uncontrolled only", "CNS metastases that are not controlled"),
        ("some forms only", "CNS-3 disease"),
        ("", "CNS involvement"),
        ("", "History of or active CNS involvement"),
        ("", "Symptomatic or asymptomatic brain metastases"),
    ],
)
def test_bar_on_some_disease_of_the_brain_is_a_limit(expected: str, criterion: str) -> None:
    found = told("cns_disease", "Adults", criterion)
    assert (found.value, found.limit) == ("excluded", expected)


@pytest.mark.parametrize(
    ("expected", "criterion"),
    [
        ("active only", "Active autoimmune disease"),
        ("", "Active or prior documented autoimmune or inflammatory disorders"),
        ("needing treatment only", "Autoimmune disease requiring systemic treatment"),
        ("within 2 years", "Autoimmune disease within the past 2 years"),
        ("with exceptions", "Autoimmune disease, except vitiligo"),
    ],
)
def test_bar_on_some_autoimmune_disease_is_a_limit(expected: str, criterion: str) -> None:
    assert limit("autoimmune_active", criterion) == expected


@pytest.mark.parametrize(
    ("expected", "criterion"),
    [
        ("active only", "Active HIV, hepatitis B or hepatitis C"),
        ("uncontrolled only", "HIV infection that is not well controlled"),
        ("", "Active tuberculosis, HIV infection"),
        ("", "HIV infection, active hepatitis B"),
        ("", "HIV antibody positive, HBV DNA detectable"),
    ],
)
def test_limit_of_another_infection_is_none_of_hiv(expected: str, criterion: str) -> None:
    assert limit("hiv", criterion) == expected


@pytest.mark.parametrize(
    ("expected", "criteria"),
    [
        ("hepatitis B: active only; hepatitis C: not mentioned", ["Active hepatitis B infection"]),
        ("hepatitis C: not mentioned", ["HBsAg positive"]),
        ("hepatitis B: not mentioned", ["Hepatitis C infection"]),
        ("hepatitis C: active only", ["HBsAg positive", "Active hepatitis C"]),
        (
            "hepatitis C: detectable only",
            ["HBsAg positive; hepatitis C antibody positive with detectable RNA"],
        ),
        ("active only", ["Active hepatitis B or C"]),
        ("active only", ["Active hepatitis B", "Active hepatitis C"]),
        ("", ["Hepatitis B and C infection"]),
        ("", ["Active or chronic hepatitis B or C"]),
        ("", ["Acute or chronic viral hepatitis B, C"]),
    ],
)
def test_each_hepatitis_has_its_limit(expected: str, criteria: list[str]) -> None:
    assert limit(HEPATITIS, *criteria) == expected


@pytest.mark.parametrize(
    ("expected", "criterion"),
    [
        ("within 3 months", "Allogeneic stem cell transplant 3 months before enrolment"),
        ("within 6 months", "Allogeneic HSCT within six months"),
        ("within 6 months", "Received allo-SCT, last 6 months"),
        ("within 100 days", "Allogeneic HSCT less than 100 days before infusion"),
        ("on a condition", "Active GVHD after allogeneic transplant"),
    ],
)
def test_bar_for_a_time_or_on_a_condition_lets_people_in(expected: str, criterion: str) -> None:
    found = told("prior_allo_sct", "Adults", criterion)
    assert (found.value, found.limit) == ("allowed", expected)


def test_every_value_has_the_limit_that_the_whole_record_gives_it() -> None:
    found = told("prior_allo_sct", "Relapse after allogeneic HSCT", "Allogeneic HSCT within 3 months")
    assert (found.value, found.limit, found.quote) == (
        "allowed",
        "within 3 months",
        "Allogeneic HSCT within 3 months",
    )
    assert told("prior_allo_sct", "Relapse after allogeneic HSCT", NOTHING_ELSE).limit == ""
    assert told("pregnancy", "Adults", "Active pregnancy").limit == ""


def test_numbers_have_a_direction() -> None:
    assert told("min_prior_lines", "At least 2 prior lines of therapy").limit == "at least"
    assert told("ecog_max", "ECOG 0-1").limit == "at most"


@pytest.mark.parametrize(
    ("inclusion", "exclusion"),
    [
        (
            "People with CNS relapse who have no symptoms are eligible",
            "Presence of CNS-3 disease with symptoms",
        ),
        ("Asymptomatic brain metastases may enrol", "Symptomatic brain metastases"),
        ("Secondary CNS lymphoma is allowed", "Active CNS involvement that needs urgent treatment"),
    ],
)
def test_bar_on_some_forms_leaves_standing_what_lets_others_in(inclusion: str, exclusion: str) -> None:
    found = told("cns_disease", inclusion, exclusion)
    assert (found.value, bool(found.limit), found.quote) == ("allowed", True, inclusion)


@pytest.mark.parametrize(
    ("inclusion", "exclusion"),
    [
        ("Previous CNS disease that is in remission is allowed", "Active CNS involvement"),
        ("CNS1 and CNS2 disease are allowed", "Active CNS leukaemia"),
        ("Stable treated brain metastases are allowed", "Untreated brain metastases"),
    ],
)
def test_letting_in_disease_that_is_over_leaves_the_bar(inclusion: str, exclusion: str) -> None:
    found = told("cns_disease", inclusion, exclusion)
    assert (found.value, found.quote) == ("excluded", exclusion)


@pytest.mark.parametrize(
    "heading",
    [
        "Eligibility Criteria for Enrollment",
        "Eligibility criteria for infusion:",
        "Criteria to be met at enrolment:",
        "Treatment eligibility criteria",
    ],
)
def test_heading_of_a_later_step_opens_inclusion_again(heading: str) -> None:
    parted = "Inclusion Criteria:\n* Adults\nExclusion Criteria:\n* Fever\n"
    whole = f"{parted}{heading}\n* Relapse after CAR-T therapy"
    assert told("prior_car_t", whole=whole).value == "allowed"


@pytest.mark.parametrize("heading", ["Treatment eligibility", "Criteria for infusion"])
def test_heading_that_parts_both_sides_into_steps_opens_nothing(heading: str) -> None:
    inclusion = f"Inclusion Criteria:\n{heading}\n* Adults"
    exclusion = f"Exclusion Criteria:\n{heading}\n* Prior CAR-T therapy"
    assert told("prior_car_t", whole=f"{inclusion}\n{exclusion}").value == "excluded"


def test_criteria_of_donors_say_nothing_of_patients() -> None:
    donors = "Donor inclusion criteria:\n* HIV negative"
    whole = f"Inclusion Criteria:\n* Adults\n{donors}\nExclusion Criteria:\n* Fever"
    assert told("hiv", whole=whole).value == "not_stated"


@pytest.mark.parametrize(
    ("facet", "criterion"),
    [
        ("prior_car_t", "If treated with prior CAR T cells, these must be undetectable"),
        ("prior_car_t", "If the patient had prior CAR T therapy, at least 3 months must have passed"),
        ("prior_allo_sct", "Patients who had a prior allogeneic transplant must be off immunosuppression"),
        ("prior_allo_sct", "For subjects with prior allogeneic SCT, no active GVHD is required"),
        (
            "prior_allo_sct",
            "In case of previous allogeneic HSCT, patients must be more than 100 days from it",
        ),
    ],
)
def test_what_is_asked_of_people_who_had_it_lets_them_in(facet: str, criterion: str) -> None:
    found = told(facet, criterion)
    assert (found.value, bool(found.limit)) == ("allowed", True)


def test_people_who_had_it_and_must_not_join_are_barred() -> None:
    assert joins("prior_car_t", "Patients who received prior CAR-T therapy must be excluded") == "excluded"
    assert leaves("prior_car_t", "Prior CAR-T therapy") == "excluded"


@pytest.mark.parametrize(
    "criterion",
    [
        "Leukaemia likely to relapse despite remission at HSCT",
        "Disease that is expected to relapse after HSCT",
        "High risk of relapse after stem cell transplantation",
    ],
)
def test_a_relapse_that_could_come_tells_nothing_of_a_transplant(criterion: str) -> None:
    assert joins("prior_allo_sct", criterion) == "not_stated"


@pytest.mark.parametrize(
    ("facet", "criterion"),
    [
        ("hiv", "9. Serology\n   -Seronegative for HIV antibody."),
        ("hiv", "HIV test non-reactive"),
        (HEPATITIS, "Serology:\n- HBsAg non-reactive"),
        ("prior_car_t", "CAR T naive"),
    ],
)
def test_words_that_deny(facet: str, criterion: str) -> None:
    assert joins(facet, criterion) == "excluded"


@pytest.mark.parametrize(
    ("value", "criterion", "title"),
    [
        ("allowed", "After blinatumomab, CD19 must still be on the leukaemia cells", "CD19 CAR T"),
        ("allowed", "CD22 expression must be confirmed after inotuzumab ozogamicin treatment", "CD22 CAR T"),
        ("allowed", "BCMA expression must be shown after prior belantamab", "BCMA CAR T"),
        ("not_stated", "Contraception until 5 months after the last dose of inotuzumab", "CD22 CAR T"),
    ],
)
def test_antigen_asked_for_after_a_drug_against_it(value: str, criterion: str, title: str) -> None:
    assert joins("prior_same_target", criterion, title) == value


@pytest.mark.parametrize(
    ("value", "criterion", "title"),
    [
        ("excluded", "Earlier treatment against the same pathway (antibody, cell therapy)", "CD19 CAR T"),
        ("excluded", "Previous use of drugs with the same mechanism of action", "BCMA CAR T"),
        ("excluded", "Prior blinatumomab", "CD19 CAR T"),
        ("not_stated", "Prior blinatumomab", "BCMA CAR T"),
        ("allowed", "Teclistamab within 4 weeks before apheresis", "BCMA CAR T"),
    ],
)
def test_drugs_are_known_by_their_antigen(value: str, criterion: str, title: str) -> None:
    assert leaves("prior_same_target", criterion, title) == value


def test_every_name_of_an_antigen_or_its_drug_is_looked_for() -> None:
    written = [name for names in (*WRITTEN.values(), *DRUGS.values()) for name in names.lower().split("|")]
    assert [name for name in written if not any(hint in name for hint in HINTS)] == []


@pytest.mark.parametrize(
    "criterion",
    [
        "Note: Treatment is permitted for participants with chronic hepatitis B (HBV) or hepatitis C",
        "If hepatitis B core antibody is positive, the patient can be enrolled",
    ],
)
def test_permission_among_the_bars_is_no_bar(criterion: str) -> None:
    assert leaves(HEPATITIS, criterion) == "not_stated"


def test_permission_in_brackets_is_of_what_stands_before_it() -> None:
    text = "HBc antibody (people with it can be enrolled where DNA is negative), or positive for HIV"
    assert leaves("hiv", text) == "excluded"


def test_people_whom_the_trial_treats_are_none_who_had_it_before() -> None:
    assert joins("prior_car_t", "Patients treated with CAR-T cells must consent to follow-up") == "not_stated"


def test_another_demand_among_the_bars_lets_no_one_in() -> None:
    text = "Patients with a history of allogeneic transplant or other disease that should be treated"
    assert leaves("prior_allo_sct", text) == "excluded"
