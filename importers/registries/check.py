"""One small question to a registry: how it is asked, what the answer says, and what is not as expected.

A registry's questions are a table of `Check`s in its own folder. Each asks through the functions and with the
parameters that imports use, so that what works here works there.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from importers.http.access import Access
from importers.http.errors import Blocked, RegistryError
from importers.http.session import RegistrySession

logger = logging.getLogger(__name__)
LONGEST = 500
"""Characters of one sentence about an answer; a registry's own words may stand in it."""
MASK = "***"
_SECRET = re.compile(r"(?<=//)[^/\s]*@")
"""Name and password in an address of the settings."""
NOT_ASKED = "Not asked: the registry refuses us (403), and asking on would make that worse."


@dataclass
class CheckContext:
    """What a question may use: a session, and the answers to the questions before it, by their names."""

    session: RegistrySession
    answers: dict[str, Any]


@dataclass(frozen=True)
class Check:
    """One row of a registry's table. `ask` raises `RegistryError`; the other two look at what it returns."""

    name: str
    question: str | Promise  # for people
    ask: Callable[[CheckContext], Any]
    read: Callable[[Any], str]  # what the product understood
    differs: Callable[[Any], Sequence[str]]  # what is not as the product expects, in whole sentences
    opens: Callable[[Access], RegistrySession] | None = None  # None: the registry's ordinary session


@dataclass
class CheckResult:
    """What one question brought. `ms` leaves out our own pauses; `statuses` are HTTP's, with redirects."""

    name: str
    question: str
    statuses: list[int] = field(default_factory=list)
    ms: int = 0
    bytes: int = 0
    understood: str = ""
    differs: list[str] = field(default_factory=list)


def results(
    checks: Sequence[Check], opens: Callable[[Access], RegistrySession], access: Access
) -> Iterator[CheckResult]:
    """Ask every question, in order. A failure does not stop the others, but a block (403) does."""
    answers: dict[str, Any] = {}
    session, opened_by = opens(access), opens
    blocked = False
    try:
        for check in checks:
            if blocked:
                yield CheckResult(check.name, str(check.question), differs=[NOT_ASKED])
                continue
            if (check.opens or opens) is not opened_by:
                session.close()
                opened_by = check.opens or opens
                session = opened_by(access).after(session)
            result = CheckResult(check.name, str(check.question))
            blocked = _fill(result, check, CheckContext(session, answers))
            yield result
    finally:
        session.close()


def _fill(result: CheckResult, check: Check, asking: CheckContext) -> bool:
    """Ask, and write down what came. True where the registry blocks us."""
    session = asking.session
    session.statuses.clear()
    started, slept, received = time.monotonic(), session.slept, session.bytes
    blocked = False
    try:
        answer = check.ask(asking)
        asking.answers[check.name] = answer
        result.understood = _sentence(check.read(answer))
        result.differs = [_sentence(words) for words in check.differs(answer)]
    except RegistryError as error:
        blocked = isinstance(error, Blocked)
        result.differs = [_sentence(str(error))]
    except Exception as error:  # a mistake of ours about one answer must not hide the others
        logger.exception("The check %s failed.", check.name)
        result.differs = [
            f"The answer could not be looked at ({type(error).__name__}): a mistake of this program."
        ]
    result.statuses = list(session.statuses)
    result.ms = round((time.monotonic() - started - (session.slept - slept)) * 1000)
    result.bytes = session.bytes - received
    return blocked


def _sentence(words: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in words)
    return _SECRET.sub(f"{MASK}@", shown)[:LONGEST]
