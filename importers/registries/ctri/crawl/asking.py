"""One trialid asked for at its addresses, within a budget of requests."""

from collections.abc import Sequence

from importers.http.session import RegistrySession
from importers.models.crawl import CtriTarget
from importers.registries.ctri import fetch


class SpentError(Exception):
    """The requests of this run are used up: the page is asked for another time."""


class PageRequests:
    """Asks for pages. `used` are requests that an earlier driver of the same run has made."""

    def __init__(self, session: RegistrySession, names: Sequence[str], budget: int, used: int = 0) -> None:
        self.session = session
        self._names = list(names)
        self._budget = budget
        self._used = used

    @property
    def used(self) -> int:
        """Requests made, repeated ones included."""
        return self._used + self.session.requests

    @property
    def left(self) -> int:
        return self._budget - self.used

    def ask(self, target: CtriTarget) -> tuple[fetch.FetchedPage, bytes]:
        """What CTRI has for a target; the other address is tried before "not a record" is believed.

        The address that served a target is asked first next time, for a new one that which served last.
        Raises `Blocked`, and `SpentError` where there is no request left for the other address.
        """
        answers: list[fetch.FetchedPage] = []
        for name in sorted(self._names, key=lambda name: name != target.address):
            if self.left <= 0:
                raise SpentError
            answer, raw = fetch.fetch_page(self.session, target.trial_id, name)
            if answer.kind == fetch.RECORD:
                target.address = name
                self._names.sort(key=lambda other: other != name)
                return answer, raw
            answers.append(answer)
        return fetch.together(answers), b""
