"""Every study that concerns CAR cells, as a set of short questions. Touches the network and nothing else.

    wide words, studies in full -> product names, numbers only -> by number, what only the names found

The registry refuses long questions without saying how long they may be (`query.py`): one that is refused is
halved and asked again, down to one name. Each question is complete in itself, with a total and page tokens of
its own; the sweep is the union of the answers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from importers.http.errors import Incomplete, Refused
from importers.http.session import Params, RegistrySession
from importers.registries.base import SweepPage
from importers.registries.ctgov import fetch, query
from importers.registries.ctgov.fetch import StudiesPage

PAGE_OF_NUMBERS = 1000
"""The most the registry sends at once."""
MOST_A_NAME = 500
"""New studies. A code that also is an ordinary word, or another drug's code, finds thousands."""
MOST_REFUSED = 100
"""Names refused one by one. Beyond that it is not the names that are wrong."""
TOO_COMPLICATED = "complicated"
"""In the text of a 400: `Too complicated query`."""
Key = str | bytes
"""What tells studies apart: the number, or the raw copy where a study gives no number."""
Ask = Callable[[list[str]], Iterator[SweepPage]]


class QuestionOutcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    HALVED = "halved"  # asked again in two parts
    REFUSED = "refused"  # a single name that the registry does not accept
    TOO_MANY = "too_many"  # a single name that finds more than `MOST_A_NAME`: its studies are left out


@dataclass
class AskedQuestion:
    """One question as it was asked. `found` counts its studies, `new` those no question before had found."""

    kind: str  # "wide", "names", "numbers"
    names: list[str]
    words: int
    found: int | None = None  # announced by the registry
    new: int = 0
    outcome: str = QuestionOutcome.ANSWERED

    def count(self, answer: StudiesPage) -> None:
        """Take the total from the first page."""
        if self.found is None:
            self.found = answer.total_count

    def check(self, came: int) -> None:
        """`Incomplete` where other than the announced number of different studies came."""
        if came != self.found:
            raise Incomplete(f"{self.found} studies were announced, {came} came.")


class QuestionSweep:
    """One sweep: iterate over `pages()`. `questions` holds what was asked so far, in that order."""

    def __init__(self, session: RegistrySession) -> None:
        self.questions: list[AskedQuestion] = []
        self._session = session
        self._found: set[Key] = set()  # fetched in full
        self._wanted: set[str] = set()  # only their numbers are known
        self._expected = 0
        self._longest = query.LONGEST

    def asked(self) -> list[dict[str, Any]]:
        """The questions as JSON values."""
        return [asdict(question) for question in self.questions]

    def pages(self) -> Iterator[SweepPage]:
        """Every study once. Raises `RegistryError`; `Incomplete` and `Refused` mean: sweep again."""
        yield from self._in_groups(query.WIDE, self._wide)
        if all(question.outcome != QuestionOutcome.ANSWERED for question in self.questions):
            raise Incomplete("Every question for CAR cells was refused.")
        yield from self._in_groups(query.product_names(), self._names)
        numbers = sorted(self._wanted)
        for start in range(0, len(numbers), fetch.PAGE_SIZE):
            yield from self._numbers(numbers[start : start + fetch.PAGE_SIZE])

    def _in_groups(self, names: Sequence[str], ask: Ask) -> Iterator[SweepPage]:
        left = list(names)
        while left:
            group = query.first_group(left, self._longest)
            del left[: len(group)]
            yield from ask(group)

    def _wide(self, names: list[str]) -> Iterator[SweepPage]:
        question = self._note("wide", names)
        try:
            yield from self._in_full(question, query.studies_with(names))
        except Refused as error:
            if question.found is not None or TOO_COMPLICATED not in error.reason.lower():
                raise
            question.outcome = QuestionOutcome.REFUSED
            yield from self._halves(question, self._wide)

    def _names(self, names: list[str]) -> Iterator[SweepPage]:
        """Note the numbers that only these names find; the page that is yielded holds no study."""
        question = self._note("names", names)
        numbers = self._numbers_found(question)
        if numbers is None:
            yield from self._halves(question, self._names)
            return
        question.new = len(numbers)
        self._wanted |= numbers
        self._expected = max(self._expected, len(self._found) + len(self._wanted))
        yield SweepPage(self._expected, [])

    def _numbers(self, numbers: Sequence[str]) -> Iterator[SweepPage]:
        question = self._note("numbers", [])
        yield from self._in_full(question, query.by_number(numbers))
        if question.new != len(numbers):
            raise Incomplete(f"{len(numbers)} studies were asked for by number, {question.new} came.")

    def _halves(self, question: AskedQuestion, ask: Ask) -> Iterator[SweepPage]:
        """Ask again in two halves. A single name stays as it is; `Incomplete` where too many are refused."""
        names, was_refused = question.names, question.outcome == QuestionOutcome.REFUSED
        refused = self._refused()
        if len(names) == 1:
            if refused > MOST_REFUSED:
                raise Incomplete(f"{refused} names were refused.")
            yield SweepPage(self._expected, [])
            return
        question.outcome = QuestionOutcome.HALVED
        middle = len(names) // 2
        for half in (names[:middle], names[middle:]):
            yield from ask(half)
        if was_refused and self._refused() == refused - 1:  # no single name was to blame: it was too long
            self._longest = min(self._longest, question.words - 1)

    def _refused(self) -> int:
        return sum(question.outcome == QuestionOutcome.REFUSED for question in self.questions)

    # One question

    def _note(self, kind: str, names: list[str]) -> AskedQuestion:
        question = AskedQuestion(kind, names, query.words(names))
        self.questions.append(question)
        return question

    def _in_full(self, question: AskedQuestion, params: Params) -> Iterator[SweepPage]:
        """Whole studies, those that are new. As many different ones must come as are announced."""
        came: set[Key] = set()
        for answer in fetch.answers(self._session, params, fetch.PAGE_SIZE):
            records = {registry_id or raw: (registry_id, raw) for registry_id, raw in _records(answer)}
            new = records.keys() - self._found
            came |= records.keys()
            self._found |= new
            question.new += len(new)
            question.count(answer)
            self._expected = max(self._expected, len(self._found), question.found or 0)
            yield SweepPage(self._expected, [record for key, record in records.items() if key in new])
        question.check(len(came))

    def _numbers_found(self, question: AskedQuestion) -> set[str] | None:
        """The new numbers that the names find; None where the question is refused or finds too many."""
        params = query.numbers_with(question.names)
        came: set[Key] = set()
        try:
            for answer in fetch.answers(self._session, params, PAGE_OF_NUMBERS):
                question.count(answer)
                came |= {registry_id or raw for registry_id, raw in _records(answer)}
                if len(came - self._found - self._wanted) > MOST_A_NAME:
                    question.outcome = QuestionOutcome.TOO_MANY
                    return None
        except Refused as error:
            if question.found is not None or error.status != 400:
                raise
            question.outcome = QuestionOutcome.REFUSED
            return None
        question.check(len(came))
        return {key for key in came - self._found - self._wanted if isinstance(key, str)}


def _records(answer: StudiesPage) -> Iterator[tuple[str, bytes]]:
    return map(fetch.record, answer.studies)
