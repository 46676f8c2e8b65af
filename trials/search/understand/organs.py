"""Cancers named by their place: "cancer in my father's lungs", फेफड़ों में कैंसर, "pet ka cancer".

An organ alone is no disease ("blood test"): it counts beside a word for cancer, with nothing between the
two but words that narrow nothing, or where it is all there is to a question.
"""

from collections.abc import Callable
from functools import cache

from trials import vocabulary
from trials.search.understand.company import NO_CANCER, no_cancer_until
from trials.search.understand.fillers import aside, fillers
from trials.search.understand.meanings import Meaning, as_read
from trials.search.understand.ordinary import ordinary
from trials.search.understand.question import Question
from trials.search.understand.sounds import in_indian_script, stem
from trials.search.understand.spelling import POSSESSIVE
from trials.search.understand.words import right_words
from trials.vocabulary.asking import loan_words, organs
from trials.vocabulary.folding import Folded, fold
from trials.vocabulary.phrases import Hit, Phrases

CANCER = frozenset(
    fold(
        """
        cancer tumor carcinoma adenocarcinoma adenoca malignancy malignant neoplasm growth lump mass
        sarcoma ganth gaanth गांठ गाठ
        """
    ).words
)
HISTOLOGIES = frozenset({"adeno", "squamous", "scc"})
"""Words that make an organ a cancer and mean more than that: "squamous lung"."""
PARTING = frozenset({"spread", "to", "from", "after", "and", "or", "not", "without", "metastatic"})
"""Fillers that separate one subject from the next: "breast cancer spread to brain"."""
OTHER_MATTERS = frozenset(
    fold(
        """
        disease problem illness phone number contact condition bimari doctor dr surgeon clinic डॉक्टर बीमारी
        hospital aspatal अस्पताल medicine dose dawa dawai दवा care gm gram cc ml
        """
    ).words
)
"""Fillers beside which an organ is no cancer."""
_ADJECTIVES = ("al", "ic", "ar", "an")
NEVER_ALONE = frozenset({"blood-cancers", "b-nhl", "skin", "rare-solid"})
"""Organs that are in too many other questions."""
Take = Callable[[int, int, str, tuple[str, ...]], None]


def _is_whole_name(hit: Hit[tuple[str, ...]], read: Folded) -> bool:
    """Whether a word of Hindi script is an organ by itself: खाने की नली is one, खाने is not."""
    written = read.written(hit.first, hit.last)
    return hit.last - hit.first > 1 or not in_indian_script(written) or stem(written) in _whole_stems()


def is_cancer(word: str) -> bool:
    """Whether a word as read is one for cancer, in any language families write to us."""
    return word in CANCER


def find_organs(
    read: Folded, free: list[bool], named: list[bool], take: Take, *, fewest_words: int = 1
) -> None:
    """Take every organ that has a cancer; doctors write "ca breast".

    `named` marks the words of a disease found already: its cancer is not the organ's.
    """
    words = tuple("" if taken else word for word, taken in zip(read.words, named, strict=True))
    for hit in _organs().find(read):
        if not all(free[hit.first : hit.last]) or hit.last - hit.first < fewest_words:
            continue
        if not _is_whole_name(hit, read):
            continue
        if _has_cancer(hit, words):
            take(hit.first, hit.last, "conditions", hit.meaning)
        elif "ca" in words[hit.last : hit.last + 1]:
            take(hit.first, hit.last + 1, "conditions", hit.meaning)
        elif "ca" in words[max(hit.first - 1, 0) : hit.first]:
            take(hit.first - 1, hit.last, "conditions", hit.meaning)


def set_organs_aside(question: Question) -> None:
    """Name as not used what has an organ's name and is no disease: "kidney function test"."""
    for hit in _organs().find(question.read):
        last = no_cancer_until(question.read, hit.first, hit.last)
        if last and all(question.free[hit.first : last]):
            question.set_aside(hit.first, last)


def is_bare_organ(question: Question, hit: Hit[Meaning]) -> bool:
    """Whether one word only says where a cancer may be, in another matter: "prostate massage".

    Words for cancer, antigens and products show that it is a cancer; so does a question without a word that
    is strange, or of another disease: "breast allergy".
    """
    words = question.read.words
    if hit.last - hit.first > 1 or words[hit.first] not in _places_of_cancer():
        return False
    if (
        any(map(is_cancer, words))
        or "ca" in words
        or question.values("targets")
        or question.values("products")
    ):
        return False
    others = (word for at, word in enumerate(words) if at != hit.first and question.free[at])
    return any(word not in _beside_a_cancer() and not any(map(str.isdigit, word)) for word in others)


