"""What the words beside a name make of it: "CD30 negative" and "CD4 count" name no antigen to find,
"with HIV" is what the patient has besides, "breast feeding" and "mm Hg" are no disease.
"""

from functools import cache

from trials.search.understand.letters import UNITS
from trials.search.understand.ordinary import IN_SMALL_LETTERS
from trials.vocabulary import conditions, is_cancer
from trials.vocabulary.asking import organs
from trials.vocabulary.folding import Folded, fold

NEGATIVE = frozenset({"negative", "neg", "loss", "lost", "absent"})
BEFORE_NEGATIVE = frozenset(
    {"is", "are", "was", "came", "mutation", "status", "receptor", "expression", "antigen", "marker"}
)
"""Words that may stand between an antigen and "negative"."""
LACKING = (
    "without",
    "not",
    "non",
    "other than",
    "except",
    "excluding",
    "lacking",
    "negative for",
    "loss of",
    "lost",
    "absence of",
)
MEASURES = frozenset(
    {"count", "level", "value", "ratio", "test", "report", "percentage", "pet", "scan", "antibody"}
)
"""Words behind an antigen that is measured, or that an antibody is made against."""
AMOUNTS = frozenset({"low", "high", "raised", "elevated", "rising", "normal", "less", "more", "cell"})
MEASURED_IN_BLOOD = frozenset({"cd4", "cea", "afp", "hb", "egfr"})
"""Antigens and abbreviations that are laboratory values too: "CD4 low", "raised CEA", "eGFR 60"."""
NO_CANCER = frozenset(
    fold(
        """
        feeding feed fed milk function functions pressure test tests donor donation sugar group report failure
        transplant transplantation implant infection pain enlargement enlarged reduction removal surgery
        operation swelling ache stone scan ultrasound specialist augmentation wash drop teaser games tonic
        capacity दर्द जांच ऑपरेशन पथरी dard pathri
        """
    ).words
)
"""Words behind an organ that make it no cancer of it."""
OFF_TOPIC = frozenset(
    fold(
        """
        road street nagar chowk movie film song dental college degree course admission exam kyc compliance
        hockey football cricket league score studio oz laptop phone mobile ram disk drive tv lawyer advocate
        fund form word excel office powerpoint matter rain rainfall job salary company bank banking school
        coaching board paper book shop market dhoni team player hard licence tax chart policy tree meeting
        slab roof dentist bucket article
        """
    ).words
)
"""Words of other matters, beside which an abbreviation is none of a disease."""
LONGEST_SHORT = 4  # letters
BEHIND_HER2 = frozenset(
    {
        "positive",
        "neu",
        "breast",
        "gastric",
        "cancer",
        "low",
        "car",
        "target",
        "targeted",
        "directed",
        "specific",
    }
) | {"", "and", "antigen", "expressing", "amplified", "negative"}
BESIDES = frozenset({"hiv", "infection", "endocrine", "other-non-cancer"})
"""Diseases that the patient has besides, wherever another disease is named."""
COMPANY = {"mf": ("ctcl", frozenset(fold("stage skin plaque patch erythroderma cutaneous sezary").words))}
"""Abbreviations of two diseases, each with the words that come with one of them."""
FINDINGS = frozenset({"immune-blood"})
"""Diseases that are a laboratory finding where a cancer is named: "lymphoma, platelets low"."""
AFTERWARDS = frozenset({"after", "post", "following", "previous", "prior", "despite"})
EXCEPT = frozenset({"not", "without", "except", "excluding", "बिना", "bina"})
NOT_HAVING = EXCEPT | {"no"}


def negated_until(read: Folded, first: int, last: int) -> int:
    """The word behind "negative" where an antigen is stated to be absent, 0 where it is not."""
    at = last
    while at < len(read.words) and read.words[at] in BEFORE_NEGATIVE and at < last + 3:
        at += 1
    if at < len(read.words) and read.words[at] in NEGATIVE:
        return at + 1
    before = " ".join(read.words[max(first - 2, 0) : first])
    lacking = any(f" {before}".endswith(f" {words}") for words in LACKING)
    return last if lacking else 0


def measured_until(read: Folded, first: int, last: int, *, antigen: bool) -> int:
    """The word behind a laboratory value that has the name of an antigen or a disease, 0 where it is none."""
    following = read.words[last] if last < len(read.words) else ""
    in_blood = " ".join(read.words[first:last]) in MEASURED_IN_BLOOD
    if following in MEASURES and (in_blood or antigen):
        return last + 1
    if not in_blood:
        return 0
    if following == "cell":
        second = read.words[last + 1] if last + 1 < len(read.words) else ""
        return last + 2 if second in MEASURES | AMOUNTS else 0
    if following in AMOUNTS or following.isdigit():
        return last + 1
    return last if first and read.words[first - 1] in AMOUNTS else 0


def unit_span(typed: Folded, first: int, last: int) -> tuple[int, int] | None:
    """The words of a measure whose unit is the abbreviation of a disease: "5 mm", "mm Hg"."""
    words = typed.words
    if words[first] not in UNITS:
        return None
    if first and words[first - 1].isdigit():
        return first - 1, last
    behind = " ".join(words[last : last + 2])
    return (first, last + 1) if behind.startswith("hg") else (first, last + 2) if behind == "of hg" else None


def is_everyday(read: Folded, first: int, last: int) -> bool:
    """Whether this is an ordinary word, as typed: "we met", "her 2 daughters"."""
    written = read.written(first, last)
    if last - first == 1 and len(written) <= LONGEST_SHORT and _is_off_topic(read, first, last):
        return True
    if written.startswith("her ") and written[4:].isdigit():
        following = read.words[last] if last < len(read.words) else ""
        return following not in BEHIND_HER2
    return written in IN_SMALL_LETTERS


def _is_off_topic(read: Folded, first: int, last: int) -> bool:
    """Whether an abbreviation stands beside a word of another matter: "MG Road", "mm of rain"."""
    behind = [word for word in read.words[last : last + 3] if word not in {"of", "the"}]
    return not OFF_TOPIC.isdisjoint((*behind[:1], *read.words[max(first - 1, 0) : first]))


def no_cancer_until(read: Folded, first: int, last: int) -> int:
    """The word behind "breast feeding" or "kidney function test", 0 where an organ may have a cancer."""
    if " ".join(read.words[first:last]) not in _organs():
        return 0
    end = last
    while end < len(read.words) and read.words[end] in NO_CANCER:
        end += 1
    return end if end > last else 0


def is_besides(values: tuple[str, ...], others: set[str], before: str) -> bool:
    """Whether a disease is only what the patient also has, or had before the one searched for."""
    if not others - set(values):
        return False
    known = conditions()
    if set(values) <= BESIDES:
        return not others <= BESIDES
    if set(values) <= FINDINGS and any(map(is_cancer, others)):
        return True
    return before in AFTERWARDS and all(known[slug].kind == "non_cancer" for slug in values)


@cache
def _organs() -> frozenset[str]:
    return frozenset(fold(name).line for organ in organs() for name in organ.english)
