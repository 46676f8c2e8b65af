"""How much one network may ask of pages and forms: the one place that decides; the API has its own quota.

Only what is worked for is counted, not a page that was kept nor a 304 (`kept_pages.py` stands outside).
Staff who signed in with a second factor are not counted: what they do stands in the list of acts.

- `PAGES_PER_MINUTE` and `FORMS_PER_MINUTE` of one network, for all processes together; 0: no limit. Without
  a word of the operator only a public site has them: elsewhere everybody may be one machine.
- A web process works at few requests at a time (`Line`), where pages are counted at one of each network. So
  ten connections that ask for the dearest pages take one thread of several, and a family's pages come one
  after the other, as they would on one core anyway.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition
from time import monotonic
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from trialfinder.client_address import network
from trialfinder.rate_limit import take
from trials.views.errors import too_many

READS: Final = ("GET", "HEAD")
FREE: Final = ("/healthz", "/readyz", "/metrics", "/static/", "/robots.txt", "/sw.js")
"""Monitoring must see a site that is under attack; the others cost nothing."""
STOPS: Final = frozenset({"trials:follow-stop", "workspace:stop"})
"""What mail providers post to for many people from one address: nobody's wish to get no more mail is lost."""
AT_WORK: Final = 6
"""Requests a web process works at: more would only share its one core."""
WAITING: Final = 5
"""Of one network, besides one at work: fewer than the threads of a process (`parts.py`)."""
LONGEST_WAIT: Final = 10.0
LATELY: Final = 10.0
"""Seconds, both."""


@dataclass(eq=False, frozen=True, slots=True)
class Ticket:
    """A request that waits or is worked at."""

    network: str
    address: tuple[str, str]


class Line:
    """Lets `AT_WORK` requests in. First goes whose network, then whose address, was worked for least lately.

    So one who asks once does not stand behind those who ask all the time, nor behind the same question again
    and again. Nothing of it is kept for longer than `LATELY`, and all of it only in memory.
    """

    def __init__(self) -> None:
        self.changed = Condition()
        self.inside: list[Ticket] = []
        self.waiting: list[Ticket] = []
        self.spent: Counter[str | tuple[str, str]] = Counter()
        self.since = monotonic()

    @contextmanager
    def turn(self, who: str, address: str, one_of_each: bool) -> Iterator[bool]:
        """Whether it is this one's turn now; with `one_of_each` no network has two, nor `WAITING` waiting."""
        ticket = Ticket(who, (who, address))
        if not self._enter(ticket, one_of_each):
            yield False
            return
        began = monotonic()
        try:
            yield True
        finally:
            self._leave(ticket, began)

    def _enter(self, ticket: Ticket, one_of_each: bool) -> bool:
        with self.changed:
            if one_of_each and sum(other.network == ticket.network for other in self.waiting) >= WAITING:
                return False
            self.waiting.append(ticket)
            try:
                is_next = self.changed.wait_for(lambda: self._next(one_of_each) is ticket, LONGEST_WAIT)
                if is_next:
                    self.inside.append(ticket)
            finally:
                self.waiting.remove(ticket)
                self.changed.notify_all()
            return is_next

    def _leave(self, ticket: Ticket, began: float) -> None:
        now = monotonic()
        with self.changed:
            self.inside.remove(ticket)
            if now - self.since > LATELY:
                self.spent.clear()
                self.since = now
            for key in (ticket.network, ticket.address):
                self.spent[key] += now - began  # type: ignore[assignment]  # a Counter of seconds
            self.changed.notify_all()

    def _next(self, one_of_each: bool) -> Ticket | None:
        if len(self.inside) >= AT_WORK:
            return None
        at_work = {ticket.network for ticket in self.inside} if one_of_each else set()
        free = (ticket for ticket in self.waiting if ticket.network not in at_work)
        return min(free, key=lambda one: (self.spent[one.network], self.spent[one.address]), default=None)


def limited(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; the innermost that knows who has signed in."""
    line = Line()

    def answer(request: HttpRequest) -> HttpResponse:
        what = counted_as(request)
        if not what:
            return get_response(request)
        quota = take(request, what, _limit(what))
        if quota and quota.is_spent:
            return too_many(request, quota.reset)
        one_of_each = bool(settings.PAGES_PER_MINUTE)
        with line.turn(network(request), request.get_full_path(), one_of_each) as is_my_turn:
            return get_response(request) if is_my_turn else too_many(request, 1)

    return answer


def counted_as(request: HttpRequest) -> str:
    """The quota that a request is taken from, "" where it is from none."""
    if request.path_info.startswith(FREE) or getattr(request, "has_second_factor", False):
        return ""
    if request.path_info.startswith("/api/"):
        return "api"  # counted by trials.api.reading, which says in each answer what is left
    if request.method in READS:
        return "pages"
    return "" if _view_name(request) in STOPS else "forms"


def _limit(what: str) -> int:
    return {"pages": settings.PAGES_PER_MINUTE, "forms": settings.FORMS_PER_MINUTE, "api": 0}[what]


def _view_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
