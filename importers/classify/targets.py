"""Which antigens the CAR is made against: single antigens by their canonical names.

Interventions and titles first, then keywords and arms, then what the product table knows, then the
summary, and there only next to words that say "target".
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

from importers.classify.company import Company
from importers.classify.fields import Passage, Reading
from importers.classify.patterns import Pattern
from importers.records import Evidence
from trials import vocabulary
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Hit, Phrases

AXIS = "targets"

LOOK_ALIKES = (
    "anti cd20 antibody",
    "anti cd20 monoclonal",
    "anti cd38 antibody",
    "anti cd38 monoclonal",
    "anti cd38 refractory",
    "truncated egfr",
    "truncated epidermal growth factor receptor",
    "truncated cd19",
    "egfr tyrosine kinase",
    "egfr tki",
    "egfr mutation",
    "egfr mutated",
    "her2 negative",
    "psa",
    "bcma cd3",
    "cd20 cd3",
    "cd3 cd20",
    "gprc5d cd3",
    "flt3 inhibitor",
    "flt3 itd",
    "cd4 cd8",
    "cd4 positive",
    "cd19 negative",
    "cd19 relapse",
    "cd34 selected",
)
"""Phrases that hold an antigen's name where it is not what the CAR is made against."""

_CAR_NUMBER = Pattern(r"\b\w{0,7}?(?:cart?|car t) ?((?:0?\d{2,4} ?)+)|\b\w{0,7}?cart?([57])\b")
_CD_NUMBERS = Pattern(r"\bcd\d+[a-e]?((?: (?:x )?(?:19|20|22|30|70))+)\b")
_NUMBERS = frozenset({"19", "20", "22", "30", "33", "38", "70", "123", "133", "138"})
_AIMED_BEFORE = Pattern(
    r"\b(?:anti|α|target\w*|against|recogni[sz]e\w*|finds?|attack\w*|directed|express\w*|bind\w*"
    r"|positive)(?: \w+){0,4} ?$"
)
_AIMED_AFTER = Pattern(
    r"^ ?(?:\w+ ){0,3}?(?:car|cart|ucart|chimeric|target\w*|directed|specific|positive|express\w*"
    r"|redirected|protein|antigen)\b"
)
_CAR_WORD = Pattern(r"^\w{0,4}cart?\d*$")
_DRUG = Pattern(r"\b(?:\w*mab|monoclonal|antibody|bispecific|inhibitor|adc|engager)\b")
_CELLS = Pattern(r"\b(?:\w*car|\w*cart\w*|chimeric|cell|lymphocyte)\b")
_LONG = 6  # letters
_CONTEXT_WORDS = 5
_BETWEEN = frozenset({"and", "or"})
_EARLIER = (
    r"\b(?:after|post|prior|previous|previously|received|failed|failing|failure of|refractory to|exposed to"
    r"|relaps\w+ (?:after|from|following))(?: \w+){0,3} "
)
TITLE_FIELDS = frozenset({"title", "official_title"})


@cache
def _phrases() -> Phrases[str]:
    aliases = ((alias, target.name) for target in vocabulary.targets().values() for alias in target.aliases)
    return Phrases((*((phrase, "") for phrase in LOOK_ALIKES), *aliases))


@cache
def _single_words() -> dict[str, str]:
    """Antigens by every name of one word that is long or has a digit: none that an "r" makes a word."""
    aliases = ((alias, target.name) for target in vocabulary.targets().values() for alias in target.aliases)
    return {
        alias: name
        for alias, name in aliases
        if alias.isalnum() and (not alias.isalpha() or len(alias) >= _LONG)
    }


def decide(reading: Reading) -> tuple[tuple[str, ...], list[Evidence]]:
    """The antigens, in the vocabulary's order, and the words that name them."""
    strong = (*reading.interventions, *reading.titles, *reading.arms)
    products = partial(_of_products, Company(reading))
    tagged = (*reading.keywords, *reading.conditions)
    sources: tuple[Callable[[], list[Evidence]], ...] = (
        lambda: _now([*_named("named", strong), *products(strong)], reading.titles),
        lambda: [*_named("tagged", tagged), *products(tagged)],
        lambda: _aimed("summary", reading.summary) or products(reading.summary),
        lambda: _aimed("described", (*reading.intervention_descriptions, *reading.arm_descriptions)),
    )
    found: list[Evidence] = next(filter(None, (source() for source in sources)), [])
    names = {evidence.label for evidence in found}
    return tuple(name for name in vocabulary.targets() if name in names), found


