"""A part of the results, and the cursor with which the next part is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from trials.models import Trial
from trials.models.fulltext import clean_text
from trials.models.keyset import PLACED_BY, after, place_of
from trials.models.trial import TrialQuerySet
from trials.search.filters import BY_NAME
from trials.search.found import PAGE_SIZE
from trials.search.parameters import Order, ParameterError, whole
from trials.search.search import Search
from trials.search.snapshot.current import is_current

LARGEST_PAGE = 100
PARAMETERS = ("page_size", "cursor")
_SIGNER = Signer(salt="trials.search.walk")


@dataclass(frozen=True, slots=True)
class Walk:
    """How much of a search is asked for, and from where.

    In the usual order and in that of the last update a cursor names a row, so that each step costs the same.
    By distance and by words it names how many have been read: a step costs as much as a page so far down,
    and the walk holds every trial once as long as the data stay the same.
    """

    search: Search
    size: int
    place: list[Any] | None  # of the row before, or how many rows are before; None: `search.page` says

    @classmethod
    def read(cls, data: QueryDict) -> "Walk":
        """Raises ParameterError. A cursor belongs to one search: another would go on with something else."""
        search = Search.from_query(data, *PARAMETERS)
        size, cursor = (clean_text(data.get(name, "")) for name in PARAMETERS)
        try:
            number = whole(1, LARGEST_PAGE)(size) if size else PAGE_SIZE
        except ValueError as error:
            raise ParameterError("page_size", str(error)) from error
        if cursor and clean_text(data.get("page", "")):
            raise ParameterError("cursor", "Give a page or a cursor, not both.")
        return cls(search, number, _place(cursor, _question(data, search.order)) if cursor else None)

    def trials(self, whole: Callable[[TrialQuerySet], TrialQuerySet]) -> list[Trial]:
        """The part asked for, each made `whole`, and one trial more, which tells that it goes on.

        It is found in the snapshot, without the rows before it. Where that is older than the data, or the row
        of the cursor has moved, PostgreSQL goes through the table: else a walk could leave rows out.
        """
        start = self._start() if is_current() else None
        if start is not None:
            return self.search.read_as(whole(Trial.objects.listed()), start, start + self.size + 1)
        found, start = self.search.results(), (self.search.page - 1) * self.size
        if self.place is not None and self._by_row:
            found, start = found.filter(after(self.place)), 0
        elif self.place is not None:
            start = self.place[0]
        return list(whole(found)[start : start + self.size + 1])

    def _start(self) -> int | None:
        """How many results come before the part; None where the row of the cursor is not where it was."""
        if self.place is None:
            return (self.search.page - 1) * self.size
        if not self._by_row:
            return int(self.place[0])
        row = Trial.objects.listed().only(*PLACED_BY).filter(pk=self.place[-1]).first()
        if row is None or place_of(row, india_first=self.search.order == Order.USUAL) != self.place:
            return None
        return self.search.until(row.pk)

    def next_cursor(self, found: Sequence[Trial], data: QueryDict) -> str | None:
        """The cursor behind the part, of `trials()` as found; None at the end."""
        if len(found) <= self.size:
            return None
        if self._by_row:
            place = place_of(found[self.size - 1], india_first=self.search.order == Order.USUAL)
        else:
            before = (self.search.page - 1) * self.size if self.place is None else self.place[0]
            place = [before + self.size]
        return _SIGNER.sign_object([_question(data, self.search.order), place])

    @property
    def _by_row(self) -> bool:
        return self.search.order in (Order.USUAL, Order.UPDATED)


def _place(cursor: str, question: str) -> list[Any]:
    try:
        asked, place = _SIGNER.unsign_object(cursor)
    except (BadSignature, ValueError):
        raise ParameterError("cursor", "This is no cursor of this site.") from None
    if asked != question:
        raise ParameterError("cursor", "This cursor belongs to another search.")
    return list(place)


def _question(data: QueryDict, order: Order) -> str:
    """A short name of the search as written, without its paging, and of its order."""
    written = [(name, data.getlist(name)) for name in BY_NAME if name != "page" and data.getlist(name)]
    return salted_hmac("trials.search.walk", repr((written, order.name))).hexdigest()[:12]
