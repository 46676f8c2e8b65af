"""The phases in a question."""

import re
from collections.abc import Iterator

from trials.choices import Phase
from trials.search.understand.question import Question
from trials.vocabulary.folding import fold

_NUMBER = r"(?:1|2|3|4|iv|iii|ii|i|one|two|three|four)[ab]?"
_PHASE = re.compile(
    rf"\b(early )?(?:phase|ph|phez|faze|चरण)(?: |(?=\d)|(?<=phase)(?=i))"
    rf"({_NUMBER}(?: (?:and |or |to )?{_NUMBER}\b)?)(?![^\W_])"
)
_NUMBERS = {
    "1": "1",
    "i": "1",
    "one": "1",
    "2": "2",
    "ii": "2",
    "two": "2",
    "3": "3",
    "iii": "3",
    "three": "3",
}
_NUMBERS |= {"4": "4", "iv": "4", "four": "4"}

_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_ORDINAL_PHASE = re.compile(rf"\b({'|'.join(_ORDINALS)}) phase\b(?! {_NUMBER}\b| of (?!trial|study))")
OFF_TOPIC = frozenset(
    fold(
        """
        metro dlf sector industrial township apartments society colony nagar road market flat plot
        vihar enclave extension layout area city okhla hinjewadi
        exam election vote voting lockdown voter power motor wire current volt supply electricity
        """
    ).words
)
"""Words beside which a phase is one of a town, an election or a current: "DLF phase 2", "phase 1 exam"."""


def find_phases(question: Question) -> None:
    """ "Phase 1/2" is both; "stage 4" is no phase."""
    for match in _matches(_ORDINAL_PHASE, question):
        first = question.read.line[: match.start()].count(" ")
        question.take(first, first + 2, "phases", (Phase[f"PHASE{_ORDINALS[match[1]]}"].value,))
    for match in _matches(_PHASE, question):
        words = [word.rstrip("ab") for word in match[2].split()]
        numbers = [_NUMBERS[word] for word in words if word in _NUMBERS]
        phases = tuple(Phase[f"PHASE{number}"].value for number in numbers)
        first = question.read.line[: match.start()].count(" ")
        last = first + match[0].count(" ") + 1
        question.take(first, last, "phases", (Phase.EARLY_PHASE1.value,) if match[1] else phases)


def _matches(pattern: re.Pattern[str], question: Question) -> Iterator[re.Match[str]]:
    """Every match with no word of another matter right before or behind it."""
    line = question.read.line
    for match in pattern.finditer(line):
        beside = (*line[: match.start()].split()[-1:], *line[match.end() :].split()[:1])
        if OFF_TOPIC.isdisjoint(beside):
            yield match
