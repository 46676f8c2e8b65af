"""What other ways to search take for the same questions: the newest 20 and the count, in turns.

    our own search, its part for plain words alone, and with the counts of every filter
    tantivy, SQLite FTS5: an index of the same texts, made once beside the database
    raw SQL on the GIN index, a stock Django filter: what a site without an index of its own would do

The questions are not read the same way: our search understands diseases and ages first, words are stemmed
by rules of their own. So they are the same questions, not the same answers. A filter is one more word of the
indexes of the others.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection
from django.http import QueryDict

from importers.bench.cost import Cost, costs
from trials.models import Trial
from trials.models.fulltext import mentions
from trials.models.lookups import RECRUITING_IN_INDIA
from trials.search.facets import facets
from trials.search.listed import Listed
from trials.search.parameters import Recruiting
from trials.search.search import Search

IN_INDIA = "recruitinginindia"
"""The word that stands for the filter, in questions and in the texts of the indexes."""
QUESTIONS = (
    *("safety", "fludarabine", "neurotoxicity", "leukapheresis", "lentiviral"),
    *("lymphoma relapsed", "pediatric leukemia", "patients randomized", "stem cell transplant"),
    *("car t cells after bridging therapy", f"safety {IN_INDIA}", f"lentiviral {IN_INDIA}"),
)
NEWEST = 20
ROUNDS = 5
ROUNDS_OF_STOCK = 1  # seconds each
OURS, PLAIN, STOCK = "this search", "plain words of this search", "Django icontains"
tantivy: Any = import_module("tantivy") if find_spec("tantivy") else None  # only for whoever measures

Answer = tuple[list[int], int]
Way = Callable[[str], Answer]


def peers(folder: Path) -> Iterator[Cost]:
    """What each question costs each way; indexes are made below `folder` where there are none."""
    ways = {OURS: _ours, PLAIN: _plain, f"{OURS} with all facets": _with_facets, **others(folder)}
    for words in QUESTIONS:
        yield from costs({f"{words}: {name}": partial(way, words) for name, way in ways.items()}, ROUNDS)
        yield from costs({f"{words}: {STOCK}": partial(stock, words)}, ROUNDS_OF_STOCK)


def others(folder: Path) -> Mapping[str, Way]:
    """The other ways that are quick enough to be asked as often as ours."""
    found: dict[str, Way] = {"raw SQL on the GIN index": raw, "SQLite FTS5": sqlite_search(folder)}
    return found | ({"tantivy": tantivy_search(folder)} if tantivy else {})


def texts() -> Iterator[tuple[int, str]]:
    """The listed trials from the newest on: their number in that order, from 1, and their words."""
    columns = ("title", "label_text", "official_title", "people_text", "summary")
    trials = Trial.objects.listed().newest_first().values_list("recruiting_in_india", *columns)
    for number, (in_india, *row) in enumerate(trials.iterator(chunk_size=5000), 1):
        yield number, " ".join([*row, IN_INDIA] if in_india else row)


def sqlite_search(folder: Path) -> Way:
    """Words in an FTS5 table, whose row numbers are the order."""
    database = sqlite3.connect(folder / "texts.sqlite3")
    made = "CREATE VIRTUAL TABLE IF NOT EXISTS trial USING fts5(text, content='', tokenize='porter')"
    database.execute(made)
    if not database.execute("SELECT count(*) FROM trial").fetchone()[0]:
        database.executemany("INSERT INTO trial (rowid, text) VALUES (?, ?)", texts())
        database.commit()

    def search(words: str) -> Answer:
        newest = "SELECT rowid FROM trial WHERE trial MATCH ? ORDER BY rowid LIMIT ?"
        counted = "SELECT count(*) FROM trial WHERE trial MATCH ?"
        rows = database.execute(newest, [words, NEWEST]).fetchall()
        return [number for (number,) in rows], database.execute(counted, [words]).fetchone()[0]

    return search


def tantivy_search(folder: Path) -> Way:
    """Words in a tantivy index with English stems, ordered by a fast field."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="en_stem")
    schema.add_integer_field("number", stored=True, fast=True)
    place = folder / "texts.tantivy"
    is_new = not place.exists()
    place.mkdir(exist_ok=True)
    index: Any = tantivy.Index(schema.build(), path=str(place))
    if is_new:
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for number, text in texts():
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    def search(words: str) -> Answer:
        every = " AND ".join(words.split())
        searcher = index.searcher()
        found = searcher.search(
            index.parse_query(every, ["text"]), NEWEST, order_by_field="number", order=tantivy.Order.Asc
        )
        return [searcher.doc(address)["number"][0] for _, address in found.hits], found.count

    return search


def raw(words: str) -> Answer:
    """The words by PostgreSQL's own index, in two statements."""
    words, in_india = _parted(words)
    asked = "FROM trials_trial WHERE published AND search_vector @@ plainto_tsquery('tf_english', %s)"
    asked += " AND recruiting_in_india" if in_india else ""
    newest = f"SELECT id {asked} ORDER BY last_updated DESC NULLS LAST, id LIMIT {NEWEST}"
    with connection.cursor() as cursor:
        cursor.execute(newest, [words])
        rows = [number for (number,) in cursor.fetchall()]
        cursor.execute(f"SELECT count(*) {asked}", [words])
        return rows, cursor.fetchone()[0]


def stock(words: str) -> Answer:
    """What one writes first: `icontains` for each word."""
    words, in_india = _parted(words)
    trials = Trial.objects.filter(published=True, **({"recruiting_in_india": True} if in_india else {}))
    for word in words.split():
        trials = trials.filter(summary__icontains=word)
    return list(trials.order_by("-last_updated").values_list("pk", flat=True)[:NEWEST]), trials.count()


def _ours(words: str) -> Answer:
    search = _search(words)
    return search.ids(0, NEWEST), len(search.hits)


def _plain(words: str) -> Answer:
    """Nothing understood: every word is looked for, as the others do."""
    words, in_india = _parted(words)
    listed = Listed()
    hits = listed.matching([mentions(words), *([RECRUITING_IN_INDIA] if in_india else [])])
    return listed.ids(listed.newest(hits, 0, NEWEST)), len(hits)


def _with_facets(words: str) -> Answer:
    search = _search(words)
    facets(search)
    return search.ids(0, NEWEST), len(search.hits)


def _search(words: str) -> Search:
    words, in_india = _parted(words)
    query = QueryDict(mutable=True)
    query.update({"q": words, "sort": "updated", "exact": "spelling"})
    if in_india:
        query["recruiting"] = Recruiting.INDIA
    return Search.from_query(query)


def _parted(words: str) -> tuple[str, bool]:
    """The words, and whether the filter is among them."""
    return words.replace(IN_INDIA, "").strip(), IN_INDIA in words


def ratios(found: Sequence[Cost]) -> Iterator[str]:
    """Of the processor time of each way how many times that of tantivy, and that of our search: medians."""
    taken: dict[str, list[float]] = {}
    for one in found:
        taken.setdefault(one.what.partition(": ")[2], []).append(one.python + one.database)
    for name, times in taken.items():
        against = [
            f"{median(a / b for a, b in zip(times, taken[other], strict=True)):.1f} x {other}"
            for other in ("tantivy", OURS)
            if other in taken and other != name
        ]
        yield f"{name}: {median(times):.1f} ms, {max(times):.1f} at most; {', '.join(against)}"
