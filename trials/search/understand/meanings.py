"""What phrases in a question mean: one set for products, antigens and conditions, longest first.

One set, because they share words: "CLL-1" is an antigen and not CLL.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from trials import vocabulary
from trials.search.understand.letters import ONLY_IN_CAPITALS, spelt_with_gaps
from trials.search.understand.spelling import read
from trials.search.understand.words import joined_names
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases

QUESTION_ABBREVIATIONS = {
    "MS": "multiple-sclerosis",
    "MG": "myasthenia-gravis",
    "RA": "rheumatoid-arthritis",
    "JIA": "rheumatoid-arthritis",
    "EGPA": "vasculitis",
    "SAA": "immune-blood",
    "NLPHL": "hodgkin",
    "BL": "burkitt",
    "LUAD": "nsclc",
    "LUSC": "nsclc",
    "LCNEC": "neuroendocrine",
    "GBC": "biliary",
    "MBC": "breast",
    "TGCT": "germ-cell",
    "ATC": "thyroid",
    "LMS": "soft-tissue-sarcoma",
}
"""Abbreviations too ambiguous for a record and plain enough in a question."""
IN_COMPANY = {"tfl": "lbcl", "tmzl": "lbcl"}
"""Abbreviations of transformed lymphomas, which are large-cell lymphoma by now."""
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_CODE = re.compile("([A-Za-z]{2,})-?([0-9]{3,}[A-Z]?)|((?!CAR)[A-Za-z]{4,})([0-9]{2})")
_GAPS = re.compile("(?<=[A-Za-z])(?=[0-9]{2})")
_ANTIGEN = re.compile("[a-z]{3,}[0-9][a-z0-9]*(?: [0-9])?")
_BORDER = re.compile("(?<=[a-z])(?=[0-9])")
"""Where people put a hyphen or a gap into the name of an antigen: GPRC-5D, CLDN 18.2."""
_CANCER_OF = re.compile("([a-z ]+) (cancer|tumor)")
"""Names that people turn round: "cancer of plasma cells"."""
_NUMBERED_BRAND = re.compile("([A-Z][a-z]+(?:CAR|car))-?[0-9]{2}")
TARGET_SPELLINGS = {
    "EGFRvIII": ("egfr viii", "egfr v3", "egfr v iii", "egfr variant iii", "egfr variant 3"),
    "IL13Ra2": ("il13 ra2", "il13 r alpha 2", "il13 alpha 2"),
    "BCMA": ("b cma",),
    "HER2": ("her2neu",),
}
"""Antigens as people write them in a question."""
GENERIC = ("cancer", "tumor", "neoplasm", "malignancy", "carcinoma", "adenocarcinoma", "oncology")
CAR_T = ("car t", "car t cell")
"""What every trial here gives: the T of "CAR T lymphoma" is none of T-cell lymphoma's."""
EVERYDAY = (
    *("hearing aid", "first aid", "financial aid", "legal aid", "government aid", "band aid"),
    *("world cup", "tea cup", "menstrual cup", "oral rehydration", "oral medicine", "oral exam"),
    *("phone number", "heart attack", "brain drain", "kidney stone", "kidney transplant"),
    *("gall bladder stone", "gallbladder stone", "skin care", "eye test", "eye check", "eye camp"),
    *("richter scale", "parkinson law", "still disease", "cell phone", "trial court", "trial room"),
    *(
        "mouth ulcer",
        "breast pump",
        "breast implant",
        "neck pain",
        "bone density",
        "bone mass",
        "muscle mass",
        "bone setter",
    ),
)
"""Everyday phrases with the name of a disease or an organ in them."""
NOT_A_TARGET = (
    tuple(
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
    )
    + tuple(
        f"{antigen} {after}"
        for antigen in ("cd19", "bcma", "cd22", "gprc5d")
        for after in ("exposed", "treated", "naive", "pretreated", "experienced", "failed")
    )
    + tuple(
        f"{word} {antigen}"
        for antigen in ("cd19", "bcma", "cd22", "gprc5d")
        for word in ("prior", "post", "previous", "after")
    )
    + tuple(
        f"{word} anti {antigen}"
        for word in ("prior", "after", "post", "previous")
        for antigen in ("cd38", "cd20", "cd19", "bcma", "cd22", "gprc5d")
    )
)
"""Antibodies given before: the antigen is not what the CAR is made against."""


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: `kind` is products, targets, conditions, unused, or "" for nothing."""

    kind: str
    values: tuple[str, ...]
    antigens: tuple[str, ...] = ()
    """Antigens that the name of a condition holds, "CD19 leukaemia": the CAR is made against them."""


@cache
def phrases() -> Phrases[Meaning]:
    """Every phrase the search box knows."""
    every = (*_nothing(), *_products(), *_targets(), *_conditions(), *_letter_by_letter())
    return Phrases(((as_read(phrase), meaning) for phrase, meaning in every), _in_capitals())


def as_read(phrase: str) -> str:
    """A phrase in the words that a question with it is read as."""
    return " ".join(map(read, fold(phrase).words))


def _letter_by_letter() -> Iterator[tuple[str, Meaning]]:
    """Abbreviations spelt in Hindi script with gaps: ए एम एल."""
    for phrase, abbreviation in spelt_with_gaps():
        kind, name = abbreviation
        yield phrase, Meaning(kind, (name,))


def _nothing() -> Iterator[tuple[str, Meaning]]:
    for phrase in (*NOT_A_TARGET, *GENERIC, *CAR_T):
        yield phrase, Meaning("", ())
    for phrase in EVERYDAY:
        yield phrase, Meaning("unused", ())


def _products() -> Iterator[tuple[str, Meaning]]:
    for product in vocabulary.products().values():
        if product.is_car_t:
            for name in (product.name, *product.aliases):
                for written in (name, *_spellings(name)):
                    yield written, Meaning("products", (product.name,))


def _spellings(name: str) -> Iterator[str]:
    """A code with and without its gap (JCAR 017, BMS986393), "ciltacel", and a brand without its number."""
    if match := _CODE.fullmatch(name):
        letters, digits = filter(None, match.groups())
        yield from (f"{letters}{digits}", f"{letters} {digits}")
    if match := _NUMBERED_BRAND.fullmatch(name):
        yield match[1]
    if " " in name:
        yield _GAPS.sub(" ", name)
    if name.endswith("-cel"):
        yield name.replace("-", "")


def _targets() -> Iterator[tuple[str, Meaning]]:
    for target in vocabulary.targets().values():
        for alias in (target.name, *target.aliases, *TARGET_SPELLINGS.get(target.name, ())):
            yield alias, Meaning("targets", (target.name,))
            if _ANTIGEN.fullmatch(alias):
                yield _BORDER.sub(" ", alias), Meaning("targets", (target.name,))
    for number in ("19", "20", "22", "30", "33", "70", "123"):
        for phrase in (f"cart{number}", f"cart {number}", f"car t {number}", f"car{number}", f"cd {number}"):
            yield phrase, Meaning("targets", (f"CD{number}",))


def _conditions() -> Iterator[tuple[str, Meaning]]:
    """Search words of any condition go before synonyms: people with any kind type "lymphoma"."""
    by_phrase: dict[str, list[str]] = {}
    for column in ("search_words", "synonyms", "abbreviations"):
        found: dict[str, list[str]] = {}
        for slug, condition in vocabulary.conditions().items():
            for phrase in getattr(condition, column):
                if phrase not in ONLY_IN_CAPITALS:
                    found.setdefault(as_read(phrase), []).append(slug)
        for phrase, slugs in found.items():
            by_phrase.setdefault(phrase, slugs)
            if match := _CANCER_OF.fullmatch(phrase):
                by_phrase.setdefault(f"{match[2]} of {match[1]}", slugs)
    for slug, condition in vocabulary.conditions().items():
        for name in (condition.name, *(_BRACKETS.sub("", n) for n in condition.patient_names.values())):
            by_phrase.setdefault(as_read(name), [slug])
    for name, conditions in joined_names().items():
        by_phrase.setdefault(as_read(name), list(conditions))
    for phrase, slugs in by_phrase.items():
        yield phrase, Meaning("conditions", tuple(dict.fromkeys(slugs)), _antigens(phrase, slugs))
    for phrase, slug in _more_conditions():
        yield phrase, Meaning("conditions", (slug,))


def _antigens(phrase: str, slugs: Iterable[str]) -> tuple[str, ...]:
    """Antigens by CD number in a phrase; not "CD19 positive", nor where they make the disease what it is."""
    words = phrase.split()
    own = {word for slug in slugs for word in fold(vocabulary.conditions()[slug].name).words}
    found = (word.upper() for word in words if word.startswith("cd") and word not in own)
    return () if "positive" in words else tuple(name for name in found if name in vocabulary.targets())


def _more_conditions() -> Iterator[tuple[str, str]]:
    """Names that questions put together: the lineage with any name of ALL, and transformed lymphomas."""
    every = vocabulary.conditions()["all"]
    for name in (*every.search_words, *every.synonyms):
        for lineage in ("b", "t"):
            for cell in ("cell", "lineage"):
                yield f"{lineage} {cell} {name}", f"{lineage}-all"
    yield from IN_COMPANY.items()


def _in_capitals() -> Iterator[tuple[str, Meaning]]:
    for abbreviation, slug in QUESTION_ABBREVIATIONS.items():
        yield abbreviation, Meaning("conditions", (slug,))
    for slug, condition in vocabulary.conditions().items():
        for abbreviation in condition.abbreviations:
            if abbreviation in ONLY_IN_CAPITALS:
                yield abbreviation, Meaning("conditions", (slug,))
