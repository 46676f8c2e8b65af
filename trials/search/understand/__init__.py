"""Read what was typed into the search box: conditions, antigens, products, phases, a place, a patient, an id.

    understand("CAR T BCMA phase 2 Mumbai")

Lay words, Hindi, transliterated Hindi and misspellings are understood from the vocabulary; what is left
goes to full-text search, and what no filter can use is named. Pure: no database.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from trials import vocabulary
from trials.search.understand.company import (
    COMPANY,
    EXCEPT,
    NOT_HAVING,
    is_besides,
    is_everyday,
    measured_until,
    negated_until,
    no_cancer_until,
    unit_span,
)
from trials.search.understand.fillers import fillers
from trials.search.understand.ids import find_id
from trials.search.understand.leftover import rest, unused_words
from trials.search.understand.letters import abbreviations
from trials.search.understand.meanings import IN_COMPANY, Meaning, phrases
from trials.search.understand.names import find_names
from trials.search.understand.nearby import find_near, find_pin, find_recruiting
from trials.search.understand.ordinary import ordinary
from trials.search.understand.organs import find_lone_organ, find_organs, is_bare_organ, set_organs_aside
from trials.search.understand.patient import find_age, find_history, find_person, take_product_of_history
from trials.search.understand.patterns import any_of, find, whole_words
from trials.search.understand.people import find_investigator, find_sponsor
from trials.search.understand.phases import find_phases
from trials.search.understand.places import find_places
from trials.search.understand.plain import plain
from trials.search.understand.question import Question, Span, Understood
from trials.search.understand.spelling import expected, read
from trials.search.understand.words import right_words
from trials.vocabulary.folding import Folded, fold
from trials.vocabulary.phrases import Hit

__all__ = ["Span", "Understood", "plain", "understand"]

MOST_WORDS = 80
"""Words read of a question; the others are named as not used. Families write fewer."""
MOST_MISSPELT = 10
"""Unknown words that are looked up in the vocabulary by their sound: each costs a walk through it."""
MOST_HEARD = 24
"""Unknown words of Hindi script that are looked up by how they sound."""
TOXICITY = "car-t-toxicity"
"""Its names hold words that would be the patient's history: "neurotoxicity after CAR T"."""
ANY_CANCER = ("solid-tumours",)
"""What has names that go on with an organ: "advanced cancer of the pancreas"."""
SENTENCE_WORDS = frozenset(
    {"in", "for", "of", "the", "to", "and", "me", "ka", "ki", "trial", "near", "with", "my"}
)
_STAGED = re.compile("(?:m|r|rr|nd|la|s|t)([A-Z][A-Za-z]+)")
_METASTASIS = re.compile(r"\bmet(?:s\b|asta)", re.I)
_STAGE = whole_words(
    rf"{any_of('stage grade ecog स्टेज अवस्था')}(?: (?:is|no|number|rai|binet))*"
    r"(?: (?:[0-4]|iv|i{1,3})[abces]?)+|child pugh(?: class| score)?(?: [abc5-9])?"
)


def understand(query: str, *, forgiving: bool = True) -> Understood:
    """What a question means; anything typed has an answer, the emptiest too.

    Not `forgiving`, it takes every word as typed: misspelt ones are left for full text.
    """
    question, left_out = _question(query, forgiving)
    find_phases(question)
    find_investigator(question)
    find_names(question)
    _take_phrases(question, only=(TOXICITY,))
    find_history(question)
    find_age(question)
    # Before the phrases, or "mouth of uterus cancer" would be read as cancer of the uterus.
    find_organs(question.read, question.free, question.named, question.take, fewest_words=2)
    _take_phrases(question)
    find_organs(question.read, question.free, question.named, question.take)
    set_organs_aside(question)
    _find_by_company(question)
    _join_antigen(question)
    _drop_superfluous(question)
    _find_the_rest(question)
    question.set_aside_second_values()
    unused = (*question.values("unused"), *unused_words(question), *left_out)
    return _meaning(question, tuple(dict.fromkeys(unused)))


