"""A trial's history on one line of time: what we saw change, and what its registries themselves date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext

from trials.display import registry_label
from trials.explain.timeline import DateSpan, date_span
from trials.models import Registration, Trial, TrialEvent
from trials.record import PartialDate
from trials.views.trial.trial_history import events


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: an event, standing for `number` alike, or a date that a registry states."""

    day: date
    event: TrialEvent | None = None
    number: int = 1
    stated: DateSpan | None = None
    registry_id: str = ""


def history(trial: Trial, registrations: Sequence[Registration]) -> list[Entry]:
    """Newest first; of one day what we saw before what is stated. A date to come is none of history."""
    seen = [
        Entry(timezone.localtime(event.at).date(), event, number, None) for event, number in events(trial)
    ]
    today = timezone.localdate()
    stated = (entry for registration in registrations for entry in _stated(registration))
    past = [entry for entry in stated if entry.stated and entry.stated.ends <= today]
    return sorted([*seen, *past], key=lambda entry: entry.day, reverse=True)


def _stated(registration: Registration) -> Iterator[Entry]:
    record, words = registration.record, {"registry": registry_label(registration.registry)}
    changed = registration.last_updated
    changed_on = PartialDate(changed.isoformat()) if changed else None
    dates = (
        ("changed", gettext("last changed on %(registry)s") % words, changed_on),
        ("posted", gettext("results posted on %(registry)s") % words, record.results_posted),
        ("start", gettext("start of the trial, as %(registry)s has it") % words, record.start),
        ("registered", gettext("registered on %(registry)s") % words, record.registered),
    )
    for name, label, written in dates:
        if span := date_span(name, label, written):
            yield Entry(span.begins, stated=span, registry_id=registration.registry_id)
