"""Everything a registry must say. Each folder beside this file says it in a module `adapter`, as `ADAPTER`.

The same file names stand in each folder:

    description.py   what pages need to know (`trials.registries.RegistryDescription`)
    adapter.py       `ADAPTER`: the rest, put together
    fetch.py         how the registry is asked
    checks.py        the small questions of "Test the connection"
    files.py         which saved files hold its records
    fake.py          a stand-in that answers on this machine

How a registry is added step by step: docs/adding.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Protocol

from django.utils.functional import Promise

from importers.files.documents import Hint, Reader
from importers.http.access import Access
from importers.http.session import RegistrySession
from importers.registries.check import Check
from importers.registries.examined import Examined, Glance
from trials.record import TrialRecord
from trials.registries import RegistryDescription


@dataclass(frozen=True, slots=True)
class SweepPage:
    """New records, `(registry id, raw)`, and how many the sweep will bring as far as is known by now."""

    expected: int
    records: list[tuple[str, bytes]]


class Sweep(Protocol):
    """One attempt to read everything that a registry has for us."""

    def pages(self) -> Iterator[SweepPage]:
        """Every record once. Raises `RegistryError`; `Incomplete` and `Refused` mean: sweep again."""

    def asked(self) -> list[dict[str, Any]]:
        """The questions so far as JSON values: `names`, `words`, `found`, `new`, `outcome` each."""


def _no_version(_session: RegistrySession) -> tuple[str, str]:
    return "", ""


def _no_schema(_session: RegistrySession) -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverNetwork:
    """A registry that is asked over the network, at the pace of the sessions that `open` makes."""

    open: Callable[[Access], RegistrySession]
    checks: Sequence[Check] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping(OverNetwork):
    """Read as a whole once a day."""

    sweep: Callable[[RegistrySession], Sweep]
    fetch_one: Callable[[RegistrySession, str], tuple[str, bytes]]
    """Present id and raw copy of the record with this id. `NotFound` where there is none."""
    version: Callable[[RegistrySession], tuple[str, str]] = _no_version
    """Version of the API, and the registry's date of its data, "" where it gives none."""
    schema: Callable[[RegistrySession], dict[str, str]] = _no_schema
    """The registry's description of the fields we read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawling(OverNetwork):
    """Read page by page, in runs that follow each other from an hour until another, Indian time."""

    crawl: Callable[[Any, Any], None]
    """Fill the `Pages` of an `ImportRun` with what one run may ask for."""
    pause: float
    """Seconds between two requests."""
    hours: Callable[[], tuple[time, time]]
    budget: Callable[[], int]
    """The most requests of one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fake:
    """A stand-in for `manage.py fake_registry`. `setting` is where imports are given its address."""

    serve: Callable[..., AbstractContextManager[str]]
    """Called with raw copies, `faults`, `port` and the options given; gives the address it answers at."""
    setting: str
    options: frozenset[str] = frozenset()
    """Names of further options of `serve`."""


def _as_they_are(arrivals: Sequence[Any]) -> list[Any]:
    return list(arrivals)


def _ignored(_hints: Sequence[Hint]) -> int:
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """One registry. Reading a record is pure."""

    description: RegistryDescription
    examine: Callable[[bytes], Examined]
    """Id and fingerprint of a raw copy in one look, or `ParseError` for what cannot be looked into."""
    recognise: Callable[[bytes], tuple[str, str]] | None = None
    """Id and fingerprint without looking in, to tell copies that are stored already; the pair may be wrong
    for any other copy. None where that is no quicker than `examine`."""
    parse_value: Callable[[Any], TrialRecord]
    """The record in the value of an examined copy, or `ParseError`."""
    glance: Callable[[Any], Glance] = lambda _value: Glance()
    """What can be made out of an examined copy that `parse_value` refuses."""
    kinds: Mapping[str, Reader]
    """How saved files are read, by the ending of their name."""
    kinds_words: str | Promise
    """The same for people, in a sentence."""
    network: Sweeping | Crawling | None = None
    """None: read from files only."""
    note_hints: Callable[[Sequence[Hint]], int] = _ignored
    """Remember where records can be fetched; returns how many of them are new."""
    complete: Callable[[Sequence[Any]], list[Any]] = _as_they_are
    """Put into records (`load.store.Arrival`) what their own text does not state, such as their address."""
    sample: Path | None = None
    """A folder of invented records that stand in until real ones have come."""
    fake: Fake | None = None
    desk_page: tuple[str, str | Promise] | None = None
    """Name of the address, and title, of a page of its own at the import desk."""

    @property
    def slug(self) -> str:
        return self.description.slug

    @property
    def label(self) -> str:
        return self.description.label

    def parse(self, raw: bytes) -> TrialRecord:
        """The record in a raw copy, or `ParseError`."""
        return self.parse_value(self.examine(raw).value)
