"""Everything that happened to a listing, imports and people in one line of time, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from trials.catalogue.labels import AXES
from trials.models import Registration, TrialEvent
from trials.models.workspace import ListingEdit, SiteConfirmation

SHOWN = 100


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened. `kind` names how the page tells it, `thing` is the row behind it."""

    at: datetime
    who: User | None  # None: the registry, or the site's rules
    kind: str
    thing: Any
    before: Any = None  # the row that counted until then, of words and edits


def entries(registration: Registration) -> list[HistoryEntry]:
    """The newest entries of a registration."""
    found = [*_imports(registration), *_words(registration), *_edits(registration), *_others(registration)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:SHOWN]


def _imports(registration: Registration) -> Iterator[HistoryEntry]:
    """What registries changed; a hospital's own word stands in the list as itself."""
    people = [kind for kind in TrialEvent.Kind.values if kind.startswith("said_")]
    events = registration.trial.events.exclude(kind__in=people).select_related("registration")
    for event in events.order_by("-at")[:SHOWN]:
        yield HistoryEntry(event.at, None, "event", event)


def _words(registration: Registration) -> Iterator[HistoryEntry]:
    before: dict[int, SiteConfirmation] = {}
    for word in registration.confirmations.select_related("by", "site").order_by("at", "id"):
        yield HistoryEntry(word.at, word.by, "word", word, before.get(word.site_id))
        if word.undone_at is None:
            before[word.site_id] = word


def _edits(registration: Registration) -> Iterator[HistoryEntry]:
    """Each text once, when it was last written or decided, with the public one it replaced."""
    decided = (ListingEdit.State.PUBLISHED, ListingEdit.State.PAST)
    before: dict[tuple[str, int | None], ListingEdit] = {}
    edits = registration.edits.select_related("author", "decided_by", "site")
    dated = [(edit.decided_at if edit.state in decided else None, edit) for edit in edits]
    for at, edit in sorted(dated, key=lambda pair: pair[0] or pair[1].changed_at):
        key = (edit.field, edit.site_id)
        yield HistoryEntry(
            at or edit.changed_at, edit.decided_by or edit.author, "edit", edit, before.get(key)
        )
        if edit.state in decided:
            before[key] = edit


def _others(registration: Registration) -> Iterator[HistoryEntry]:
    for correction in registration.corrections.select_related("by")[:SHOWN]:
        if correction.axis in AXES:
            yield HistoryEntry(correction.at, correction.by, "label", correction)
    for hiding in registration.hidings.select_related("by")[:SHOWN]:
        yield HistoryEntry(hiding.at, hiding.by, "hiding", hiding)


def undoable(entry: HistoryEntry) -> bool:
    """Whether the history offers to take it back."""
    if isinstance(entry.thing, SiteConfirmation):
        return entry.thing.undone_at is None
    return isinstance(entry.thing, ListingEdit) and entry.thing.state in (
        ListingEdit.State.PUBLISHED,
        ListingEdit.State.PAST,
    )
