"""Questions about CAR T itself, which the page that explains it answers: what it is, side effects, cost.

Words that already mean something else in the question do not count: a doctor's name is no price, and the
"cost" within the name of a drug is no word. Pure: no database.
"""

import re
from functools import cache

from trials.search.understand.plain import plain
from trials.search.understand.question import Understood
from trials.vocabulary.asking import explained_words
from trials.vocabulary.folding import fold
from trials.vocabulary.phrases import Phrases

SIDE_EFFECTS = "side-effects"
TOXICITY = "car-t-toxicity"
"""The condition of trials that treat side effects: asking for it asks for them too."""
TITLES = frozenset({"dr", "doctor", "prof", "professor"})
"""What stands before a name: Dr Price costs nothing."""
_TAKEN = " 0 "
"""Stands for words that mean something else, so that no phrase runs over them."""


def explained(question: str, understood: Understood) -> list[str]:
    """The anchors of the page that explains CAR T, in the order in which the question asks for them."""
    free = plain(question).lower()
    for span in understood.spans:
        if span.kind != "unused":
            free = re.sub(rf"(?<!\w){re.escape(span.text.lower())}(?!\w)", _TAKEN, free)
    folded = fold(free)
    hits = _phrases().find(folded)
    anchors = [hit.meaning for hit in hits if hit.first == 0 or folded.words[hit.first - 1] not in TITLES]
    if TOXICITY in understood.conditions:
        anchors.append(SIDE_EFFECTS)
    return list(dict.fromkeys(anchors))


@cache
def _phrases() -> Phrases[str]:
    return Phrases(explained_words())
