"""The one name of a hospital, for what registries write.

In the site's city: a name or alias of `hospitals.csv`, then one contained in the text, then one
that differs by a slip of the pen. Generic words and a city identify no hospital: a name made of them
alone ("Bombay Hospital") is known only as it is written. Branches of a chain stay apart: a text that says
more than an alias does (a locality, another name) is that alias only when the extra words are harmless.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from importers.places.hospital_names import (
    CHAINS,
    GENERIC,
    HARMLESS,
    SPECIAL,
    city_words,
    distinguishing,
    is_department,
    name_parts,
    name_words,
    without_abbreviation,
    without_owner,
)
from importers.places.naming import core, without_streets
from trials.vocabulary.places import City, Hospital, cities, find_city, hospitals

_DEPARTMENT = frozenset(("department", "dept", "division"))
_SLIP_LETTERS = 5
_LONG_WORD = 8
_JOINED_LETTERS = 8  # "Life Point Hospital" is Lifepoint Hospital
_SHORT_NAME = 3
_LETTERS_OF_A_NAME = 4
_INITIALS_BEFORE = range(2, 5)
_KINDS = frozenset(("college", "research", "university", "foundation"))


@dataclass(frozen=True, slots=True)
class Known:
    """One way to write one hospital of a city. `weak`: no word of it distinguishes, only all together."""

    words: tuple[str, ...]
    bare: tuple[str, ...]  # without the words of the city
    hospital: Hospital
    weak: bool
    strict: bool


class SpellingIndex:
    """The ways to write the hospitals of one city; of two that are alike the first counts."""

    def __init__(self, ways: Sequence[Known]) -> None:
        self.ways = tuple(ways)
        self.by_words: dict[tuple[str, ...], Hospital] = {}
        self.by_bare: dict[tuple[str, ...], Hospital] = {}
        self.by_letters: dict[str, Hospital] = {}
        self.weak = tuple(way for way in ways if way.weak)
        for way in (*ways, *_abbreviated(ways)):
            self.by_words.setdefault(way.words, way.hospital)
            if not way.weak:
                for words in (way.words, way.bare):
                    self.by_bare.setdefault(words, way.hospital)
                self.by_letters.setdefault(_joined(way.bare), way.hospital)


def find_hospital(facility: str, city: City) -> tuple[Hospital, str] | None:
    """The hospital of this city the text names, and how it was recognised."""
    return _find(facility, city.slug)


@lru_cache(maxsize=20_000)
def _find(facility: str, slug: str) -> tuple[Hospital, str] | None:
    """Cached: the town of a site is decided by its hospital too, before the hospital itself is."""
    city = cities()[slug]
    text = without_owner(facility)
    written = name_words(text)
    known = _in_city().get((city.name, city.state))
    if not written or not known:
        return None
    place = words_of(city)
    for words in (written, name_words(without_abbreviation(text)), _first_part(text)):
        if found := _as_written(words, known, place):
            return found, "name"
    for words in (core(facility), without_streets(facility)):
        if words != written and (found := _as_written(words, known, place)):
            return found, "name"
    if contained := _contained(written, known.ways, place):
        return contained, "contained name"
    if near := _misspelt(_without(written, place) or written, known.ways, place):
        return near, "spelling"
    return None


def words_of(city: City) -> frozenset[str]:
    return city_words(city.name, city.state, city.aliases)


def _first_part(text: str) -> tuple[str, ...]:
    """The words before the address: "AIIMS, Ansari Nagar". A chain's next part may be its branch."""
    parts = name_parts(text.split("(")[0])
    part = next((part for part in parts if not is_department(part)), "")
    words = name_words(part)
    return () if CHAINS.intersection(words[:1]) else words


def _as_written(written: Sequence[str], known: SpellingIndex, place: frozenset[str]) -> Hospital | None:
    """The hospital of this very name, the city aside where the name has a word of its own."""
    if not written:
        return None
    words, bare = tuple(written), _without(written, place) or tuple(written)
    if found := known.by_words.get(words):
        return found
    for way in known.weak:
        if words[: len(way.words)] == way.words and place.issuperset(words[len(way.words) :]):
            return way.hospital
    if found := known.by_bare.get(bare):
        return found
    letters = _joined(bare)
    return known.by_letters.get(letters) if len(letters) >= _JOINED_LETTERS else None


def _joined(words: Sequence[str]) -> str:
    """The letters of a name, as spaces and plurals do not matter: "Life Point", "Ram Das"."""
    return "".join(word.rstrip("s") for word in words)


