"""The Indian city and state in a question."""

from collections.abc import Callable
from functools import cache

from rapidfuzz.distance import OSA

from trials.understand.fillers import fillers
from trials.understand.sounds import english_key, is_devanagari, normal
from trials.understand.spelling import corrected
from trials.vocabulary.asking import loan_words
from trials.vocabulary.folding import Folded, fold_word
from trials.vocabulary.places import cities, cities_named, find_state, states

LONGEST_NAME = 4  # words
LIKE = 0.7  # similarity (1 is equal) of a name in Hindi script whose consonants are a place's
HOSPITAL_WORDS = frozenset({"hospital", "university", "college", "institute", "clinic", "medical"})
WRITTEN_SHORT = frozenset({"UP", "MP", "TN", "WB"})
"""States by two letters that mean nothing else in capitals; HR is also high risk, AP accelerated phase."""
BEFORE_A_PLACE = frozenset({"in", "from", "near", "at"})
AFTER_A_PLACE = frozenset({"me", "mein", "में", "india", "state"})
Take = Callable[[int, int, str, tuple[str, ...]], None]


def find_places(folded: Folded, free: list[bool], take: Take) -> None:
    """Take the first state and the first city; a name of both ("Chandigarh") is the city.

    A city of two words goes before a state that is one of them: Bihar Sharif.
    """
    if _take_city(folded, free, take, "", fewest_words=2):
        _take_state(folded, free, take)
    else:
        _take_city(folded, free, take, _take_state(folded, free, take))


def _take_city(folded: Folded, free: list[bool], take: Take, state: str, *, fewest_words: int = 1) -> bool:
    for first, last, written in _names(folded, free):
        found = cities_named(written, state) or cities_named(written)
        wanted = last - first >= fewest_words and _is_meant(folded, first, last, state)
        if len(found) == 1 and wanted and (fewest_words == 1 or not find_state(written)):
            take(first, last, "city", (found[0].name,))
            return True
    return False


def _take_state(folded: Folded, free: list[bool], take: Take) -> str:
    for first, last, written in _names(folded, free):
        state = find_state(written)
        if state and not cities_named(written) and _is_state(folded, free, first, last):
            take(first, last, "state", (state.name,))
            return state.name
    return ""


def _is_state(folded: Folded, free: list[bool], first: int, last: int) -> bool:
    """Whether two letters are a state here: "in UP", "myeloma up"; not "follow up", "HR-MDS"."""
    written = folded.written(first, last)
    if len(written) > 2 or not written.isascii():
        return True
    if (written.isupper() and written in WRITTEN_SHORT) or _stands_for_a_place(folded, first, last):
        return True
    at_the_end = last == len(folded.words) and first > 0 and not free[first - 1]
    return written.upper() in WRITTEN_SHORT and at_the_end


def _is_meant(folded: Folded, first: int, last: int, state: str) -> bool:
    """Whether a city whose name is another word too (Gaya) is the city: its state or "in" says so."""
    is_word = all(word in fillers() for word in folded.words[first:last])
    return not is_word or bool(state) or _stands_for_a_place(folded, first, last)


def _stands_for_a_place(folded: Folded, first: int, last: int) -> bool:
    before = folded.words[first - 1] if first else ""
    after = folded.words[last] if last < len(folded.words) else ""
    return before in BEFORE_A_PLACE or after in AFTER_A_PLACE


def _names(folded: Folded, free: list[bool]) -> list[tuple[int, int, str]]:
    """Runs of free words that could be a place, the longest first; not "Manipal" in "Manipal hospital"."""
    runs = []
    for length in range(LONGEST_NAME, 0, -1):
        for first in range(len(folded.words) - length + 1):
            last = first + length
            following = folded.words[last] if last < len(folded.words) else ""
            if all(free[first:last]) and following not in HOSPITAL_WORDS:
                runs += [(first, last, name) for name in _spellings(folded, first, last)]
    return runs


def _spellings(folded: Folded, first: int, last: int) -> list[str]:
    """The words as typed and, where misspelt, as they are meant."""
    words, written = folded.words[first:last], folded.written(first, last)
    ways = (written, " ".join(words), " ".join(map(corrected, words)), _as_heard(written))
    return list(dict.fromkeys(filter(None, ways)))


def _as_heard(written: str) -> str:
    """The place whose name sounds like these words of Hindi script, "" for none: पुने is Pune."""
    words = written.split()
    known = fillers() | loan_words().keys()
    if not all(map(is_devanagari, words)) or any(fold_word(word) in known for word in words):
        return ""
    heard = "".join(normal(fold_word(word)) for word in words)
    found = [(OSA.normalized_similarity(name, heard), name) for name in _by_key().get(english_key(heard), ())]
    similarity, nearest = max(found, default=(0.0, ""))
    return _by_sound()[nearest] if similarity >= LIKE else ""


@cache
def _by_sound() -> dict[str, str]:
    """Names of cities and states by how they sound, without gaps."""
    names = [name for city in cities().values() for name in (*city.aliases, city.name)]
    names += [name for state in states().values() for name in (*state.aliases, state.name)]
    return {normal(name.replace(" ", "")): name for name in names if name.isascii() and len(name) > 3}


@cache
def _by_key() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in _by_sound():
        found.setdefault(english_key(name), []).append(name)
    return found
