"""The words the search box knows: what is right as typed, and what a misspelt word may be meant for."""

from collections.abc import Iterable, Iterator
from functools import cache

from trials import vocabulary
from trials.understand.fillers import fillers
from trials.understand.ordinary import ordinary
from trials.understand.sounds import hindi_key, is_devanagari
from trials.vocabulary.asking import loan_words, organs
from trials.vocabulary.folding import fold
from trials.vocabulary.places import cities, hospitals, states


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
    return _folded(names) | place_words() | fillers() | ordinary() | disease_words()


@cache
def disease_words() -> frozenset[str]:
    """Words of the names of diseases and organs, in both scripts."""
    return _folded(_names_of_diseases())


@cache
def place_words() -> frozenset[str]:
    """Words of the names of Indian cities and states."""
    names = [name for city in cities().values() for name in (city.name, city.name_hi, *city.aliases)]
    names += [name for state in states().values() for name in (state.name, state.name_hi, *state.aliases)]
    return _folded(names)


@cache
def meant_words() -> tuple[str, ...]:
    """Words worth correcting to: of diseases and places, and first names of products."""
    places = [city.name for city in cities().values()] + [state.name for state in states().values()]
    places += [alias for city in cities().values() for alias in city.aliases]
    names = [product.name for product in vocabulary.products().values() if product.is_car_t]
    names += [alias for p in vocabulary.products().values() if p.is_car_t for alias in p.aliases]
    return tuple(sorted(disease_words() | {"phase", "trial"} | _folded(places) | _folded(names)))


@cache
def organ_keys() -> frozenset[str]:
    """Keys of the Hindi names of organs, see `sounds.hindi_key`."""
    names = (name for organ in organs() for name in organ.hindi)
    return frozenset(map(hindi_key, _folded(names) - loan_words().keys()))


@cache
def english_words() -> frozenset[str]:
    """Words that are English before they could be Hindi in Latin letters."""
    hindi = _folded(name for organ in organs() for name in organ.hindi)
    return frozenset(
        word for word in right_words() - (hindi - _folded(_organs_in_english())) if not is_devanagari(word)
    )


def _names_of_diseases() -> Iterator[str]:
    for condition in vocabulary.conditions().values():
        yield from (condition.name, condition.patient_name_en, condition.patient_name_hi)
        yield from (*condition.synonyms, *condition.search_words)
    for organ in organs():
        yield from (*organ.english, *organ.hindi)


def _organs_in_english() -> Iterator[str]:
    for organ in organs():
        yield from organ.english


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in fold(name).words)
