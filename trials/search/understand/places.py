"""The Indian city and state in a question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rapidfuzz.distance import OSA

from trials.search.understand.fillers import fillers
from trials.search.understand.ordinary import is_abroad, ordinary
from trials.search.understand.scripts import script_of
from trials.search.understand.sounds import english_key, faithful, in_indian_script, normal
from trials.search.understand.spelling import may_be_heard
from trials.vocabulary.asking import loan_words
from trials.vocabulary.folding import Folded, fold, fold_word
from trials.vocabulary.places import (
    City,
    State,
    cities,
    cities_named,
    find_city,
    find_state,
    hospitals,
    is_place_name,
    place_names,
    states,
)

LONGEST_HEARD, MOST_HEARD = 2, 16
"""Words of Hindi script that are compared by their sound: in one name, and in one question."""
HOSPITAL_WORDS = frozenset({"hospital", "university", "college", "institute", "clinic", "medical"})
SHORT, LONG = 5, 7  # letters of a name in Hindi script that is found by its sound, and that may be misspelt
WRITTEN_SHORT = frozenset({"UP", "MP", "TN", "WB"})
"""States by two letters that mean nothing else in capitals; HR is also high risk, AP accelerated phase."""
BEFORE_A_PLACE = frozenset({"in", "from", "near", "at"})
AFTER_A_PLACE = frozenset({"me", "mein", "में", "india", "state"})
Take = Callable[[int, int, str, tuple[str, ...]], None]


@dataclass(frozen=True)
class _Question:
    """The words of a question, which of them are free, and how misspelt ones are read."""

    folded: Folded
    free: list[bool]
    spell: Callable[[str], str]

    @cached_property
    def runs(self) -> list[tuple[int, int, str]]:
        return list(_runs(self))

    def word(self, at: int) -> str:
        return self.folded.words[at] if 0 <= at < len(self.folded.words) else ""

    def stands_for_a_place(self, first: int, last: int) -> bool:
        """Whether the words beside it make this a place: "in UP", "gaya mein"."""
        return self.word(first - 1) in BEFORE_A_PLACE or self.word(last) in AFTER_A_PLACE


def find_places(folded: Folded, free: list[bool], take: Take, spell: Callable[[str], str]) -> None:
    """Take the first state and the first city; a name of both ("Chandigarh") is the city.

    A city of two words goes before a state that is one of them: Bihar Sharif.
    """
    question = _Question(folded, free, spell)
    if _take_city(question, take, "", fewest_words=2):
        _take_state(question, take)
    else:
        _take_city(question, take, _take_state(question, take))


def _take_city(question: _Question, take: Take, state: str, *, fewest_words: int = 1) -> bool:
    for first, last, written in _names(question):
        found = cities_named(written, state) or cities_named(written)
        wanted = last - first >= fewest_words and _is_meant(question, first, last, state)
        if len(found) == 1 and wanted and (fewest_words == 1 or not find_state(written)):
            take(first, last, "city", (found[0].name,))
            return True
    return False


def _take_state(question: _Question, take: Take) -> str:
    for first, last, written in _names(question):
        state = find_state(written)
        if state and not cities_named(written) and _is_state(question, first, last):
            take(first, last, "state", (state.name,))
            return state.name
    return ""


def _is_state(question: _Question, first: int, last: int) -> bool:
    """Whether two letters are a state here: "in UP", "myeloma up"; not "follow up", "HR-MDS"."""
    written = question.folded.written(first, last)
    if len(" ".join(question.folded.words[first:last])) < len(written) - 1 and last - first == 1:
        return False  # "pies" is no plural of PY
    if len(written) > 2 or not written.isascii():
        return True
    if written in WRITTEN_SHORT or question.stands_for_a_place(first, last):
        return True
    at_the_end = last == len(question.folded.words) and first > 0 and not question.free[first - 1]
    return written.upper() in WRITTEN_SHORT and at_the_end


def _is_meant(question: _Question, first: int, last: int, state: str) -> bool:
    """Whether a city whose name is another word too (Gaya) is the city: beside its state, or behind "in"."""
    if is_abroad(question.word(last)) or (question.word(last) == "in" and is_abroad(question.word(last + 1))):
        return False
    is_word = all(word in fillers() | ordinary() for word in question.folded.words[first:last])
    return not is_word or bool(state) or question.stands_for_a_place(first, last)


def _names(question: _Question) -> list[tuple[int, int, str]]:
    """Runs of free words that are the name of a place; not "Manipal" in "Manipal hospital"."""
    return [run for run in question.runs if all(question.free[run[0] : run[1]])]


def _runs(question: _Question) -> Iterator[tuple[int, int, str]]:
    """Runs of words that name a place as written, as meant or as heard, the longest first.

    Only words that begin a name are looked at further: most begin none, and a question may be long.
    """
    words = question.folded.words
    known = _beginnings()
    found = (
        (at, max(known.get(word, 0), known.get(question.spell(word), 0))) for at, word in enumerate(words)
    )
    longest = {at: most for at, most in found if most}
    heard = [at for at in range(len(words)) if in_indian_script(question.folded.written(at, at + 1))]
    for length in range(max((*longest.values(), LONGEST_HEARD)), 0, -1):
        begins = [at for at, most in longest.items() if length <= most]
        firsts = sorted({*begins, *(heard[:MOST_HEARD] if length <= LONGEST_HEARD else ())})
        for first in firsts:
            last = first + length
            if last <= len(words) and not _is_name_of_hospital(question, first, last):
                for name in _spellings(question, first, last):
                    yield first, last, name


def _is_name_of_hospital(question: _Question, first: int, last: int) -> bool:
    """Whether a place is only the name of a hospital elsewhere: Manipal Hospital is in Bengaluru, too."""
    if question.word(last) not in HOSPITAL_WORDS:
        return False
    return question.word(first) in _hospitals_named_after_places()


def _spellings(question: _Question, first: int, last: int) -> list[str]:
    """The words as typed and, where misspelt, as they are meant."""
    words, written = question.folded.words[first:last], question.folded.written(first, last)
    ways = [written, " ".join(words), " ".join(map(question.spell, words))]
    if last - first <= LONGEST_HEARD:
        ways.append(_as_heard(written))
    return [name for name in dict.fromkeys(ways) if name and _is_place_name(name)]


def _as_heard(written: str) -> str:
    """The place whose name sounds like these words of Hindi script, "" for none: पुने is Pune.

    Hindi script writes what is heard, so short names have to agree letter by letter: किसी is not काशी. Where
    the tables do not have the place's name in that script, the sound alone decides.
    """
    words = written.split()
    if not all(map(in_indian_script, words)) or any(fold_word(word) in _other_words() for word in words):
        return ""
    if name := _by_letters().get("".join(map(faithful, words))):
        return name
    heard = "".join(_normal(fold_word(word)) for word in words)
    found = [
        (OSA.distance(name, heard), name)
        for name in _by_key().get(english_key(heard), ())
        if (heard == name and (name in _known_by_sound() or _is_unwritten(_by_sound()[name], written)))
        or (len(name) >= LONG and may_be_heard(heard, name, _by_sound()[name]))
    ]
    return _by_sound()[min(found)[1]] if found else ""


_is_place_name = lru_cache(maxsize=5_000)(is_place_name)
_normal = lru_cache(maxsize=5_000)(normal)


@cache
def _other_words() -> frozenset[str]:
    return fillers() | loan_words().keys()


@cache
def _beginnings() -> dict[str, int]:
    """The first words of all names of places, folded, each with the words of the longest that begins so."""
    found: dict[str, int] = {}
    for name in place_names():
        words = fold(name).words
        for first in {words[0], fold_word(name.split()[0])}:
            found[first] = max(found.get(first, 0), len(words))
    return found


@cache
def _by_letters() -> dict[str, str]:
    """Names in Hindi script by their letters, those that sound the same in one spelling."""
    names = [name for place in _places() for name in _every_name(place)]
    return {
        "".join(map(faithful, name.split())): name
        for name in names
        if all(map(in_indian_script, name.split()))
    }


def _is_unwritten(name: str, written: str) -> bool:
    """Whether the tables have no name of this place in the script of these words."""
    script = script_of(written)
    return script is not None and not any(map(script.letter.search, _names_beside()[name]))


@cache
def _hospitals_named_after_places() -> frozenset[str]:
    """First words of hospitals that are a place, of hospitals in another place; folded."""
    named = ((hospital.name.split()[0], hospital.city) for hospital in hospitals().values())
    return frozenset(
        fold_word(word) for word, city in named if (of := find_city(word)) is not None and of.name != city
    )


@cache
def _names_beside() -> dict[str, tuple[str, ...]]:
    """Every name of a place by each of them."""
    return {name: names for place in _places() for names in [_every_name(place)] for name in names}


def _places() -> tuple[City | State, ...]:
    return (*cities().values(), *states().values())


def _every_name(place: City | State) -> tuple[str, ...]:
    return (*place.aliases, *place.names.values(), place.name)


@cache
def _by_sound() -> dict[str, str]:
    """Names by how they sound, without gaps."""
    names = [name for place in _places() for name in _every_name(place) if name.isascii()]
    return {normal(name.replace(" ", "")): name for name in names if len(name) > 3}


@cache
def _known_by_sound() -> frozenset[str]:
    """Sounds that are long enough to name a place; the short name of a table is known by its letters."""
    official = {place.name for place in _places()}
    return frozenset(
        heard
        for heard, name in _by_sound().items()
        if len(heard) >= SHORT and (name not in official or len(name) >= LONG)
    )


@cache
def _by_key() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in _by_sound():
        found.setdefault(english_key(name), []).append(name)
    return found
