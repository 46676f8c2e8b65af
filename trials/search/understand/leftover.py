"""The words of a question that were not understood: fillers, words set aside, and the rest."""

from trials.search.understand.company import NOT_HAVING
from trials.search.understand.fillers import aside, fillers
from trials.search.understand.organs import is_cancer
from trials.search.understand.question import Question


def _is_silent(question: Question, at: int) -> bool:
    """Whether a word narrows nothing: a filler, cancer, the "ca" of "ca breast"."""
    word, as_read = question.folded.words[at], question.read.words[at]
    if word == "ca":
        return any(question.named[max(at - 1, 0) : at + 2])
    return at in question.meaningful or word in fillers() or as_read in fillers() or is_cancer(as_read)


def _is_aside(question: Question, at: int) -> bool:
    """Whether a word means something no filter can use: "relapsed", "cost", a bare number, what is denied."""
    word, as_read = question.folded.words[at], question.read.words[at]
    if at in question.meaningful:
        return False
    short = (word.isdigit() and len(word) < 4) or (len(word) == 1 and word not in fillers())
    return short or word in aside() or as_read in aside() or _is_without(question, at)


def _is_without(question: Question, at: int) -> bool:
    """Whether "no" or "without" stands before a word that would else be searched for."""
    before = at > 0 and question.free[at - 1] and question.folded.words[at - 1] in NOT_HAVING
    return before and not _is_silent(question, at)


def unused_words(question: Question) -> tuple[str, ...]:
    """Runs of free words that are aside, as typed."""
    runs: list[tuple[int, int]] = []
    for at, free in enumerate(question.free):
        if not free or not _is_aside(question, at):
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return tuple(question.folded.written(first, last) for first, last in runs)


def rest(question: Question) -> str:
    """The words that were not understood, as typed, without fillers and words set aside."""
    left = [
        question.folded.written(at, at + 1)
        for at, free in enumerate(question.free)
        if free and not _is_silent(question, at) and not _is_aside(question, at)
    ]
    return " ".join(left)