def _question(query: str, forgiving: bool) -> tuple[Question, tuple[str, ...]]:
    """The question to read, and what of it is too long to be read."""
    text, id_span = find_id(plain(query))
    if _shouts(text):
        text = text.lower()
    folded = fold(text)
    left_out: tuple[str, ...] = ()
    if (count := len(folded.words)) > MOST_WORDS:
        left_out = (folded.written(MOST_WORDS, count),)
        folded = fold(text[: folded.spans[MOST_WORDS][0]])
    unknown = [word for word in dict.fromkeys(folded.words) if word not in right_words()][:MOST_MISSPELT]
    correctable = frozenset(unknown) if forgiving else frozenset()
    meant = _expected(folded, correctable) if forgiving else {}
    count = len(folded.words)
    words = _read(folded, meant, correctable, _too_many(folded))
    spans = [(-1, id_span)] if id_span else []
    return Question(folded, words, [True] * count, [False] * count, correctable, meant, spans), left_out


def _shouts(text: str) -> bool:
    """Whether capitals mean nothing and ALL is the word: "ALL TRIALS IN DELHI", not "FL POD24"."""
    words = set(text.lower().split())
    return text.isupper() and bool(words & SENTENCE_WORDS or any(len(word) > 4 for word in words & fillers()))


def _expected(folded: Folded, correctable: frozenset[str]) -> Mapping[int, str]:
    """Misspelt words that their neighbours make clear, by position."""
    words = ("", *folded.words, "")
    places = [at for at, word in enumerate(folded.words) if word in correctable or word in ordinary()]
    found = ((at, expected(words[at + 1], words[at], words[at + 2])) for at in places)
    return {at: word for at, word in found if word}


def _too_many(folded: Folded) -> frozenset[str]:
    """Words of Hindi script behind as many as are read for what they sound like."""
    words = dict.fromkeys(word for word in folded.words if not word.isascii() and word not in right_words())
    return frozenset(list(words)[MOST_HEARD:])


def _read(
    folded: Folded, meant: Mapping[int, str], correctable: frozenset[str], unheard: frozenset[str]
) -> Folded:
    """Misspelt words as what they are meant for, Hindi as the vocabulary has it."""
    written = (folded.written(at, at + 1) for at in range(len(folded.words)))
    words = (
        meant.get(at) or (word if word in unheard else _read_word(word, typed, word in correctable))
        for at, (word, typed) in enumerate(zip(folded.words, written, strict=True))
    )
    return Folded(folded.text, tuple(words), folded.spans)


def _read_word(word: str, as_typed: str, forgiving: bool) -> str:
    """One word; "mRCC" is RCC that is metastatic, "mets" are metastases and not the antigen MET."""
    if as_typed.lower() == "mets":
        return "metastasis"
    staged = _STAGED.fullmatch(as_typed)
    if staged and staged[1] in abbreviations() and as_typed.lower() not in IN_COMPANY:
        return staged[1].lower()
    return read(word, as_typed.lower(), forgiving=forgiving)


def _take_phrases(question: Question, *, only: tuple[str, ...] = ()) -> None:
    """Products, antigens and conditions; what the words beside them deny is set aside."""
    for hit in phrases().find(question.read_of_free()):
        if not all(question.free[hit.first : hit.last]) or (only and hit.meaning.values != only):
            continue
        if measure := unit_span(question.folded, hit.first, hit.last):
            question.set_aside(*measure)
        elif hit.meaning.kind == "unused":
            question.set_aside(hit.first, hit.last)
        elif hit.meaning.kind == "products" and take_product_of_history(question, hit.first, hit.last):
            continue
        elif last := _not_meant(question, hit):
            question.set_aside(hit.first, last)
        elif hit.meaning.kind == "conditions" and is_bare_organ(question, hit):
            continue
        elif hit.meaning.kind == "conditions" and _is_denied(question, hit):
            question.set_aside(hit.first - 1, hit.last)
        else:
            question.take(hit.first, hit.last, hit.meaning.kind, hit.meaning.values)
            if hit.meaning.values == ANY_CANCER:
                question.leave_unnamed(hit.first, hit.last)
            if hit.meaning.antigens:
                question.also(hit.first, hit.last, "targets", hit.meaning.antigens)


def _find_by_company(question: Question) -> None:
    for at, word in enumerate(question.read.words):
        if question.free[at] and word in COMPANY and not COMPANY[word][1].isdisjoint(question.read.words):
            question.take(at, at + 1, "conditions", (COMPANY[word][0],))


