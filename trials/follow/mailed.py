"""Which changes are worth a mail, and to whom. A kind of event that is not in the table is never mailed."""

from collections.abc import Mapping
from enum import Enum

from trials.choices import INDIA
from trials.models import TrialEvent

Kind = TrialEvent.Kind


class Place(Enum):
    """Where an event names the one hospital it is about."""

    NONE = "none"  # it is about the whole trial
    AFTER = "after"
    BEFORE = "before"
    OWN = "own"  # the hospital said it: always one in India


MAILED: Mapping[str, Place] = {
    Kind.LISTED: Place.NONE,
    Kind.STATUS_CHANGED: Place.NONE,
    Kind.PHASE_CHANGED: Place.NONE,
    Kind.SITE_ADDED: Place.AFTER,
    Kind.SITE_REMOVED: Place.BEFORE,
    Kind.SITE_OPENED: Place.AFTER,
    Kind.SITE_CLOSED: Place.AFTER,
    Kind.SAID_OPEN: Place.OWN,
    Kind.SAID_FULL: Place.OWN,
    Kind.SAID_CLOSED: Place.OWN,
    Kind.WITHDRAWN: Place.NONE,
    Kind.BACK: Place.NONE,
    Kind.UNREADABLE: Place.NONE,
    Kind.READABLE: Place.NONE,
    Kind.STALE: Place.NONE,
    Kind.UPDATED_AGAIN: Place.NONE,
    Kind.RESULTS_POSTED: Place.NONE,
    Kind.PAPER_ADDED: Place.NONE,
}


def place_in(kind: str, before: str, after: str) -> str:
    """The hospital as the event writes it, "" where the event is about the whole trial or never mailed."""
    where = MAILED.get(kind, Place.NONE)
    if where is Place.NONE:
        return ""
    return before if where is Place.BEFORE else after


def is_mailed(kind: str, before: str, after: str) -> bool:
    """Whether followers get a mail about it: places outside India are left out."""
    where = MAILED.get(kind)
    if where in (Place.AFTER, Place.BEFORE):
        return place_in(kind, before, after).endswith(INDIA)
    return where is not None
