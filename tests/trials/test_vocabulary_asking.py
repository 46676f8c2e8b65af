"""The words people ask with: each leads to its condition, and to no other unless a rule decides."""

import csv
import re
from collections import Counter, defaultdict

import pytest
from django.utils.text import slugify

from tests.trials.test_vocabulary import FOLDER
from trials import vocabulary
from trials.search.understand import understand
from trials.search.understand.meanings import as_read
from trials.vocabulary.asking import loan_words, organs
from trials.vocabulary.folding import fold
from trials.vocabulary.places import cities, place_key, states

LYMPHOMA = ("b-nhl", "t-cell-malignancy", "hodgkin")
CHILDHOOD = ("leukaemia", "brain-tumour", "childhood-solid", "blood-cancers", "solid-tumours")
ONE_WORD_FOR_SEVERAL = {
    LYMPHOMA,
    CHILDHOOD,
    CHILDHOOD[:-1],
    ("leukaemia", "childhood-solid"),
    ("leukaemia", "myeloma", "blood-cancers"),
    ("leukaemia", "myeloma"),
    ("myeloma", "plasma-cell-leukaemia"),
    ("retinoblastoma", "melanoma"),
    ("osteosarcoma", "ewing", "sarcoma"),
    ("rhabdomyosarcoma", "soft-tissue-sarcoma"),
    ("rhabdomyosarcoma", "soft-tissue-sarcoma", "sarcoma"),
    ("melanoma", "skin"),
}
"""Conditions that families have one word for. The search box offers them all."""
WIDER_FOR_RECORDS = {"low grade lymphoma", "b cell leukemia"}
"""Synonyms of another or a wider condition that a person who asks means more narrowly."""
CODES = {
    "mesh": r"D\d{6}(\d{3})?",
    "icd10": r"[A-Z]\d{2}[0-9X]?",
    "ncit": r"C\d{3,6}",
    "oncotree": r"[A-Z0-9_]+",
}


def slugs_by_search_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for slug, condition in vocabulary.conditions().items():
        for phrase in dict.fromkeys(map(as_read, condition.search_words)):
            found[phrase].append(slug)
    return {phrase: tuple(slugs) for phrase, slugs in found.items()}


def test_search_words_of_several_conditions_are_decided_on() -> None:
    shared = {slugs for slugs in slugs_by_search_word().values() if len(slugs) > 1}
    assert shared - ONE_WORD_FOR_SEVERAL == set()


def test_no_search_word_is_another_conditions_synonym() -> None:
    asked = slugs_by_search_word()
    taken = {
        phrase
        for slug, condition in vocabulary.conditions().items()
        for phrase in map(as_read, condition.synonyms)
        if slug not in asked.get(phrase, (slug,))
    }
    assert taken - WIDER_FOR_RECORDS == set()


def test_no_search_word_is_said_twice() -> None:
    twice = {
        slug: [word for word, times in Counter(map(place_key, c.search_words)).items() if times > 1]
        for slug, c in vocabulary.conditions().items()
    }
    assert {slug: words for slug, words in twice.items() if words} == {}


@pytest.mark.parametrize("slug", vocabulary.conditions())
def test_condition_is_reached_by_every_name_of_its_own(slug: str) -> None:
    condition = vocabulary.conditions()[slug]
    names = [
        *condition.search_words,
        condition.name.split(" (")[0],
        condition.patient_names["hi"].split(" (")[0],
    ]
    assert [name for name in names if slug not in reached(name)] == []


def reached(name: str) -> set[str]:
    """Conditions a search for a name finds, its narrower and wider ones too."""
    return set(vocabulary.expand(understand(name).conditions))


@pytest.mark.parametrize("slug", vocabulary.conditions())
def test_condition_has_words_in_hindi_script(slug: str) -> None:
    words = (
        " ".join(vocabulary.conditions()[slug].search_words)
        + vocabulary.conditions()[slug].patient_names["hi"]
    )
    assert re.search("[\u0900-\u097f]", words)


def test_slugs_are_ascii_kebab_case_and_there_once() -> None:
    with (FOLDER / "conditions.csv").open(encoding="utf-8", newline="") as file:
        slugs = [row["slug"] for row in csv.DictReader(file)]
    assert [slug for slug in slugs if slug != slugify(slug) or not slug.isascii()] == []
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize(("column", "code"), CODES.items())
def test_codes_look_like_their_systems(column: str, code: str) -> None:
    with (FOLDER / "conditions.csv").open(encoding="utf-8", newline="") as file:
        codes = [code for row in csv.DictReader(file) for code in row[column].split("|") if code]
    assert codes
    assert [written for written in codes if not re.fullmatch(code, written)] == []


def test_groups_are_known_and_have_hindi_names() -> None:
    used = {condition.group for condition in vocabulary.conditions().values()}
    assert used - set(vocabulary.group_names()) == set()
    assert [
        name for name in vocabulary.group_names().values() if not re.search("[\u0900-\u097f]", name["hi"])
    ] == []


def test_organs_lead_to_known_conditions_by_names_of_their_own() -> None:
    assert {slug for organ in organs() for slug in organ.conditions} - set(vocabulary.conditions()) == set()
    owners: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for organ in organs():
        for name in (*organ.english, *organ.hindi):
            owners[as_read(name)].add(organ.conditions)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_every_organ_has_names_in_both_languages() -> None:
    assert [organ.conditions for organ in organs() if not (organ.english and organ.hindi)] == []


def test_loan_words_are_given_once() -> None:
    with (FOLDER / "loan_words.csv").open(encoding="utf-8", newline="") as file:
        words = [fold(word).line for row in csv.DictReader(file) for word in row["hindi"].split("|")]
    twice = [word for word, times in Counter(words).items() if times > 1]
    assert [word for word in twice if len(loan_words()[word]) == 0] == []
    assert {english for english in loan_words().values() if not english.isascii()} == set()


def test_names_of_states_belong_to_one_state() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for state in states().values():
        for name in (state.name, state.names["hi"], *state.aliases):
            owners[place_key(name)].add(state.slug)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_cities_of_one_name_lie_in_different_states() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in cities().values():
        owners[place_key(city.name), city.state].add(city.slug)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}
