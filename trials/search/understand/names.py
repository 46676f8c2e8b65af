"""Names of people that are the names of towns too: "Mr Puri", "my name is Anand", "Sagar Sharma".

No search goes by such a name, so it is set aside and named as not used. Who runs a trial is found
by "Dr" (`people`).
"""

from trials.search.understand.fillers import fillers
from trials.search.understand.patterns import any_of, find, whole_words
from trials.search.understand.question import Question
from trials.search.understand.words import place_words, popular_places
from trials.vocabulary.folding import fold

_WORD = r"[^\W\d]\S*"
_TITLED = whole_words(
    rf"{any_of('mr mrs ms miss shri shree smt shrimati kumari late श्री श्रीमती स्वर्गीय')} {_WORD}(?: {_WORD})?"
)
_NAMED = whole_words(
    rf"(?:name|naam|नाम) (?:is|hai|है) (?P<name>{_WORD})|(?:naam|नाम) (?P<other>{_WORD}) {any_of('hai है')}"
)
_SURNAMES = frozenset(
    fold(
        """
        kumar kumari singh sharma devi kaur khan gupta verma varma patel reddy rao nair menon pillai das yadav
        jain shah mehta iyer iyengar joshi mishra pandey tiwari chauhan thakur agarwal bansal goel bose ghosh
        banerjee mukherjee chatterjee roy sen dutta naik patil kulkarni deshmukh desai ansari ahmed begum bibi
        bai lal prasad ram babu ji कुमार कुमारी सिंह शर्मा देवी कौर गुप्ता वर्मा पटेल यादव जैन शाह मिश्रा जी
        """
    ).words
)


def find_names(question: Question) -> None:
    """Set aside the names of people that would be read as towns; well-known cities stay cities."""
    line, words = question.folded.line, question.folded.words
    for first, last, _ in find(_TITLED, line):
        while last > first + 1 and not _may_be_name(question, last - 1):
            last -= 1
        if last > first + 1 and words[first + 1] not in fillers():  # "MS car t" names no person
            question.set_aside(first, last)
    for first, last, match in find(_NAMED, line):
        if match["name"] or match["other"] not in popular_places():
            question.set_aside(first, last)
    for at, word in enumerate(words[1:], 1):
        if word in _SURNAMES and question.free[at - 1] and _is_town(words[at - 1]):
            question.set_aside(at - 1, at + 1)


def _may_be_name(question: Question, at: int) -> bool:
    """Whether a word behind a title can be a name: one that is nothing else, or a place."""
    word = question.folded.words[at]
    return question.free[at] and (word in _SURNAMES or _is_town(word) or question.is_unknown(at))


def _is_town(word: str) -> bool:
    return word in place_words() and word not in popular_places()
