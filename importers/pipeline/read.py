"""One page of a run: raw items in, parsed and classified records out. Pure but for one look at the hashes.

What comes out is kept beside the page until the run is published, so that any worker can read any page.
"""

import logging
import zlib
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from importers.classify import classify
from importers.files.documents import Known, RawItem, Unreadable
from importers.load.store import Arrival
from importers.models import ImportRun, RunPage
from importers.pipeline.lengths import LONGEST_PROSE, within_limits
from importers.records import ParseError
from importers.registries import adapter
from importers.registries.base import Adapter
from importers.registries.examined import Examined
from trials.models import Registration

logger = logging.getLogger(__name__)
Item = RawItem | Unreadable | Known
RAW_LEVEL = 1
"""A third of the time of zlib's usual level for a fifth more bytes."""


class Copy(msgspec.Struct, frozen=True):
    """One raw copy whose registry id is known; `body` is zlib-compressed."""

    registry_id: str
    content_hash: str
    body: bytes


class Problem(msgspec.Struct, frozen=True):
    """Why one item could not be taken; `updated` and `aliases` where they can be made out all the same."""

    origin: str
    registry_id: str = ""
    content_hash: str = ""
    field: str = ""
    value: str = ""
    updated: date | None = None
    aliases: tuple[str, ...] = ()


class PageReading(msgspec.Struct):
    """What a page holds: its ids, what is new to us, and what went wrong. `copies` are of both.

    An id stands in `ids` once for every different copy of it, and in `known` where one is the stored copy.
    """

    ids: list[str] = []
    known: list[str] = []
    arrivals: list[Arrival] = []
    copies: list[Copy] = []
    problems: list[Problem] = []

    def packed(self) -> bytes:
        """For the page's row. The copies are compressed already, the rest is worth it."""
        packed = zlib.compress(
            msgspec.msgpack.encode((self.ids, self.known, self.arrivals, self.problems)), 1
        )
        return msgspec.msgpack.encode((packed, self.copies))


def unpack(page: RunPage) -> PageReading:
    """The stored reading of a page that was read."""
    packed, copies = msgspec.msgpack.decode(page.reading or b"", type=tuple[bytes, list[Copy]])
    ids, known, arrivals, problems = msgspec.msgpack.decode(
        zlib.decompress(packed), type=tuple[list[str], list[str], list[Arrival], list[Problem]]
    )
    return PageReading(ids, known, arrivals, copies, problems)


def read(run: ImportRun, items: Sequence[Item]) -> PageReading:
    """Read every different copy that is not the stored one. Which of several counts, `newest` decides."""
    reader = adapter(run.registry)
    reading = PageReading()
    named: dict[tuple[str, str], tuple[Examined, RawItem] | None] = {}
    for item in items:
        if isinstance(item, Known):
            named[item.registry_id, item.content_hash] = None
        elif isinstance(item, Unreadable):
            reading.problems.append(Problem(item.origin, field="file", value=item.reason))
        elif isinstance(found := _examine(reader, item), Examined):
            named[found.registry_id, found.content_hash] = (found, item)
        else:
            reading.problems.append(found)
    reading.ids = [registry_id for registry_id, _ in named]
    stored = _stored_hashes(run, (registry_id for (registry_id, _), new in named.items() if new))
    for (registry_id, content_hash), new in named.items():
        if new is None or stored.get(registry_id) == content_hash:
            reading.known.append(registry_id)
            continue
        examined, item = new
        reading.copies.append(Copy(registry_id, content_hash, zlib.compress(item.raw, RAW_LEVEL)))
        outcome = _read_one(reader, examined, item)
        if isinstance(outcome, Arrival):
            reading.arrivals.append(outcome)
        else:
            reading.problems.append(outcome)
    return reading


def told_apart(run: ImportRun, items: Iterable[RawItem | Unreadable]) -> tuple[list[Item], list[str]]:
    """The same items, those that are the stored copies as `Known`: on most days nearly all of them.

    And the ids that the records give themselves, none where one does not show its id yet. Nothing else stores
    records of the registry while the run lasts: what is known now is known later on.
    """
    given, recognise = list(items), adapter(run.registry).recognise
    if recognise is None:
        return [*given], []
    names = {n: recognise(item.raw) for n, item in enumerate(given) if isinstance(item, RawItem)}
    ids = [registry_id for registry_id, _ in names.values()]
    stored = _stored_hashes(run, ids)
    told: list[Item] = [
        Known(item.origin, *names[n]) if n in names and stored.get(names[n][0]) == names[n][1] else item
        for n, item in enumerate(given)
    ]
    return told, ids if all(ids) else []


def _examine(reader: Adapter, item: RawItem) -> Examined | Problem:
    """Which record an item is; of one that names none the parser knows best what it is instead."""
    try:
        examined = reader.examine(item.raw)
        if not examined.registry_id:
            reader.parse_value(examined.value)
            return Problem(item.origin, field="id", value="no registry id")
        return examined
    except ParseError as error:
        return Problem(item.origin, error.registry_id, "", error.field, error.value)


def _stored_hashes(run: ImportRun, ids: Iterable[str]) -> dict[str, str]:
    """Content hash of the copies already loaded, by registry id. A reparse reads all of them again."""
    if run.source == ImportRun.Source.REPARSE:
        return {}
    rows = Registration.objects.filter(registry=run.registry, registry_id__in=set(ids))
    return dict(rows.values_list("registry_id", "content_hash"))


def _read_one(reader: Adapter, examined: Examined, item: RawItem) -> Arrival | Problem:
    try:
        record = reader.parse_value(examined.value)
        if len(item.raw) > LONGEST_PROSE:
            record = within_limits(record)
        return Arrival(record, classify(record), examined.content_hash)
    except ParseError as error:
        field, value = error.field, error.value
    except Exception as error:  # a fault of ours must not take the other records with it
        logger.exception("%s could not be read", examined.registry_id)
        field, value = "parser", repr(error)
    seen = reader.glance(examined.value)
    return Problem(
        item.origin, examined.registry_id, examined.content_hash, field, value, seen.updated, seen.aliases
    )
