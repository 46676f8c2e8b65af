"""The search box: what people type, and what it must not be taken for."""

import time

import pytest

from importers.bench import queries
from tests.shared_records import SHARED, needs_shared
from trials.search.understand import Span, understand


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("blood cancer", ("blood-cancers",)),
        ("खून का कैंसर", ("blood-cancers",)),
        ("DLBCL", ("lbcl",)),
        ("lymfoma", ("b-nhl", "t-cell-malignancy", "hodgkin")),
        ("mylema", ("myeloma",)),
        ("non hodgkin lymphoma", ("b-nhl",)),
        ("CAR T for ALL", ("all",)),
        ("anti-GBM disease", ("immune-kidney",)),
        ("FL lymphoma", ("fl",)),
    ],
)
def test_understand_finds_the_disease(query: str, conditions: tuple[str, ...]) -> None:
    assert understand(query).conditions == conditions


@pytest.mark.parametrize(
    "query",
    ["car t for all ages", "ALL TRIALS IN INDIA", "os rate", "cart", "follow up", "सभी ट्रायल दिखाओ", "PSA"],
)
def test_understand_reads_no_disease_into_other_words(query: str) -> None:
    found = understand(query)
    assert (found.conditions, found.targets, found.state) == ((), (), "")


def test_understand_takes_a_question_apart() -> None:
    found = understand("CAR T BCMA phase 1/2 Mumbai")
    assert (found.targets, found.phases, found.city) == (("BCMA",), ("PHASE1", "PHASE2"), "Mumbai")
    assert (found.conditions, found.products, found.rest) == ((), (), "")


def test_understand_keeps_an_antigen_apart_from_the_disease_of_its_name() -> None:
    found = understand("AML CD33 or CLL-1")
    assert (found.conditions, found.targets) == (("aml",), ("CD33", "CLL1"))


def test_understand_takes_an_antibody_given_before_for_no_target() -> None:
    assert understand("anti-CD38 refractory myeloma").targets == ()


@pytest.mark.parametrize(
    ("query", "registry_id"),
    [
        ("nct 01234567", "NCT01234567"),
        ("CTRI-2022-12-012345", "CTRI/2022/12/012345"),
        ("NCT0123456", ""),
    ],
)
def test_understand_spells_ids_as_the_registry_does(query: str, registry_id: str) -> None:
    assert understand(query).registry_id == registry_id


def test_understand_knows_a_city_that_two_states_have_by_its_state() -> None:
    found = understand("lymphoma aurangabad bihar")
    assert (found.city, found.state) == ("Aurangabad", "Bihar")


@pytest.mark.parametrize(
    ("query", "city"),
    [
        ("manipal hospital bangalore", "Bengaluru"),
        ("manipal hospital", ""),
        ("kolkata hospital", "Kolkata"),
        ("mysore medical college", "Mysuru"),
    ],
)
def test_understand_takes_the_name_of_a_hospital_elsewhere_for_no_city(query: str, city: str) -> None:
    assert understand(query).city == city


def test_understand_leaves_unknown_words_for_full_text() -> None:
    assert understand("my father needs lentiviral vector trial").rest == "lentiviral vector"


def test_understand_says_which_words_meant_what() -> None:
    assert understand("lymfoma").spans == (
        Span("lymfoma", "conditions", ("b-nhl", "t-cell-malignancy", "hodgkin"), (("lymfoma", "lymphoma"),)),
    )


@pytest.mark.parametrize(
    "query", ["", "\x00", "'\"%_\\", "x" * 10_000, "lymfoma " * 1_000, "(" * 10_000, "अ" * 10_000, "\ud800"]
)
def test_understand_survives_anything_quickly(query: str) -> None:
    understand("warm up")
    begin = time.process_time()
    understand(query)
    assert time.process_time() - begin < 0.5


@needs_shared
def test_understand_keeps_its_floor_on_the_benchmark() -> None:
    assert queries.exact(queries.questions(SHARED)) >= 0.98
    assert queries.misread(queries.questions(SHARED)) == []
