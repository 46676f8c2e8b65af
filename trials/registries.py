"""What pages need to know of each registry. Which ones there are is `settings.REGISTRIES`.

Each entry is a package with a module `description` that holds `DESCRIPTION`. How its records are fetched and
read is the business of `importers.registries`, which this side never imports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.utils.functional import Promise


class FoundId(NamedTuple):
    """An id in a text, from `start` until before `end`, and the same id as its registry writes it."""

    start: int
    end: int
    registry_id: str


class RegistryPage(NamedTuple):
    """`text` is the address as written, `url` its one form here; `registry_id` is "" where it names none."""

    text: str
    url: str
    registry_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryDescription:
    """One registry. All functions are pure."""

    slug: str
    label: str
    precedence: int
    """The lowest of a trial's registrations gives it its number, title and status."""
    id_mark: str = ""
    """Capital letters that every id of this registry holds."""
    find_id: Callable[[str], FoundId | None] = lambda _text: None
    """The first id in what people type, in any spelling."""
    cited_ids: Callable[[str], list[str]] = lambda _text: []
    """Every id that a record states, each once; strict, because records are joined by it."""
    spelled: Callable[[str], str] = str
    """An id in capitals, from an address of ours, as the registry writes it."""
    find_page: Callable[[str], RegistryPage | None] = lambda _text: None
    """The first address of a record's page on the registry."""
    speaks_for_india: bool = False
    """Where it knows a trial, it alone says where that runs in India; and its status is heard first there."""
    page_by_page: bool = False
    """Crawled: what we hold is never all that it has."""
    ages: bool = True
    """Its open statuses lapse after two years of silence (`trials.standing`). False for a registry that
    itself makes them unknown then."""
    identifier_system: str = ""
    """The URI that stands for its ids in FHIR; HL7's own where there is one."""
    terms: str | Promise = ""
    """What it asks of people who use its text further, in a sentence or two."""
    about: str = ""
    """Template of the paragraph on the page "About"."""


UNKNOWN_PRECEDENCE = 1_000


@cache
def _load(packages: tuple[str, ...]) -> Mapping[str, RegistryDescription]:
    found = [import_module(f"{package}.description").DESCRIPTION for package in packages]
    return {one.slug: one for one in sorted(found, key=lambda one: one.precedence)}


def known() -> Mapping[str, RegistryDescription]:
    """Every registry by its slug, in their order of precedence."""
    return _load(tuple(settings.REGISTRIES))


def describe(slug: str) -> RegistryDescription:
    """One registry. A stored one that the settings no longer name is described by its slug alone."""
    found = known().get(slug)
    return found or RegistryDescription(slug=slug, label=slug, precedence=UNKNOWN_PRECEDENCE)


class Registered(Protocol):
    """A stored registration, or a row that names one."""

    registry: Any
    registry_id: Any


def rank(registration: Registered) -> tuple[int, str]:
    """Sorts registrations: the registry of the highest precedence first, then by id."""
    return describe(registration.registry).precedence, registration.registry_id


def choices() -> list[tuple[str, str]]:
    """For columns and forms, in alphabetical order of the slugs."""
    return [(slug, known()[slug].label) for slug in slugs()]


def slugs() -> list[str]:
    """In alphabetical order."""
    return sorted(known())


def page_by_page() -> list[str]:
    """The slugs of registries that are crawled."""
    return [slug for slug in slugs() if known()[slug].page_by_page]


def find_id(text: str) -> FoundId | None:
    """The first id that people typed, of the registry with the highest precedence."""
    return next((found for one in known().values() if (found := one.find_id(text))), None)


def cited_ids(text: str) -> list[str]:
    """Every id of any registry that a record states."""
    return [registry_id for one in known().values() for registry_id in one.cited_ids(text)]


def find_page(text: str) -> RegistryPage | None:
    """The first address of a record's page, of any registry."""
    found = [page for one in known().values() if (page := one.find_page(text))]
    return min(found, key=lambda page: text.find(page.text), default=None)
