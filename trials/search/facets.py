"""How many trials each further choice would leave: every facet, the total and the way out of nothing.

One statement whatever the number of facets. Django compiles every distinct filter to a true-or-false
column of one row a trial; the statement around it only counts those columns, under fixed names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.db.models.functions import Upper

from trials.models import Trial
from trials.search.filter_row import Filter
from trials.search.filters import FILTERS
from trials.search.parameters import Disease, Recruiting
from trials.search.search import PLACE_FILTERS, Search

MOST_SUGGESTED = 20
"""Sponsors and the like, those of most trials. Each counts the trials of all names that contain it."""
_VALUES = tuple(one for one in FILTERS if one.column)
_TEXTS = tuple(one for one in FILTERS if one.contains)
_CHOICES: Mapping[str, Mapping[str, str | int]] = {
    **{one.name: {v: v for v in one.choices.values} for one in FILTERS if one.counted and one.choices},
    **{one.name: {str(number): number for number in one.numbers} for one in FILTERS if one.numbers},
}
COUNTED = (*(one.name for one in (*_VALUES, *_TEXTS)), *_CHOICES)

Ways = Callable[[Search], Mapping[str, Search]]


@dataclass(frozen=True, slots=True)
class Facets:
    """What the list holds and what other choices would leave.

    `counts["phase"]["PHASE1"]` trials answer when phase 1 alone is chosen beside all other filters;
    values no trial has are absent. `without["phase"]` answer when that filter is dropped, `ways` are the
    totals of the other searches given, and `open_cities` counts by city what recruits in India when the
    places of the search are dropped.
    """

    total: int
    counts: dict[str, dict[str, int]]
    without: dict[str, int]
    ways: dict[str, int] = field(default_factory=dict)
    open_cities: dict[str, int] = field(default_factory=dict)

    @property
    def open_in_india(self) -> int:
        """Trials of the search with a site in India that recruits now."""
        return self.counts["recruiting"].get(Recruiting.INDIA, 0)

    @property
    def open_abroad(self) -> int:
        """Trials that recruit somewhere, and not in India."""
        return self.counts["recruiting"].get(Recruiting.ANYWHERE, 0) - self.open_in_india

    @property
    def listed(self) -> int:
        """Trials of the search, recruiting or not."""
        return self.without.get("recruiting", self.without.get("q_recruiting", self.total))


def no_ways(_search: Search) -> Mapping[str, Search]:
    """Nothing more to count."""
    return {}


def facets(search: Search) -> Facets:
    """Counts of a search, in one statement."""
    return count([search])[0]


def count(searches: Sequence[Search], ways: Ways = no_ways) -> list[Facets]:
    """Counts of each search, in one statement; one is counted only where those before it find nothing."""
    questions: dict[Q, str] = {}
    parts = [
        part
        for number, search in enumerate(searches)
        for part in _parts(search, questions, f"{number}:", _gate(searches[:number], questions), ways)
    ]
    passes = {name: ExpressionWrapper(question, BooleanField()) for question, name in questions.items()}
    keys = {_key(one): Upper(F(f"{one.contains}__unaccent")) for one in _TEXTS}
    columns = {search.column(one) for search in searches for one in _VALUES}
    columns |= {"open_cities", *(one.contains for one in _TEXTS)}
    rows = Trial.objects.listed().annotate(**passes, **keys).values(*sorted(columns), *passes, *keys)
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        # Only Django's own SQL and the fixed names of this room are put together here.
        cursor.execute(f"WITH listed AS MATERIALIZED ({sql}) {' UNION ALL '.join(parts)}", params)
        counted: list[tuple[str, str, int]] = cursor.fetchall()
    return [_gather(f"{number}:", counted) for number in range(len(searches))]


def _gate(before: Sequence[Search], questions: dict[Q, str]) -> str:
    """The condition under which a search is counted, which PostgreSQL evaluates once and not of every row."""
    gates = [f"NOT EXISTS (SELECT FROM listed WHERE {_passes(search, questions)})" for search in before]
    return " AND ".join(gates) or "true"


def _parts(search: Search, questions: dict[Q, str], prefix: str, gate: str, ways: Ways) -> Iterator[str]:
    """SELECTs of (part, value, count): one a facet, then one for all single counts.

    Every distinct filter is noted in `questions` with the name of its column.
    """

    def counting(name: str, value: str, counted: Search) -> str:
        return (
            f"SELECT '{prefix}{name}', {value}, count(*) FROM listed "  # noqa: S608
            f"WHERE {gate} AND {_passes(counted, questions)} GROUP BY 2"
        )

    for one in _VALUES:
        column = search.column(one)
        value = column if one.lookup == "in" else f"unnest({column})"
        yield counting(one.name, value, _beside(search, one.name))
    for one in _TEXTS:
        passes = f"{gate} AND {_passes(_beside(search, one.name), questions)}"
        yield _suggestions(f"{prefix}{one.name}", one, passes)
    yield counting("open_cities", "unnest(open_cities)", anywhere(search))
    singles = list(_singles(search, ways))
    parts = ", ".join(f"'{prefix}{part}'" for part, _, _ in singles)
    values = ", ".join(f"'{value}'" for _, value, _ in singles)
    counts = ", ".join(f"count(*) FILTER (WHERE {_passes(single, questions)})" for _, _, single in singles)
    yield (
        f"SELECT unnest(ARRAY[{parts}]), unnest(ARRAY[{values}]), unnest(ARRAY[{counts}]) "  # noqa: S608
        f"FROM listed WHERE {gate}"
    )


def _key(one: Filter) -> str:
    """The column by which names are compared: without accents, in capitals."""
    return f"{one.contains}_key"


def _suggestions(part: str, one: Filter, passes: str) -> str:
    """The names of most trials, each with the trials that hold all its words, as choosing it would find.

    `texts` are the columns as they stand, with a name a line; `most` are single names. Percent signs are
    double as everywhere in SQL that takes parameters. The longest word rules most texts out, at little cost.
    """
    return f"""(
        WITH texts AS (
            SELECT {_key(one)} AS keys, min({one.contains}) AS names, count(*) AS number
            FROM listed WHERE {passes} AND {one.contains} <> '' GROUP BY 1
        ), most AS (
            SELECT min(name) AS name, key
            FROM texts,
                unnest(string_to_array(keys, chr(10)), string_to_array(names, chr(10))) AS one (key, name)
            GROUP BY key ORDER BY sum(number) DESC, key LIMIT {MOST_SUGGESTED}
        ), worded AS (
            SELECT name, key, (array_agg(word ORDER BY length(word) DESC))[1] AS longest,
                array_agg('%%' || regexp_replace(word, '([\\%%_])', '\\\1', 'g') || '%%') AS words
            FROM most, unnest(string_to_array(key, ' ')) AS word GROUP BY name, key
        )
        SELECT '{part}', name, sum(number)::bigint
        FROM worded JOIN texts ON strpos(keys, longest) > 0 AND keys LIKE ALL (words) GROUP BY name, key
    )"""  # noqa: S608


def _singles(search: Search, ways: Ways) -> Iterator[tuple[str, str, Search]]:
    """The searches that are only counted, by part and value."""
    for name, options in _CHOICES.items():
        for text, value in options.items():
            yield name, text, search.but(**{name: value})
    for name in search.filters:
        yield "without", name, search.dropping(name)
    for name, other in ways(search).items():
        yield "ways", name, other
    yield "total", "", search


def _beside(search: Search, name: str) -> Search:
    """What a facet's counts must pass: every filter but its own.

    "Cancers" is left out beside conditions where it was not chosen: choosing lupus lifts it.
    """
    others = search.dropping(name)
    return others.but(disease=Disease.ALL) if name == "condition" and not search.disease else others


def anywhere(search: Search) -> Search:
    """The same search without its places."""
    for name in PLACE_FILTERS:
        search = search.dropping(name) if name in search.filters else search
    return search


def _passes(search: Search, questions: dict[Q, str]) -> str:
    """The filters of a search as columns; one that several searches share is evaluated once."""
    filters = search.filters.values()
    return " AND ".join([questions.setdefault(q, f"filter_{len(questions)}") for q in filters]) or "true"


def _gather(prefix: str, counted: Sequence[tuple[str, str, int]]) -> Facets:
    parts: dict[str, dict[str, int]] = {name: {} for name in (*COUNTED, "without", "ways", "open_cities")}
    total = 0
    for part, value, number in counted:
        if part == f"{prefix}total":
            total = number
        elif part.startswith(prefix):
            parts[part.removeprefix(prefix)][value] = number
    others = {name: parts.pop(name) for name in ("without", "ways", "open_cities")}
    return Facets(total=total, counts=parts, **others)
