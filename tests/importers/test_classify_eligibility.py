"""Key eligibility: who is allowed, who is excluded, with the sentence; nothing where none says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.bench.eligibility import measure
from importers.classify.eligibility import Stated, key_eligibility
from importers.classify.eligibility.antigens import aims, named
from importers.classify.eligibility.criteria import IN, OUT, UNKNOWN, criteria
from importers.classify.eligibility.wording import either, is_negated, pattern
from tests.growth import grows_with
from tests.importers.eligibility_criteria import record, told
from tests.shared_records import SHARED, needs_shared

FACETS = [
    *("prior_car_t", "prior_same_target", "cns_disease", "prior_allo_sct", "hepatitis_b_c", "hiv"),
    *("autoimmune_active", "pregnancy", "min_prior_lines", "ecog_max"),
]


def test_every_facet_is_answered_also_by_an_empty_record() -> None:
    empty = {facet: Stated("not_stated") for facet in FACETS[:8]} | {
        facet: Stated("") for facet in FACETS[8:]
    }
    assert key_eligibility(record()) == empty


def test_the_sentence_is_quoted_without_its_bullet() -> None:
    assert told("hiv", "* Adults", "1. Fever\n2. Known HIV infection") == Stated(
        "excluded", "Known HIV infection"
    )


def test_of_two_criteria_that_differ_exclusion_stands() -> None:
    excluding = "Active hepatitis B"
    assert told("hepatitis_b_c", "Past hepatitis B is allowed", excluding).value == "excluded"


def test_relapse_after_a_transplant_opens_the_trial_but_for_a_bar_on_donors_cells() -> None:
    relapse = "Relapse after stem cell transplantation"
    assert told("prior_allo_sct", relapse, "Stem cell transplantation").value == "allowed"
    assert told("prior_allo_sct", relapse, "Prior allogeneic transplantation").value == "excluded"


def test_transplants_of_unsaid_kind_are_autologous_where_no_other_is_named() -> None:
    text = (
        "Relapse after autologous stem cell transplantation\nAt least 3 months since bone marrow transplant"
    )
    assert told("prior_allo_sct", text, "Fever").value == "not_stated"


def test_a_trial_for_brain_tumours_allows_disease_there() -> None:
    tumour = "Recurrent glioblastoma"
    assert told("cns_disease", tumour, "Brain stem involvement") == Stated("allowed", tumour)
    assert told("cns_disease", "No glioblastoma", "Fever").value == "excluded"


def test_a_bar_on_some_forms_of_the_disease_a_trial_is_for_is_no_bar() -> None:
    bar = "Brain metastases larger than 3 cm"
    assert told("cns_disease", "Adults", bar, title="Radiotherapy of brain metastases").value == "not_stated"
    assert told("cns_disease", "Adults", bar, title="Radiotherapy of the breast").value == "excluded"


def test_antigens_that_the_trial_does_not_aim_at_are_not_the_same_target() -> None:
    bar = "Prior treatment with an anti-CD20 antibody"
    assert told("prior_same_target", "Adults", bar, title="CD20 CAR-T").value == "excluded"
    assert told("prior_same_target", "Adults", bar, title="CD19 CAR-T").value == "not_stated"
    assert told("prior_same_target", "Adults", bar).value == "not_stated"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("CD 19 and CD-22", {"CD19", "CD22"}),
        ("CD276", {"B7-H3"}),
        ("B-cell maturation antigen", {"BCMA"}),
        ("claudin 18.2", {"CLDN18.2"}),
        ("ACD19B", set()),
    ],
)
def test_antigens_are_known_by_any_name(text: str, names: set[str]) -> None:
    assert (named(text), aims(record(title=text))) == (names, names)


def test_bullets_stand_under_the_line_that_opens_them() -> None:
    text = "* Prior treatment with any of the following:\n\n  * CAR T cells\n  * Radiotherapy\n* Fever"
    assert [(one.text, one.under) for one in criteria(record("Adults", text))][2:] == [
        ("CAR T cells", "Prior treatment with any of the following:"),
        ("Radiotherapy", "Prior treatment with any of the following:"),
        ("Fever", ""),
    ]
    assert told("prior_car_t", "Adults", text) == Stated("excluded", "CAR T cells")
    assert told("prior_car_t", "Adults", "* Allergy to any of:\n  * CAR T cells").value == "not_stated"


def test_people_with_what_must_not_be_there_cannot_join() -> None:
    text = "* Adults\n* Must not have any of the following:\n  * HIV infection\n  * Brain metastases"
    assert [told(facet, text, "Fever").value for facet in ("hiv", "cns_disease")] == ["excluded", "excluded"]


def test_what_is_listed_as_an_exception_excludes_nobody() -> None:
    text = "* Infections, with the exception of:\n  * Treated hepatitis C\n* Fever"
    assert told("hepatitis_b_c", "Adults", text).value == "not_stated"


@pytest.mark.parametrize(
    ("whole", "sides"),
    [
        ("Inclusion Criteria\nA\nExclusion Criteria:\nB", [IN, OUT]),
        ("Inclusion criteria: A\nExclusion criteria: B", [IN, OUT]),
        ("**Key exclusion criteria**\nA\nMain inclusion criteria\nB", [OUT, IN]),
        ("Inclusion criteria:\nA\nEligibility criteria:\nB", [IN, UNKNOWN]),
        ("A\nOther inclusion/exclusion criteria apply", [UNKNOWN, UNKNOWN]),
    ],
)
def test_text_that_is_not_split_is_read_by_its_headings(whole: str, sides: list[str]) -> None:
    assert [one.side for one in criteria(record(whole=whole))] == sides


def test_sentences_are_told_apart_but_for_abbreviations() -> None:
    text = "No fever. Adults, e.g. Parents; ECOG 0-1. 2. No cough"
    assert [one.text for one in criteria(record(text))] == [
        "No fever.",
        "Adults, e.g. Parents;",
        "ECOG 0-1.",
        "2. No cough",
    ]


@pytest.mark.parametrize(
    ("written", "hit", "near_miss"),
    [
        ("stem cell*", "Stem-cells", "stemcell"),
        ("CAR-T", "cart", "cartilage"),
        ("relaps*...after", "relapsed soon after", "relapsed. Soon after"),
    ],
)
def test_phrases_are_plain_words(written: str, hit: str, near_miss: str) -> None:
    found = pattern(written)
    assert (bool(found.fullmatch(hit)), bool(found.search(near_miss))) == (True, False)
    assert either("a|b") == r"(?:\ba\b|\bb\b)"


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("no history of", True),
        ("known", False),
        ("with or without", False),
        ("not eligible for", False),
        ("non-G12C", False),
    ],
)
def test_only_what_denies_having_it_is_a_negation(text: str, negated: bool) -> None:
    assert is_negated(text) == negated


PIECES = st.sampled_from(
    [
        *(
            "Prior CAR-T therapy",
            "no",
            "HIV",
            "ECOG 0-2",
            "\n",
            "\n* ",
            "\n  - ",
            ": ",
            "; ",
            ". ",
            "(",
            "within 3 months",
        ),
        *(
            "CNS disease",
            "allogeneic transplant",
            "at least 2 prior lines",
            "Exclusion criteria:\n",
            "pregnant",
            "；",
            "é",
        ),
        *("anti-CD19 therapy", "hepatitis B", "are eligible", "autoimmune disease", "1. ", "except:", "\\<"),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map(" ".join), st.booleans())
def test_quotes_are_the_records_own_words(text: str, split: bool) -> None:
    one = record(text, text) if split else record(whole=text)
    for stated in key_eligibility(one).values():
        assert stated.quote in text
        assert bool(stated.quote) == (stated.value not in ("", "not_stated"))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "prior ",
            "Prior CAR-T cell. ",
            "received a b c ",
            "allogeneic stem ",
            "CNS ",
            "ECOG 0 ",
            "at least 2 a b ",
        ),
        *(
            "no ",
            "(",
            "\\",
            "a",
            "hepatitis ",
            "received:\n  * prior:\n",
            "exclusion criteria: ",
            "within 3 months ",
        ),
    ],
)
def test_work_grows_with_hostile_text_and_no_faster(piece: str) -> None:
    assert grows_with(lambda text: key_eligibility(record(text, text, title="CD19 CAR-T")), piece)


@needs_shared
def test_benchmark_holds_its_floors() -> None:
    scores, wrong, _misses = measure(SHARED)
    assert sum(scores.values()) / len(scores) >= 0.95
    assert (min(scores.values()) >= 0.9, wrong <= 0.01) == (True, True)
