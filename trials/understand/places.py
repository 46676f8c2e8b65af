"""The Indian city and state in a question."""

from collections.abc import Callable

from trials.understand.fillers import fillers
from trials.understand.spelling import corrected
from trials.vocabulary.folding import Folded
from trials.vocabulary.places import cities_named, find_state

LONGEST_NAME = 4  # words
HOSPITAL_WORDS = frozenset({"hospital", "university", "college", "institute", "clinic", "medical"})
Take = Callable[[int, int, str, tuple[str, ...]], None]


def find_places(folded: Folded, free: list[bool], take: Take) -> None:
    """Take the first state and the first city; a name of both ("Chandigarh") is the city."""
    state = _take_state(folded, free, take)
    for first, last, written in _names(folded, free):
        found = cities_named(written, state) or cities_named(written)
        if len(found) == 1:
            take(first, last, "city", (found[0].name,))
            return


def _take_state(folded: Folded, free: list[bool], take: Take) -> str:
    for first, last, written in _names(folded, free):
        state = find_state(written)
        if state and not cities_named(written):
            take(first, last, "state", (state.name,))
            return state.name
    return ""


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
    """The words as typed and, where misspelt, corrected; short ones only in capitals (UP, not up)."""
    written = folded.written(first, last)
    words = folded.words[first:last]
    if all(word in fillers() for word in words) or (len(written) < 3 and not written.isupper()):
        return []
    return list(dict.fromkeys((written, " ".join(words), " ".join(map(corrected, words)))))
