"""The words the search box knows: what is right as typed, and what a misspelt word may be meant for."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise

from trials import vocabulary
from trials.search.understand.fillers import fillers
from trials.search.understand.ordinary import ordinary
from trials.search.understand.sounds import hindi_key, in_indian_script, stem
from trials.vocabulary.asking import loan_words, organs
from trials.vocabulary.folding import fold
from trials.vocabulary.places import cities, hospitals, states

_NUMBERED = re.compile("([a-z]{5,})([0-9]{2,})")
_PARTS = re.compile("([a-z]{3,})(blastoma|sarcoma|carcinoma|cytoma|immune|endocrine|sclerosis)")


@cache
def right_words() -> frozenset[str]:
    """Folded words that are right as they are."""
    names = [
        name
        for hospital in hospitals().values()
        for name in (hospital.name, hospital.city, *hospital.aliases)
    ]
    names += [name for product in vocabulary.products().values() for name in (product.name, *product.aliases)]
    names += [name for target in vocabulary.targets().values() for name in target.aliases]
    names += [name for condition in vocabulary.conditions().values() for name in condition.abbreviations]
    names += joined_names()
    return _folded(names) | place_words() | fillers() | ordinary() | disease_words()


@cache
def disease_words() -> frozenset[str]:
    """Words of the names of diseases and organs, in both scripts."""
    return _folded(_names_of_diseases())


@cache
def place_words() -> frozenset[str]:
    """Words of the names of Indian cities and states."""
    names = [name for city in cities().values() for name in (city.name, *city.names.values(), *city.aliases)]
    names += [
        name for state in states().values() for name in (state.name, *state.names.values(), *state.aliases)
    ]
    return _folded(names)


@cache
def popular_places() -> frozenset[str]:
    """Words of the names of states, and of cities with hospitals: the name, and the one before it.

    A short name counts where there are several.
    """
    with_hospital = Counter(hospital.city for hospital in hospitals().values())
    names = [
        name
        for city in cities().values()
        if with_hospital[city.name] > (len(city.name) < 7)
        for name in (city.name, *city.aliases[:1])
    ]
    return _folded((*names, *(state.name for state in states().values())))


@cache
def hospital_words() -> frozenset[str]:
    """Words in the names of several hospitals: apollo, AIIMS, fortis."""
    count = Counter(
        word
        for hospital in hospitals().values()
        for word in {
            *fold(hospital.name).words,
            *(w for alias in hospital.aliases for w in fold(alias).words),
        }
    )
    return frozenset(word for word, times in count.items() if times > 2)


@cache
def meant_words() -> tuple[str, ...]:
    """Words worth correcting to: of diseases and places, and first names of products."""
    names = [product.name for product in vocabulary.products().values() if product.is_car_t]
    names += [alias for p in vocabulary.products().values() if p.is_car_t for alias in p.aliases]
    return tuple(sorted(disease_words() | {"phase", "trial"} | place_words() | _folded(names)))


@cache
def product_letters() -> Mapping[str, frozenset[str]]:
    """The letters that go before each number in the one-word names of products: nexcar by 19."""
    found: dict[str, set[str]] = {}
    for product in vocabulary.products().values():
        for name in (product.name, *product.aliases):
            if product.is_car_t and (match := _NUMBERED.fullmatch(fold(name).line)):
                found.setdefault(match[2], set()).add(match[1])
    return _frozen(found)


@cache
def organ_keys() -> frozenset[str]:
    """Keys of the Hindi names of organs, see `sounds.hindi_key`."""
    names = (name for organ in organs() for name in organ.hindi)
    return frozenset(map(hindi_key, _folded(names) - loan_words().keys() - fillers()))


@cache
def organ_words() -> frozenset[str]:
    """Words of the names of organs in English."""
    return _folded(name for organ in organs() for name in organ.english)


@cache
def organ_stems() -> frozenset[str]:
    """Stems of the names of organs in Hindi script, see `sounds.stem`."""
    names = (name for organ in organs() for name in organ.hindi)
    return frozenset(map(stem, filter(in_indian_script, _folded(names) - loan_words().keys() - fillers())))


@cache
def hindi_words() -> frozenset[str]:
    """Words of the names of organs in Hindi, written in Latin letters."""
    return _folded(name for organ in organs() for name in organ.hindi if name.isascii()) - english_words()


@cache
def english_words() -> frozenset[str]:
    """Words that are English before they could be Hindi in Latin letters."""
    names = [name for c in vocabulary.conditions().values() for name in (c.name, *c.synonyms)]
    names += [name for organ in organs() for name in organ.english]
    return _folded(names) | fillers() | ordinary()


@cache
def joined_names() -> dict[str, tuple[str, ...]]:
    """Conditions by names that people write without a gap, "lungcancer", or with one, "neuro blastoma"."""
    found = {
        name + cancer: organ.conditions
        for organ in organs()
        for name in organ.english
        for cancer in ("cancer", "tumor")
        if " " not in name
    }
    for slug, condition in vocabulary.conditions().items():
        for name in condition.synonyms:
            if match := _PARTS.fullmatch(name):
                found[f"{match[1]} {match[2]}"] = (slug,)
    return found


@cache
def neighbours() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """The words that follow each word in the names of diseases, and those that come before it."""
    following: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for name in _names_of_diseases():
        for one, other in pairwise(fold(name).words):
            following.setdefault(one, set()).add(other)
            before.setdefault(other, set()).add(one)
    return _frozen(following), _frozen(before)


def _frozen(sets: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {word: frozenset(words) for word, words in sets.items()}


def _names_of_diseases() -> Iterator[str]:
    for condition in vocabulary.conditions().values():
        yield from (condition.name, *condition.patient_names.values())
        yield from (*condition.synonyms, *condition.search_words)
    for organ in organs():
        yield from (*organ.english, *organ.hindi)
    yield from (name for name in joined_names() if " " in name)


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in fold(name).words)
