"""Make a snapshot of what PostgreSQL holds: one row a listed trial, in the default order."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from django.conf import settings
from django.db import transaction
from pyroaring import BitMap

from trialfinder.environment import Mode
from trials.choices import INDIA, Status
from trials.models import Registration, Trial, TrialEvent
from trials.search.snapshot.columns import (
    LINE,
    LISTED_ON,
    LISTS,
    MANY_LISTED,
    NAMES,
    NOTHING,
    SINGLE,
    YEAR,
    key_of,
    text_of,
    year_of,
)
from trials.search.snapshot.names import put_names
from trials.search.snapshot.rows import read_rows
from trials.search.snapshot.stored import Writer
from trials.search.snapshot.words import put_words

Postings = dict[str, "array[int]"]


@transaction.atomic(savepoint=False)
def build(key: str) -> bytes:
    """A snapshot of the listed trials as they are now, under the name of this version of the data."""
    ids, updated = array("q"), array("i")
    read = {name: _postings() for name in (*LISTS, *SINGLE, *NAMES)}
    shown: dict[str, dict[str, str]] = {name: {} for name in NAMES}
    for position, row in enumerate(read_rows(*_statement(settings.MODE))):
        ids.append(row[0])
        updated.append(row[1].toordinal() if row[1] else 0)
        for name, text in zip(read, row[2:], strict=False):
            read[name][NOTHING if text is None else text].append(position)
        for name, spelt, text in zip(NAMES, *_names(row), strict=True):
            shown[name][spelt] = min(text, shown[name].get(spelt, text))
    writer = Writer(key, len(ids))
    by_id = array("I", sorted(range(len(ids)), key=ids.__getitem__))
    writer.array("ids", ids)
    writer.array("by_id", by_id)
    writer.array("newest", array("I", sorted(by_id, key=updated.__getitem__, reverse=True)))
    families = {name: _by_value(read[name], LINE if name in LISTS else "") for name in (*LISTS, *SINGLE)}
    for name, values in families.items():
        writer.bitmaps(name, values)
    writer.array("groups", array("I", _groups(len(ids), families)))
    for name in NAMES:
        put_names(writer, name, len(ids), read[name], shown[name])
    positions = {pk: position for position, pk in enumerate(ids)}
    writer.bitmaps("words", put_words(positions))
    _put_registrations(writer, positions)
    writer.bitmaps(LISTED_ON, _many_listed(positions))
    return writer.written()


def _postings() -> Postings:
    return defaultdict(lambda: array("I"))


def _names(row: Sequence[Any]) -> tuple[Sequence[str], Sequence[str]]:
    """The keys of names and the names as they stand, which are the last of a row."""
    return row[-2 * len(NAMES) : -len(NAMES)], row[-len(NAMES) :]


@cache
def _statement(_mode: Mode) -> tuple[str, Sequence[Any]]:
    """Key, last update, a text a column, then names as they stand; in the default order.

    Django takes longer to put it together than a small catalogue to answer it.
    """
    texts = {f"text_of_{name}": text_of(name) for name in (*LISTS, *SINGLE)}
    keys = {f"key_of_{name}": key_of(name) for name in NAMES}
    trials = Trial.objects.listed().in_default_order().annotate(**texts, **keys)
    return trials.values_list("id", "last_updated", *texts, *keys, *NAMES).query.sql_with_params()


def _by_value(texts: Postings, separator: str) -> dict[str, BitMap]:
    """Trials by single value; many trials share the whole text of a column."""
    found: dict[str, list[BitMap]] = defaultdict(list)
    for text, positions in texts.items():
        if text == NOTHING:
            continue
        bitmap = BitMap(positions)
        for value in text.split(separator) if separator and text else [text] * (not separator):
            found[value].append(bitmap)
    return {value: BitMap.union(BitMap(), *bitmaps) for value, bitmaps in sorted(found.items())}


def _groups(total: int, families: dict[str, dict[str, BitMap]]) -> Iterator[int]:
    """Where each group of the default order begins (`lookups.india_first`), and the end of the last."""
    yes = [
        families["recruiting_in_india"].get("true", BitMap()),
        families["countries"].get(INDIA, BitMap()),
        families["status"].get(Status.RECRUITING, BitMap()),
    ]
    everything, begin = BitMap(range(total)), 0
    for chosen in product((True, False), repeat=len(yes)):
        group = everything
        for wanted, bitmap in zip(chosen, yes, strict=True):
            group = group & bitmap if wanted else group - bitmap
        yield begin
        begin += len(group)
    yield total


def _many_listed(positions: Mapping[int, int]) -> dict[str, BitMap]:
    """Trials by the day on which many of them were first seen; one seen again that day counts once."""
    table = TrialEvent._meta.db_table
    asked = f"SELECT trial_id, (at AT TIME ZONE %s)::date::text FROM {table} WHERE kind = %s"  # noqa: S608
    days: Postings = _postings()
    for trial, day in read_rows(asked, [settings.TIME_ZONE, TrialEvent.Kind.LISTED]):
        if trial in positions:
            days[day].append(positions[trial])
    return {day: BitMap(found) for day, found in days.items() if len(found) >= MANY_LISTED}


def _put_registrations(writer: Writer, positions: Mapping[int, int]) -> None:
    """Trials by the year they began, or are to begin, in; how many records of each registry are held."""
    first: dict[int, int] = {}
    held: Counter[str] = Counter()
    for trial, registry, sample, published, start in _registrations():
        if not sample:
            held.update((f"{registry} held", *([f"{registry} listed"] if published else [])))
        position, year = positions.get(trial), year_of(start)
        if position is not None and published and year:
            first[position] = min(year, first.get(position, year))
    years: dict[str, BitMap] = defaultdict(BitMap)
    for position, year in first.items():
        years[str(year)].add(position)
    writer.bitmaps(YEAR, years)
    for name, number in held.items():
        writer.number(name, number)


def _registrations() -> Iterator[Sequence[Any]]:
    table, trials = Registration._meta.db_table, Trial._meta.db_table
    # Only the names of our own tables are put together here.
    asked = f"""
        SELECT trial_id, registry, record.sample, trial.published, details->>'start'
        FROM {table} AS record JOIN {trials} AS trial ON trial.id = trial_id
    """  # noqa: S608
    return read_rows(asked)
