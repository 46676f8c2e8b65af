"""The trials that pass a condition: the same `Q` that PostgreSQL would be given, over bitmaps.

What no column of the snapshot holds (ids, pages of registries, rare words) is asked of PostgreSQL.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Q, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from pyroaring import BitMap

from trials.models import DataVersion, Trial
from trials.search.snapshot.columns import LISTS, NAMES, SINGLE, as_text
from trials.search.snapshot.names import holding
from trials.search.snapshot.stored import Snapshot
from trials.search.snapshot.words import words_of

_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "lt": lambda value, limit: value < limit,
    "lte": lambda value, limit: value <= limit,
    "gte": lambda value, limit: value >= limit,
}


class _Unknown(Exception):
    """The snapshot does not know the column, or not so: PostgreSQL does."""


def evaluate(snapshot: Snapshot, question: Q) -> BitMap:
    """The positions of listed trials that pass. At most two statements, none for known columns."""
    try:
        return _evaluated(snapshot, question)
    except _Unknown:
        pass
    words = _common_words(snapshot, question)
    return _asked(snapshot, question) if words is None else words


def positions(snapshot: Snapshot, ids: Iterable[int]) -> BitMap:
    """Where these trials stand; a trial that was listed later has no position yet."""
    wanted = set(ids)
    if len(wanted) * 20 > snapshot.total:
        return BitMap([position for position, pk in enumerate(snapshot.ids) if pk in wanted])
    found = (position_of(snapshot, pk) for pk in wanted)
    return BitMap([position for position in found if position is not None])


def position_of(snapshot: Snapshot, pk: int) -> int | None:
    """Where a trial stands, None for one that is not listed."""
    by_id, ids = snapshot.by_id, snapshot.ids
    low = bisect_left(by_id, pk, key=ids.__getitem__)
    return by_id[low] if low < len(by_id) and ids[by_id[low]] == pk else None


def _evaluated(snapshot: Snapshot, question: Q) -> BitMap:
    parts = [
        _evaluated(snapshot, child) if isinstance(child, Q) else _leaf(snapshot, child)
        for child in question.children
    ]
    if not parts:
        return snapshot.all
    joined = BitMap.union(*parts) if question.connector == Q.OR else BitMap.intersection(*parts)
    return snapshot.all - joined if question.negated else joined


def _leaf(snapshot: Snapshot, child: Any) -> BitMap:
    """One condition of one column: `("phases__overlap", ["PHASE1"])`."""
    if not isinstance(child, tuple):
        raise _Unknown
    name, _, lookup = child[0].partition("__")
    value = child[1]
    if name in LISTS and lookup == "overlap":
        return snapshot.union(name, value)
    if name in LISTS and lookup == "contains":
        return BitMap.intersection(snapshot.all, *(snapshot.having(name, one) for one in value))
    if name in NAMES and lookup == "unaccent__icontains":
        return holding(snapshot, name, _as_key(value))
    if name in SINGLE and lookup in ("", "exact", "in"):
        if value is None:
            return snapshot.all - snapshot.union(name, snapshot.counts(name))
        return snapshot.union(name, map(as_text, value if lookup == "in" else [value]))
    if name in SINGLE and lookup in _COMPARED:
        passes = _COMPARED[lookup]
        return snapshot.union(name, (known for known in snapshot.counts(name) if passes(float(known), value)))
    raise _Unknown


def _as_key(word: str) -> str:
    """A word as `columns.key_of` writes names. One statement: only PostgreSQL knows its own rules."""
    if word.isascii():
        return word.upper()
    with connection.cursor() as cursor:
        cursor.execute("SELECT upper(unaccent(%s))", [word])
        return str(cursor.fetchone()[0])


def _common_words(snapshot: Snapshot, question: Q) -> BitMap | None:
    """The trials that hold all words, where every word is a common one; None for any other question."""
    queries = [
        child[1] for child in question.children if isinstance(child, tuple) and child[0] == "search_vector"
    ]
    if not snapshot.directory.families["words"] or not queries or question.negated:
        return None
    found = BitMap()
    for words in _words(queries[0]):
        if words is None or not snapshot.directory.families["words"].keys() >= set(words):
            return None
        found |= BitMap.intersection(snapshot.all, *(snapshot.having("words", word) for word in words))
    return found


def _words(query: Combinable) -> list[list[str] | None]:
    """The words of each side of `a | b`, as PostgreSQL reads them. One statement, to a table of one row."""
    rows = DataVersion.objects.annotate(text=Cast(query, TextField()))
    text = rows.values_list("text", flat=True).first()
    if text is None:
        return [None]
    return [words_of(side.strip("() ")) for side in text.split(" | ")]


def _asked(snapshot: Snapshot, question: Q) -> BitMap:
    return positions(
        snapshot, Trial.objects.listed().filter(question).values_list("pk", flat=True).iterator()
    )
