"""Key eligibility: who is allowed, who is excluded, with the sentence; nothing where none says so."""

import pytest

from importers.bench.eligibility import measure
from importers.classify.eligibility import Stated, key_eligibility
from importers.records import TrialRecord
from tests.shared_records import SHARED, needs_shared
from trials.choices import Registry, Status


def told(facet: str, *, joins: str = "", leaves: str = "", whole: str = "") -> Stated:
    record = TrialRecord(
        Registry.CTGOV,
        "NCT1",
        "",
        "",
        Status.UNKNOWN,
        inclusion=joins,
        exclusion=leaves,
        eligibility=whole,
    )
    return key_eligibility(record)[facet]


EXCLUDING = [
    ("prior_car_t", "Prior CAR-T cell therapy"),
    ("prior_car_t", "Patients who previously received any gene therapy."),
    ("prior_same_target", "Prior treatment with anti-BCMA therapy"),
    ("cns_disease", "Active CNS involvement by lymphoma"),
    ("prior_allo_sct", "Prior allogeneic stem cell transplant"),
    ("hepatitis_b_c", "Active hepatitis B or C"),
    ("hiv", "Known HIV infection"),
    ("autoimmune_active", "Active autoimmune disease needing steroids"),
    ("pregnancy", "Pregnant or breast-feeding women"),
]


@pytest.mark.parametrize(("facet", "text"), EXCLUDING)
def test_what_stands_among_the_exclusions_excludes(facet: str, text: str) -> None:
    assert told(facet, leaves=f"Fever\n* {text}\nOther") == Stated("excluded", text)


@pytest.mark.parametrize(("facet", "text"), EXCLUDING)
def test_what_may_not_be_there_to_join_excludes(facet: str, text: str) -> None:
    assert told(facet, joins=f"No {text}").value == "excluded"


@pytest.mark.parametrize(
    ("facet", "text"),
    [
        ("prior_car_t", "Relapse after CAR-T cell therapy"),
        ("prior_car_t", "Prior CAR T cell therapy is permitted"),
        ("cns_disease", "Recurrent glioblastoma"),
        ("prior_allo_sct", "Relapse after allogeneic HSCT"),
        ("hepatitis_b_c", "People with hepatitis B are eligible if DNA is not found"),
    ],
)
def test_what_opens_the_trial_allows(facet: str, text: str) -> None:
    assert told(facet, joins=text) == Stated("allowed", text)


@pytest.mark.parametrize(
    ("facet", "text"),
    [
        ("prior_car_t", "Previous CAR-T therapy within 3 months"),
        ("prior_allo_sct", "Allogeneic transplant within 100 days"),
        ("prior_allo_sct", "Organ transplant (excluding hematopoietic stem cell transplantation)"),
    ],
)
def test_excluding_for_a_time_only_allows(facet: str, text: str) -> None:
    assert told(facet, leaves=text) == Stated("allowed", text)


@pytest.mark.parametrize(
    ("facet", "text"),
    [
        ("prior_car_t", "Use contraception for a year after receiving CAR T cells"),
        ("prior_car_t", "Steroids in the week before CAR-T cell infusion"),
        ("prior_car_t", "Eligible for stem cell therapy"),
        ("prior_same_target", "CD19 positive disease treated before"),
        ("cns_disease", "History of epilepsy or stroke"),
        ("hepatitis_b_c", "Hepatic impairment"),
        ("hiv", "Primary immunodeficiency syndrome"),
        ("min_prior_lines", "At least two weeks since treatment"),
        ("ecog_max", "Karnofsky performance status of 80-100"),
    ],
)
def test_what_only_looks_like_it_says_nothing(facet: str, text: str) -> None:
    assert told(facet, leaves=text, joins="Adults").value in ("not_stated", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ECOG 0-2", "2"),
        ("ECOG performance status of 0 or 1", "1"),
        ("ECOG ≤ 2", "2"),
        ("ECOG status of 2 or better", "2"),
        ("ECOG < 2", "1"),
        ("ECOG 0, 1, or 2", "2"),
    ],
)
def test_worst_performance_status_is_read(text: str, value: str) -> None:
    assert told("ecog_max", joins=text) == Stated(value, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("At least two prior lines of therapy", "2"),
        ("Relapsed after ≥ 3 lines of chemotherapy", "3"),
        ("Two or more prior regimens", "2"),
        ("1 to 3 prior lines of therapy", "1"),
        ("Refractory after first-line treatment", "1"),
    ],
)
def test_fewest_lines_are_read(text: str, value: str) -> None:
    assert told("min_prior_lines", joins=text) == Stated(value, text)


def test_text_that_is_not_split_is_read_by_its_headings() -> None:
    whole = "Inclusion Criteria\nECOG 0-1\nExclusion Criteria:\nHIV infection"
    assert told("hiv", whole=whole) == Stated("excluded", "HIV infection")


@needs_shared
def test_benchmark_holds_its_floors() -> None:
    scores, wrong, _misses = measure(SHARED)
    assert sum(scores.values()) / len(scores) >= 0.95
    assert (min(scores.values()) >= 0.8, wrong <= 0.015) == (True, True)
