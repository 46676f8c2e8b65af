"""How many trials each further choice would leave: every facet, the total and the way out of nothing.

One statement whatever the number of facets. Django compiles every distinct filter to a true-or-false
column of one row a trial; the statement around it only counts those columns, under fixed names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, TextChoices

from trials.models import Trial
from trials.search.parameters import Disease, Recruiting
from trials.search.search import Search

_OPTIONS: dict[str, type[TextChoices]] = {"recruiting": Recruiting, "disease": Disease}


@dataclass(frozen=True, slots=True)
class Facets:
    """What the list holds and what other choices would leave.

    `counts["phase"]["PHASE1"]` trials answer when phase 1 alone is chosen beside all other filters;
    values no trial has are absent. `without["phase"]` answer when that filter is dropped.
    """

    total: int
    counts: dict[str, dict[str, int]]
    without: dict[str, int]


def facets(search: Search) -> Facets:
    """Counts of a search, in one statement."""
    questions: dict[Q, str] = {}
    parts = " UNION ALL ".join(_parts(search, questions))
    asked = {name: ExpressionWrapper(question, BooleanField()) for question, name in questions.items()}
    rows = Trial.objects.listed().annotate(**asked).values(*_columns(search).values(), *asked)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        # Only Django's own SQL and the fixed names of this module are put together here.
        cursor.execute(f"WITH listed AS MATERIALIZED ({sql}) {parts}", params)
        counted: list[tuple[str, str, int]] = cursor.fetchall()
    return _gather(search, counted)


def _columns(search: Search) -> dict[str, str]:
    """The column whose values each facet counts: the one its own filter would look into."""
    return search.columns | {"cell_source": "cell_source"}


def _parts(search: Search, questions: dict[Q, str]) -> Iterator[str]:
    """SELECTs of (part, value, count): one a facet, then one for all single counts.

    Every distinct filter is noted in `questions` with the name of its column.
    """
    for name, column in _columns(search).items():
        value = column if name == "cell_source" else f"unnest({column})"
        passes = _passes(_beside(search, name), questions)
        yield f"SELECT '{name}', {value}, count(*) FROM listed WHERE {passes} GROUP BY 2"  # noqa: S608
    singles = list(_singles(search))
    parts = ", ".join(f"'{part}'" for part, _, _ in singles)
    values = ", ".join(f"'{value}'" for _, value, _ in singles)
    counts = ", ".join(f"count(*) FILTER (WHERE {_passes(single, questions)})" for _, _, single in singles)
    yield f"SELECT unnest(ARRAY[{parts}]), unnest(ARRAY[{values}]), unnest(ARRAY[{counts}]) FROM listed"  # noqa: S608


def _singles(search: Search) -> Iterator[tuple[str, str, Search]]:
    """The searches that are only counted, by part and value."""
    for name, options in _OPTIONS.items():
        for value in options.values:
            yield name, value, search.but(**{name: value})
    for name in search.filters:
        yield "without", name, search.dropping(name)
    yield "total", "", search


def _beside(search: Search, name: str) -> Search:
    """What a facet's counts must pass: every filter but its own.

    "Cancers" is left out beside conditions where nobody asked for it: choosing lupus lifts it.
    """
    others = search.dropping(name)
    return others.but(disease=Disease.ALL) if name == "condition" and not search.disease else others


def _passes(search: Search, questions: dict[Q, str]) -> str:
    """The filters of a search as columns; one that several searches share is asked once."""
    asked = search.filters.values()
    return " AND ".join([questions.setdefault(q, f"asked_{len(questions)}") for q in asked]) or "true"


def _gather(search: Search, counted: Iterable[tuple[str, str, int]]) -> Facets:
    parts: dict[str, dict[str, int]] = {
        name: {} for name in (*_columns(search), *_OPTIONS, "without", "total")
    }
    for part, value, count in counted:
        parts[part][value] = count
    return Facets(total=parts.pop("total")[""], without=parts.pop("without"), counts=parts)
