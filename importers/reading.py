"""One page of a run: raw items in, parsed and classified records out. Pure but for one look at the hashes.

What comes out is kept beside the page until the run is published, so that any worker can read any page.
"""

import logging
import zlib
from collections.abc import Sequence

import msgspec

from importers.classify import classify
from importers.files import RawItem, Unreadable
from importers.load import Arrival
from importers.models import ImportRun, RunPage
from importers.records import ParseError
from importers.registries import REGISTRIES, RegistryModule
from trials.choices import Registry
from trials.models import Registration

logger = logging.getLogger(__name__)
Item = RawItem | Unreadable


class Copy(msgspec.Struct, frozen=True):
    """One raw copy whose registry id is known; `body` is zlib-compressed."""

    registry_id: str
    content_hash: str
    body: bytes


class Problem(msgspec.Struct, frozen=True):
    """Why one item could not be taken."""

    origin: str
    registry_id: str = ""
    content_hash: str = ""
    field: str = ""
    value: str = ""


class Reading(msgspec.Struct):
    """What a page holds: its ids, what is new to us, and what went wrong. `copies` are of both."""

    ids: list[str] = []
    arrivals: list[Arrival] = []
    copies: list[Copy] = []
    problems: list[Problem] = []

    def packed(self) -> bytes:
        return zlib.compress(msgspec.msgpack.encode(self), 1)


def unpack(page: RunPage) -> Reading:
    """The stored reading of a page that was read."""
    return msgspec.msgpack.decode(zlib.decompress(page.reading or b""), type=Reading)


def read(run: ImportRun, items: Sequence[Item]) -> Reading:
    """Read what differs from what is stored; of several items of one id the last counts."""
    reader = REGISTRIES[Registry(run.registry)]
    reading = Reading()
    named: dict[str, tuple[str, RawItem]] = {}
    for item in items:
        if isinstance(item, Unreadable):
            reading.problems.append(Problem(item.origin, field="file", value=item.reason))
        elif registry_id := reader.identify(item.raw):
            named[registry_id] = (reader.fingerprint(item.raw), item)
        else:
            reading.problems.append(_refused(reader, item))
    reading.ids = list(named)
    stored = _stored_hashes(run, reading.ids)
    for registry_id, (content_hash, item) in named.items():
        if stored.get(registry_id) != content_hash:
            reading.copies.append(Copy(registry_id, content_hash, zlib.compress(item.raw)))
            outcome = _read_one(reader, registry_id, content_hash, item)
            if isinstance(outcome, Arrival):
                reading.arrivals.append(outcome)
            else:
                reading.problems.append(outcome)
    return reading


def _stored_hashes(run: ImportRun, ids: Sequence[str]) -> dict[str, str]:
    """Content hash of the copies already loaded, by registry id. A reparse reads all of them again."""
    if run.source == ImportRun.Source.REPARSE:
        return {}
    rows = Registration.objects.filter(registry=run.registry, registry_id__in=ids)
    return dict(rows.values_list("registry_id", "content_hash"))


def _read_one(
    reader: RegistryModule, registry_id: str, content_hash: str, item: RawItem
) -> Arrival | Problem:
    try:
        record = reader.parse(item.raw)
        return Arrival(record, classify(record), content_hash)
    except ParseError as error:
        return Problem(item.origin, registry_id, content_hash, error.field, error.value)
    except Exception as error:  # a fault of ours must not take the other records with it
        logger.exception("%s could not be read", registry_id)
        return Problem(item.origin, registry_id, content_hash, "parser", repr(error))


def _refused(reader: RegistryModule, item: RawItem) -> Problem:
    """The problem of an item that names no id: the parser knows best what it is instead."""
    try:
        reader.parse(item.raw)
    except ParseError as error:
        return Problem(item.origin, error.registry_id, "", error.field, error.value)
    return Problem(item.origin, field="id", value="no registry id")