def _contained(written: Sequence[str], known: Sequence[Known], place: frozenset[str]) -> Hospital | None:
    """The hospital with the longest alias inside the text."""
    fitting = [way for way in known if _holds(written, way, place)]
    if not fitting:
        return None
    longest = max(len(way.words) for way in fitting)
    found = {way.hospital.slug: way.hospital for way in fitting if len(way.words) == longest}
    return next(iter(found.values())) if len(found) == 1 else None


def _holds(written: Sequence[str], way: Known, place: frozenset[str]) -> bool:
    size = len(way.words)
    starts = [i for i in range(len(written) - size + 1) if tuple(written[i : i + size]) == way.words]
    if not starts or way.weak:
        return False
    rest = [*written[: starts[0]], *written[starts[0] + size :]]
    allowed = HARMLESS | place | frozenset(name_words(way.hospital.name))
    if _DEPARTMENT.intersection(rest):
        allowed |= SPECIAL
    elif SPECIAL.intersection(rest) - SPECIAL.intersection(name_words(way.hospital.name)):
        return False
    return not way.strict or all(word in allowed or word.isdigit() for word in rest)


def _misspelt(bare: Sequence[str], known: Sequence[Known], place: frozenset[str]) -> Hospital | None:
    """The hospital whose telling words are the same but for slips."""
    telling = _telling(bare, place)
    if CHAINS.issuperset(telling) or not distinguishing(telling):
        return None
    found = {
        way.hospital.slug: way.hospital
        for way in known
        if _same_but_slips(telling, _telling(way.words, place)) and _same_kind(bare, way.words)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _same_but_slips(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(map(_same_word, one, other))


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < _SLIP_LETTERS or one[0] != other[0]:
        return False
    return OSA.distance(one, other) <= (2 if min(len(one), len(other)) >= _LONG_WORD else 1)


def _same_kind(one: Sequence[str], other: Sequence[str]) -> bool:
    """An eye hospital is not the hospital of the same name; a college may be, where one text says less."""
    kinds, others = _KINDS.intersection(one), _KINDS.intersection(other)
    return SPECIAL.intersection(one) == SPECIAL.intersection(other) and (kinds <= others or others <= kinds)


def _telling(words: Sequence[str], place: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in GENERIC | place | _KINDS)


def _without(words: Sequence[str], place: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in place)


@cache
def _in_city() -> dict[tuple[str, str], SpellingIndex]:
    """Ways to write each hospital by city and state; a hospital's own name comes before aliases."""
    ways: dict[tuple[str, str], list[Known]] = {}
    for hospital in hospitals().values():
        _add(ways, hospital.name, hospital.city, hospital)
    for hospital in hospitals().values():
        for alias in hospital.aliases:
            _add(ways, alias, hospital.city, hospital)
        for alias, city in hospital.aliases_elsewhere:
            _add(ways, alias, city, hospital)
    return {place: SpellingIndex(found) for place, found in ways.items()}


def _abbreviated(ways: Sequence[Known]) -> list[Known]:
    """Names by their initials, "BJ Medical College" and "BJMC", where one hospital of the city has them."""
    found: dict[tuple[str, ...], list[Known]] = {}
    for way in ways:
        for words in _initials(way):
            found.setdefault(words, []).append(way)
    taken = {way.words for way in ways}
    return [
        replace(same[0], words=words, bare=words, weak=False, strict=True)
        for words, same in found.items()
        if words not in taken and len({way.hospital.slug for way in same}) == 1
    ]


def _initials(way: Known) -> Iterator[tuple[str, ...]]:
    """All initials of a long name, or those of its own words before the generic ones."""
    words = way.words
    if len(words) >= _LETTERS_OF_A_NAME:
        yield (_letters(words),)
    own = next((i for i, word in enumerate(words) if not distinguishing((word,))), 0)
    if own in _INITIALS_BEFORE and way.bare[:own] == words[:own]:
        yield (_letters(words[:own]), *words[own:])


def _letters(words: Sequence[str]) -> str:
    """Initials; what is written in letters already ("scb") stays."""
    return "".join(word[0] if set(word) & set("aeiou") else word for word in words)


def _add(ways: dict[tuple[str, str], list[Known]], name: str, city: str, hospital: Hospital) -> None:
    words = name_words(name)
    known = find_city(city, hospital.state)
    place = words_of(known) if known else frozenset(name_words(city))
    telling = distinguishing(words, place)
    if words:
        strict = len(telling) <= 1 and (words[0] in CHAINS or len(words) <= _SHORT_NAME)
        way = Known(words, _without(words, place), hospital, weak=not telling, strict=strict)
        ways.setdefault((city, hospital.state), []).append(way)
