"""The table of words, and where they are found in a text."""

import re
from collections import defaultdict

import pytest

from tests.growth import grows_with
from trials.vocabulary.folding import fold
from trials.vocabulary.glossary import glossary, mentions

SPELLINGS = [(spelling, term.slug) for term in glossary().values() for spelling in term.spellings]


def found(text: str) -> list[tuple[str, str]]:
    return [(mention.term.slug, text[mention.start : mention.end]) for mention in mentions(text)]


def test_patients_words_are_many_and_told_in_english_and_hindi() -> None:
    assert len(glossary()) >= 70
    for term in glossary().values():
        assert term.terms.keys() >= {"en", "hi"}, term.slug
        assert term.plain.keys() >= {"en", "hi"}, term.slug
        assert re.search("[\u0900-\u097f]", term.terms["hi"]), term.slug
        assert re.search("[\u0900-\u097f]", term.plain["hi"]), term.slug


def test_explanations_are_short_sentences() -> None:
    for term in glossary().values():
        assert len(term.plain["en"].split()) <= 32, term.slug
        assert term.plain["en"].endswith((".", "?")), term.slug
        assert term.plain["hi"].endswith(("।", "?")), term.slug
        assert re.fullmatch("[a-z0-9-]+", term.slug)
        assert term.source, term.slug


def test_no_spelling_means_two_words() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for spelling, slug in SPELLINGS:
        owners[fold(spelling).line].add(slug)
    assert {spelling: slugs for spelling, slugs in owners.items() if len(slugs) > 1} == {}
    assert len({spelling for spelling, _ in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize(("spelling", "slug"), SPELLINGS)
def test_spelling_is_found_as_a_whole_word_only(spelling: str, slug: str) -> None:
    assert found(f"Of {spelling}; or") == [(slug, spelling)]
    assert spelling not in [written for _, written in found(f"of x{spelling}x or")]


@pytest.mark.parametrize("spelling", [s for s, _ in SPELLINGS if not s.islower()])
def test_abbreviation_needs_its_capitals(spelling: str) -> None:
    slug, lower = dict(SPELLINGS)[spelling], spelling.lower()
    assert lower in dict(SPELLINGS) or (slug, lower) not in found(f"of {lower} or")


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Relapsed/Refractory B-ALL", ["relapsed-or-refractory"]),
        ("graft-versus-host disease", ["gvhd"]),
        ("Serum creatinine", ["creatinine"]),
        ("Creatinine clearance", ["creatinine-clearance"]),
        ("EFS and PFS", ["event-free-survival", "progression-free-survival"]),
        ("GM-CSF or G-CSF", ["gm-csf", "g-csf"]),
        ("haematopoietic stem‐cell transplantation", ["hsct"]),
        ("Tumor Lysis Syndrome", ["tumour-lysis"]),
        ("platelets, neutrophils and biopsies", ["platelet", "neutrophil", "biopsy"]),
        ("CAR-T cells, CART, CAR T", ["car-t-cell"] * 3),
        ("CD19+ blasts", ["cd19", "blast"]),
        ("phase I/II", ["phase-1-2"]),
        ("early phase 1", ["early-phase-1"]),
        ("leucapheresis", ["apheresis"]),
        ("G-CSF", ["g-csf"]),
        ("informed consent", ["informed-consent"]),
    ],
)
def test_other_ways_of_writing_are_found(text: str, slugs: list[str]) -> None:
    assert [slug for slug, _ in found(text)] == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("CD190", []),
        ("CD19x", []),
        ("T cell", ["t-cell"]),
        ("the cart", []),
        ("cart horse and os frontale", []),
        ("phase 1, 2 weeks", []),
        ("prior. Line 2", []),
        ("phase 12", []),
        ("Alto, Fast", []),
        ("HIVE", []),
        ("blastocyst", []),
        ("recommended phase 2 dose", ["rp2d"]),
    ],
)
def test_near_misses_are_not(text: str, slugs: list[str]) -> None:
    assert [slug for slug, _ in found(text)] == slugs


@pytest.mark.parametrize(
    "piece", ["Relapsed CAR-T cells ", "a", "aA", "phase 1 ", "x1", "é_", "क्", "prior line of "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    assert grows_with(lambda text: list(mentions(text)), piece)
