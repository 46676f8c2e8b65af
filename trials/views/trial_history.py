"""What happened to one trial, and why it is labelled as it is, in the order its page tells them."""

from collections import Counter
from collections.abc import Iterable

from trials.models import Registration, Trial, TrialEvent

EVENTS_SHOWN = 30
EVENTS_READ = 300
TOLD_ONE_BY_ONE = 3
"""More sites than these that changed the same way on one day are told as a number."""


def reasons(registrations: Iterable[Registration]) -> list[dict[str, object]]:
    """Each label once, with every distinct quote that led to it."""
    labels: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
    for registration in registrations:
        for evidence in registration.evidence:
            if evidence["quote"]:
                quotes = labels.setdefault((evidence["axis"], evidence["label"]), {})
                quotes[(evidence["quote"], evidence["field"].replace("_", " "))] = None
    return [{"axis": axis, "label": label, "quotes": list(q)} for (axis, label), q in labels.items()]


def events(trial: Trial) -> list[tuple[TrialEvent, int]]:
    """What changed, newest first, each with how many changes it stands for."""
    newest = list(trial.events.select_related("registration").order_by("-at", "-id")[:EVENTS_READ])
    alike = Counter(_same_day(event) for event in newest)
    told: dict[object, tuple[TrialEvent, int]] = {}
    for event in newest:
        number = alike[_same_day(event)]
        if number > TOLD_ONE_BY_ONE:
            told.setdefault(_same_day(event), (event, number))
        else:
            told[event.pk] = (event, 1)
    return list(told.values())[:EVENTS_SHOWN]


def _same_day(event: TrialEvent) -> tuple[object, str]:
    return event.at.date(), event.kind
