"""What phrases in a question mean: one set for products, antigens and conditions, longest first.

One set, because they share words: "CLL-1" is an antigen and not CLL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trials import vocabulary
from trials.vocabulary.phrases import Phrases

ONLY_IN_CAPITALS = frozenset(
    {"ALL", "MM", "FL", "HL", "NET", "NETs", "MAS", "BALL", "TALL", "AID", "APS", "SPS", "GIST"}
)
"""Abbreviations that are words, or parts of common words, in small letters."""
ASKED_IN_CAPITALS = {"MS": "multiple-sclerosis", "MG": "myasthenia-gravis", "RA": "rheumatoid-arthritis"}
"""Abbreviations too ambiguous for a record and plain enough in a question."""
GENERIC = ("cancer", "tumor", "neoplasm", "malignancy", "carcinoma", "adenocarcinoma", "oncology")
NOT_A_TARGET = tuple(
    f"{before}{antigen} {after}".strip()
    for antigen in ("cd38", "cd20")
    for before in ("anti ", "")
    for after in (
        "refractory",
        "exposed",
        "resistant",
        "antibody",
        "relapsed",
        "mab",
        "failed",
        "treated",
        "monoclonal",
    )
) + tuple(
    f"{word} anti {antigen}"
    for word in ("prior", "after", "post", "previous")
    for antigen in ("cd38", "cd20")
)
"""Antibodies given before: the antigen is not what the CAR is made against."""


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: `kind` is products, targets, conditions, or "" for nothing."""

    kind: str
    values: tuple[str, ...]


@cache
def phrases() -> Phrases[Meaning]:
    """Every phrase the search box knows."""
    return Phrases((*_nothing(), *_products(), *_targets(), *_conditions()), _in_capitals())


def _nothing() -> Iterator[tuple[str, Meaning]]:
    for phrase in (*NOT_A_TARGET, *GENERIC):
        yield phrase, Meaning("", ())


def _products() -> Iterator[tuple[str, Meaning]]:
    for product in vocabulary.products().values():
        if product.is_car_t:
            for name in (product.name, *product.aliases):
                yield name, Meaning("products", (product.name,))


def _targets() -> Iterator[tuple[str, Meaning]]:
    for target in vocabulary.targets().values():
        for alias in (target.name, *target.aliases):
            yield alias, Meaning("targets", (target.name,))
    for number in ("19", "20", "22", "30", "33", "70", "123"):
        for phrase in (f"cart{number}", f"cart {number}", f"car t {number}", f"car{number}", f"cd {number}"):
            yield phrase, Meaning("targets", (f"CD{number}",))


def _conditions() -> Iterator[tuple[str, Meaning]]:
    """Search words of any condition go before synonyms: "lymphoma" is asked by people with any kind."""
    by_phrase: dict[str, list[str]] = {}
    for column in ("search_words", "synonyms", "abbreviations"):
        found: dict[str, list[str]] = {}
        for slug, condition in vocabulary.conditions().items():
            for phrase in getattr(condition, column):
                if phrase not in ONLY_IN_CAPITALS:
                    found.setdefault(phrase.lower(), []).append(slug)
        for phrase, slugs in found.items():
            by_phrase.setdefault(phrase, slugs)
    for slug, condition in vocabulary.conditions().items():
        for name in (condition.name, *(n.split(" (")[0] for n in condition.patient_names.values())):
            by_phrase.setdefault(name.lower(), [slug])
    for phrase, slugs in by_phrase.items():
        yield phrase, Meaning("conditions", tuple(slugs))


def _in_capitals() -> Iterator[tuple[str, Meaning]]:
    for abbreviation, slug in ASKED_IN_CAPITALS.items():
        yield abbreviation, Meaning("conditions", (slug,))
    for slug, condition in vocabulary.conditions().items():
        for abbreviation in condition.abbreviations:
            if abbreviation in ONLY_IN_CAPITALS:
                yield abbreviation, Meaning("conditions", (slug,))
