"""The Indian city and state in a question."""

from collections.abc import Callable

from trials.understand.fillers import fillers
from trials.understand.spelling import corrected
from trials.vocabulary.folding import Folded
from trials.vocabulary.places import cities_named, find_state

LONGEST_NAME = 4  # words
HOSPITAL_WORDS = frozenset({"hospital", "university", "college", "institute", "clinic", "medical"})
WRITTEN_SHORT = frozenset({"UP", "MP", "TN", "WB", "J&K", "NCR"})
"""States by two letters that mean nothing else in capitals; HR is also high risk, AP accelerated phase."""
BEFORE_A_PLACE = frozenset({"in", "from", "near", "at"})
AFTER_A_PLACE = frozenset({"me", "mein", "में", "india", "state"})
Take = Callable[[int, int, str, tuple[str, ...]], None]


def find_places(folded: Folded, free: list[bool], take: Take) -> None:
    """Take the first state and the first city; a name of both ("Chandigarh") is the city."""
    state = _take_state(folded, free, take)
    for first, last, written in _names(folded, free):
        found = cities_named(written, state) or cities_named(written)
        if len(found) == 1 and _is_meant(folded, first, last, state):
            take(first, last, "city", (found[0].name,))
            return


def _take_state(folded: Folded, free: list[bool], take: Take) -> str:
    for first, last, written in _names(folded, free):
        state = find_state(written)
        if state and not cities_named(written) and _is_state(folded, free, first, last):
            take(first, last, "state", (state.name,))
            return state.name
    return ""


def _is_state(folded: Folded, free: list[bool], first: int, last: int) -> bool:
    """Whether a short name is a state here: "in UP", "myeloma up"; not "follow up", "HR-MDS"."""
    written = folded.written(first, last)
    if len(written) > 3 or not written.isascii() or written in WRITTEN_SHORT or _stands_for_a_place(folded, first, last):
        return len(written) > 3 or written.isupper() or written.islower() or not written.isascii()
    ends = last == len(folded.words)
    return written.upper() in WRITTEN_SHORT and ends and first > 0 and not free[first - 1]


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
    words = folded.words[first:last]
    return list(dict.fromkeys((folded.written(first, last), " ".join(words), " ".join(map(corrected, words)))))
