"""How we reach a registry, and when we stop trying: 403 means that it does not want us.

A blocked registry is left alone for a while, twice as long each time it blocks us again; only a person may
try earlier. What is stored stays, with its date.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from importers.http.access import Access
from importers.http.errors import Blocked
from importers.http.session import RETRIES
from importers.models import ImportRun, RegistryAccess

FIRST_REST = timedelta(hours=12)
LONGEST_REST = timedelta(days=4)


def settings_of(registry: str) -> RegistryAccess:
    """The registry's row; an unsaved one where nothing was set."""
    return RegistryAccess.objects.filter(pk=registry).first() or RegistryAccess(registry=registry)


def access(registry: str, alive: Callable[[], None], most_retries: int = RETRIES) -> Access:
    """How the people at the desk want the registry to be read."""
    row = settings_of(registry)
    return Access(user_agent=row.user_agent, proxy=row.proxy, most_retries=most_retries, alive=alive)


def is_open(registry: str) -> bool:
    """Whether the registry is left alone for now. A rest longer than there is was set by a wrong clock."""
    until, now = settings_of(registry).blocked_until, timezone.now()
    return until is not None and now < until <= now + LONGEST_REST


@contextmanager
def watching(run: ImportRun) -> Iterator[None]:
    """Opens the circuit where the registry blocks us in the meantime, closes it where it does not."""
    try:
        yield
    except Blocked:
        open_up(run.registry)
        raise
    answered(run.registry)


def answered(registry: str) -> None:
    """The registry did what we asked: the next block is the first again."""
    if settings_of(registry).times_blocked:
        close(registry)


def open_up(registry: str) -> None:
    """Leave the registry alone for a while, longer each time in a row."""
    times = settings_of(registry).times_blocked
    rest = min(FIRST_REST * 2**times, LONGEST_REST)
    _write(registry, blocked_until=timezone.now() + rest, times_blocked=times + 1)


def close(registry: str) -> None:
    """The registry may be asked again."""
    _write(registry, blocked_until=None, times_blocked=0)


def _write(registry: str, **columns: object) -> None:
    RegistryAccess.objects.update_or_create(registry=registry, defaults=columns)