@cache
def _beside_a_cancer() -> frozenset[str]:
    """Words that leave a lone organ a cancer: every known one but those of other matters and diseases."""
    cancers, others = set[str](), set[str]()
    for condition in vocabulary.conditions().values():
        names = (condition.name, *condition.synonyms, *condition.search_words)
        words = {word for name in names for word in fold(name).words}
        (cancers if vocabulary.is_cancer(condition.slug) else others).update(words)
    return right_words() - ordinary() - OTHER_MATTERS - NO_CANCER - (others - cancers - fillers())


@cache
def _places_of_cancer() -> frozenset[str]:
    """Organs and the adjectives before "cancer" in names: rectal, ovarian."""
    names = [name for condition in vocabulary.conditions().values() for name in condition.synonyms]
    named = {words[0] for name in names if len(words := fold(name).words) == 2 and is_cancer(words[1])}
    return _english() | frozenset(word for word in named if word.endswith(_ADJECTIVES))


def find_lone_organ(question: Question) -> None:
    """Take the organ of a question that names nothing else but place, phase or antigen: "fefde mumbai".

    Nothing else shows that it is a cancer, so it has to be spelt right: "taste" is no misspelt testis. Where
    another organ's swelling or test is named, the question is about that: "lymph node swelling in neck".
    """
    read, free = question.read, question.free
    if any(not NO_CANCER.isdisjoint(fold(unused).words) for unused in question.values("unused")):
        return
    for hit in _organs().find(read):
        left = [word for at, word in enumerate(read.words) if free[at] and not hit.first <= at < hit.last]
        as_typed = not question.is_respelt(hit.first, hit.last) and _is_whole_name(hit, read)
        if (
            all(free[hit.first : hit.last])
            and as_typed
            and _is_clear_alone(hit, read)
            and all(map(_adds_nothing, left))
        ):
            question.take(hit.first, hit.last, "conditions", hit.meaning)


def _is_clear_alone(hit: Hit[tuple[str, ...]], read: Folded) -> bool:
    """Whether an organ's name is one alone: "pet" may be a scan, खून may be drawn."""
    name = " ".join(read.words[hit.first : hit.last])
    written = read.written(hit.first, hit.last)
    return (name in _english() or in_indian_script(written)) and hit.meaning[0] not in NEVER_ALONE


def _has_cancer(hit: Hit[tuple[str, ...]], words: tuple[str, ...]) -> bool:
    """Whether only fillers part the organ from a word for cancer. Hindi names come before it."""
    if _until_cancer(words[hit.last :]):
        return True
    in_hindi = " ".join(words[hit.first : hit.last]) not in _english()
    behind = " ".join(words[hit.last : hit.last + 1])
    if behind.startswith("metasta"):
        return False  # "advanced cancer, bone metastases" is a cancer of another organ
    joined = behind == POSSESSIVE
    return _until_cancer(words[: hit.first][::-1]) and (joined or not in_hindi)


def _until_cancer(words: tuple[str, ...]) -> bool:
    for word in words:
        if is_cancer(word) or word in HISTOLOGIES:
            return True
        if word in PARTING or not _narrows_nothing(word):
            return False
    return False


def _narrows_nothing(word: str) -> bool:
    return word in fillers() or word == POSSESSIVE


def _adds_nothing(word: str) -> bool:
    """Whether a word beside a lone organ leaves it the whole question: "lung mumbai", not "jaw line"."""
    return _narrows_nothing(word) and word not in aside() | OTHER_MATTERS


@cache
def _organs() -> Phrases[tuple[str, ...]]:
    return Phrases(
        (as_read(name), organ.conditions) for organ in organs() for name in (*organ.english, *organ.hindi)
    )


@cache
def _whole_stems() -> frozenset[str]:
    """Stems of the names of organs that are one word of Hindi script."""
    names = [name for organ in organs() for name in organ.hindi if " " not in name]
    words = [fold(name).line for name in (*names, *loan_words())]
    return frozenset(stem(word) for word in words if in_indian_script(word))


@cache
def _english() -> frozenset[str]:
    return frozenset(as_read(name) for organ in organs() for name in organ.english)
