"""Words that so many trials hold that PostgreSQL would have to look at a large part of the table.

Their trials are bitmaps; those of every other word are asked of the index for words when somebody searches.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Mapping

from django.db import connection
from pyroaring import BitMap

from trials.models import Trial
from trials.search.snapshot.columns import LINE
from trials.search.snapshot.rows import read_rows

COMMON = 5_000
"""A word of more listed trials than these is common, in a large catalogue of more than one trial in `OF`:
PostgreSQL reads those of the others by its index, in 30 ms or less."""
OF = 100
SAMPLE = 5
"""The table is looked at in so many percent of its pages to find the common words."""
_WORD = re.compile(r"'((?:[^']|'')*)'")


def put_words(positions: Mapping[int, int]) -> dict[str, BitMap]:
    """Trials by common word; nothing in a catalogue that is not larger than `COMMON`."""
    if len(positions) <= COMMON:
        return {}
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    table = Trial._meta.db_table
    # Only the names of our own table are put together here.
    held = f"""
        SELECT id, (
            SELECT string_agg(word, %s)
            FROM unnest(tsvector_to_array(search_vector)) AS word WHERE word = ANY(%s)
        ) FROM {table} WHERE published
    """  # noqa: S608
    least = max(COMMON, len(positions) // OF)
    for trial, text in read_rows(held, [LINE, _common_words(table, least)]):
        position = positions.get(trial)
        if position is not None and text:
            for word in text.split(LINE):
                found[word].append(position)
    return {word: BitMap(numbers) for word, numbers in found.items()}


def _common_words(table: str, least: int) -> list[str]:
    sampled = f"""
        SELECT search_vector FROM {table} TABLESAMPLE SYSTEM ({SAMPLE}) REPEATABLE (0) WHERE published
    """  # noqa: S608
    with connection.cursor() as cursor:
        # Somewhat fewer in the sample: what a sample misses is only slower.
        cursor.execute("SELECT word FROM ts_stat(%s) WHERE ndoc > %s", [sampled, least * SAMPLE / 100 * 0.8])
        return [word for (word,) in cursor.fetchall()]


def words_of(query: str) -> list[str] | None:
    """The words of a plain query of PostgreSQL, all of which a trial must hold; None for any other query."""
    words = [word.replace("''", "'") for word in _WORD.findall(query)]
    rest = _WORD.sub("", query).replace("&", "").strip()
    return None if rest else words