def _join_antigen(question: Question) -> None:
    """Breast cancer and HER2 in one question are HER2-positive breast cancer, however far apart."""
    if "HER2" in question.values("targets"):
        question.spans = [
            (first, replace(span, values=("her2-breast",)) if span.values == ("breast",) else span)
            for first, span in question.spans
        ]


def _not_meant(question: Question, hit: Hit[Meaning]) -> int:
    """The word behind an antigen that is absent or measured, "breast feeding" or "hb 8"; else 0."""
    words = (question.read, hit.first, hit.last)
    if hit.meaning.kind == "products":
        return 0
    if is_everyday(*words):
        return hit.last
    denied = negated_until(*words) if hit.meaning.kind == "targets" else no_cancer_until(*words)
    return denied or measured_until(*words, antigen=hit.meaning.kind == "targets")


def _is_denied(question: Question, hit: Hit[Meaning]) -> bool:
    """Whether the patient does not have it: "without HIV", "not leukaemia". "No" denies no cancer."""
    if not hit.first or not question.free[hit.first - 1]:
        return False
    cancer = any(map(vocabulary.is_cancer, hit.meaning.values))
    return question.folded.words[hit.first - 1] in (EXCEPT if cancer else NOT_HAVING)


def _drop_superfluous(question: Question) -> None:
    """Leave out wider names that only repeat a narrower one, and what the patient has besides."""
    diseases = [o for o in question.in_order() if o.kind == "conditions" and not _is_metastasis(o)]
    kept = []
    for first, span in question.spans:
        others = {slug for o in diseases if o is not span for slug in o.values}
        before = question.folded.words[first - 1] if first > 0 else ""
        if span.kind == "conditions" and is_besides(span.values, others, before):
            kept.append((first, Span(span.text, "unused", (span.text,))))
        elif not _superfluous(span, others):
            kept.append((first, span))
    question.spans = kept


def _is_metastasis(span: Span) -> bool:
    """Whether this is where a cancer went, which is not what it is: "melanoma, liver mets"."""
    return "digestive" in span.values and bool(_METASTASIS.search(span.text))


def _superfluous(span: Span, named: set[str]) -> bool:
    """Whether a wider name only repeats a narrower one: "FL lymphoma", "childhood brain tumour DIPG"."""
    if span.kind != "conditions":
        return False
    known = vocabulary.conditions()
    if named and _is_metastasis(span):
        return True
    return any(
        known[wider].umbrella and wider in vocabulary.wider(slug) for wider in span.values for slug in named
    )


def _find_the_rest(question: Question) -> None:
    """Where, who runs it, and who it is for; a lone organ last."""
    find_pin(question)
    find_recruiting(question)
    for first, last, _ in find(_STAGE, question.folded.line):
        if all(question.free[first:last]):
            question.set_aside(first, last)
    find_places(question.folded, question.free, question.take, question.spell)
    for first, span in tuple(question.spans):
        if span.kind == "city":
            find_near(question, span.values[0], first, first + len(fold(span.text).words))
    find_sponsor(question)
    find_person(question)
    if not question.values("conditions"):
        find_lone_organ(question)


def _meaning(question: Question, unused: tuple[str, ...]) -> Understood:
    age, near = question.first("age"), question.first("near")
    lines, within, car_t = (question.first(kind) for kind in ("lines", "within", "prior_car_t"))
    sexes = question.values("sex")
    place = near or question.first("city")
    return Understood(
        conditions=question.values("conditions"),
        targets=question.values("targets"),
        products=question.values("products"),
        phases=question.values("phases"),
        city=question.first("city"),
        state=question.first("state"),
        registry_id=question.first("registry_id"),
        page=question.first("page"),
        age=float(age) if age else None,
        age_group="" if age else _only(question.values("age_group")),
        sex=_only(sexes),
        near=place if within else near,
        within=int(within) if within and place else None,
        recruiting=question.first("recruiting"),
        lines=int(lines) if lines else None,
        prior_car_t=car_t == "yes" if car_t else None,
        investigator=question.first("investigator"),
        sponsor=question.first("sponsor"),
        unused=unused,
        rest=rest(question),
        spans=question.in_order(),
    )


def _only(values: tuple[str, ...]) -> str:
    """The one value, "" where there is none or several that disagree."""
    return values[0] if len(values) == 1 else ""