def _now(found: list[Evidence], titles: Iterable[Passage]) -> list[Evidence]:
    """Without the antigens that the titles name only for earlier treatment ("after CD19 CAR T failure")."""
    lines = [passage.folded.line for passage in titles]
    given = {evidence.label for evidence in found if evidence.field not in TITLE_FIELDS}

    def earlier(evidence: Evidence) -> bool:
        words = _EARLIER + re.escape(fold(evidence.quote).line)
        return evidence.label not in given and any(re.search(words, line) for line in lines)

    return [evidence for evidence in found if not earlier(evidence)] or found


def _named(rule: str, passages: Iterable[Passage]) -> list[Evidence]:
    """Antigens by any of their names, and by number: CAR19, CD19/22."""
    found = []
    for passage in passages:
        if _is_of_an_antibody(passage):
            continue
        found += [
            passage.words(AXIS, hit.meaning, f"targets/{rule}", hit.first, hit.last)
            for hit in _phrases().find(passage.folded)
            if hit.meaning
        ]
        found += _numbered(passage)
        found += _glued(passage)
    return found


def _is_of_an_antibody(passage: Passage) -> bool:
    """Whether an intervention is an antibody or another drug given beside the cells: "Anti-CD20 mAb"."""
    line = passage.folded.line
    return passage.field == "interventions" and bool(_DRUG.search(line)) and not _CELLS.search(line)


def _glued(passage: Passage) -> list[Evidence]:
    """An antigen's name with "R" for receptor at its end, beside the word CAR: "ROR1R-CAR-T"."""
    words = passage.folded.words
    return [
        passage.words(AXIS, name, "targets/glued", place, place + 1)
        for place, word in enumerate(words)
        if word.endswith("r") and (name := _single_words().get(word[:-1]))
        if any(_CAR_WORD.fullmatch(other) for other in words[max(0, place - 1) : place + 2])
    ]


def _numbered(passage: Passage) -> list[Evidence]:
    found = []
    line = passage.folded.line
    for sign, pattern in (("car", _CAR_NUMBER), ("cd", _CD_NUMBERS)):
        for match in pattern.finditer(line) if sign in line else ():
            numbers = "".join(filter(None, match.groups()))
            found += [passage.evidence(AXIS, name, "targets/numbered", match) for name in _antigens(numbers)]
    return found


def _antigens(numbers: str) -> list[str]:
    """CD numbers as CAR names write them: "19", "019", "20 19", "2219", and a single 5 or 7."""
    if numbers in {"5", "7"}:
        return [f"CD{numbers}"]
    found = []
    for number in re.findall(r"\d+", numbers):
        halves = [number[:2], number[2:]] if len(number) == 4 else [number.lstrip("0")]
        if all(half in _NUMBERS for half in halves):
            found += [f"CD{half}" for half in halves]
    return found


def _of_products(company: Company, passages: Iterable[Passage]) -> list[Evidence]:
    """What the product table knows of the CAR T products named."""
    return [
        passage.words(AXIS, target, "targets/product", first, last)
        for passage in passages
        for product, first, last in company.products(passage)
        if product.is_car_t
        for target in product.targets
    ]


def _aimed(rule: str, passages: Iterable[Passage]) -> list[Evidence]:
    """Antigens in running text, only where the words around say that something is aimed at them."""
    return [
        passage.words(AXIS, hit.meaning, f"targets/{rule}", hit.first, hit.last)
        for passage in passages
        for listed in _lists(passage)
        if any(_is_aimed_at(passage, hit) for hit in listed)
        for hit in listed
    ]


def _lists(passage: Passage) -> list[list[Hit[str]]]:
    """Antigens named one after the other ("CEA, HER2 and MUC1"): what is stated of one holds for all."""
    lists: list[list[Hit[str]]] = []
    for hit in filter(lambda hit: hit.meaning, _phrases().find(passage.folded)):
        if lists and set(passage.folded.words[lists[-1][-1].last : hit.first]) <= _BETWEEN:
            lists[-1].append(hit)
        else:
            lists.append([hit])
    return lists


def _is_aimed_at(passage: Passage, hit: Hit[str]) -> bool:
    words = passage.folded.words
    before = " ".join(words[max(0, hit.first - _CONTEXT_WORDS) : hit.first])
    after = " ".join(words[hit.last : hit.last + _CONTEXT_WORDS])
    return bool(_AIMED_BEFORE.search(before) or _AIMED_AFTER.search(after))
