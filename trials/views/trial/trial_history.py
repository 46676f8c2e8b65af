"""What happened to one trial, and why it is labelled as it is, in the order its page tells them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from trials.catalogue.labels import AXES, ELIGIBILITY, decided, label, stated
from trials.choices import Facet
from trials.explain.excerpts import plain
from trials.explain.key_eligibility import LIMITED
from trials.models import LabelCorrection, Registration, Trial, TrialEvent
from trials.models.prepared import Given, Prepared
from trials.record import StoredEvidence, StoredFacet

EVENTS_SHOWN = 30
EVENTS_READ = 300
TOLD_ONE_BY_ONE = 3
"""More sites than this that changed the same way on one day are summed up as a number."""


_NEWEST = Prepared(
    lambda: (
        TrialEvent.objects.filter(trial_id=Given("trial"))
        .select_related("registration")
        # not the long details of each
        .only("trial_id", "kind", "at", "before", "after", "registration__registry_id")
        .order_by("-at", "-id")[:EVENTS_READ]
    )
)


@dataclass(frozen=True, slots=True)
class LabelReason:
    """A label and why: the quotes that led to it, or the day a person of this site decided it."""

    axis: str
    label: str
    quotes: Sequence[tuple[str, str]] = ()
    by_person: bool = False
    decided_at: datetime | None = None
    facet: str = ""


@dataclass(slots=True)
class _Quotes:
    """Quotes by label, each once, in the order they come."""

    of: dict[tuple[str, str], dict[tuple[str, str], None]] = field(default_factory=dict)

    def add(self, axis: str, name: str, quote: str, where: str) -> None:
        self.of.setdefault((axis, name), {})[(quote, where)] = None


def reasons(registrations: Sequence[Registration]) -> list[LabelReason]:
    """Each label once, with every distinct quote that led to it; what people decided stands for itself."""
    days = _decided_at(registrations)
    by_people = list(_by_people(registrations, days))
    decided_labels = {(reason.axis, reason.label) for reason in by_people}
    quotes = _Quotes()
    for registration in registrations:
        evidence: StoredEvidence
        for evidence in registration.evidence:
            if evidence["quote"] and not decided(registration, evidence["axis"]):
                quotes.add(evidence["axis"], evidence["label"], evidence["quote"], evidence["field"])
    ruled = [
        LabelReason(axis, name, list(found))
        for (axis, name), found in quotes.of.items()
        if (axis, name) not in decided_labels
    ]
    return [*by_people, *ruled, *_facets(registrations, days)]


def _by_people(
    registrations: Iterable[Registration], days: Mapping[tuple[int, str], datetime]
) -> Iterator[LabelReason]:
    for registration in registrations:
        for axis in AXES:
            if axis == ELIGIBILITY or not decided(registration, axis):
                continue
            value = label(registration, axis)
            for name in value if isinstance(value, list) else [value]:
                yield LabelReason(axis, name, by_person=True, decided_at=days.get((registration.pk, axis)))


def _facets(
    registrations: Iterable[Registration], days: Mapping[tuple[int, str], datetime]
) -> Iterator[LabelReason]:
    """Facets of eligibility that are stated, each record's own."""
    for registration in registrations:
        by_people = decided(registration, ELIGIBILITY)
        for facet, facet_value in stated(registration).items():
            if facet in Facet.values:
                yield LabelReason(
                    ELIGIBILITY,
                    _answer(facet_value),
                    [(plain(facet_value["quote"]), "")] if facet_value["quote"] else [],
                    by_person=facet in by_people,
                    decided_at=days.get((registration.pk, ELIGIBILITY)) if facet in by_people else None,
                    facet=facet,
                )


def _answer(facet_value: StoredFacet) -> str:
    """The value; where it has a limit, what it means in words."""
    limit, value = facet_value.get("limit", ""), facet_value["value"]
    if not limit or value not in LIMITED:
        return value
    return LIMITED[value](limit)


def _decided_at(registrations: Sequence[Registration]) -> dict[tuple[int, str], datetime]:
    """When people last decided each axis; makes no query where none was decided."""
    ids = [registration.pk for registration in registrations if registration.corrected]
    if not ids:
        return {}
    rows: Any = LabelCorrection.objects.filter(registration_id__in=ids).order_by("at", "id")
    return {(number, axis): at for number, axis, at in rows.values_list("registration_id", "axis", "at")}


def events(trial: Trial) -> list[tuple[TrialEvent, int]]:
    """What changed, newest first, each with how many changes it stands for."""
    newest = _NEWEST.ask(trial=trial.pk)
    alike = Counter(_same_day(event) for event in newest)
    grouped: dict[object, tuple[TrialEvent, int]] = {}
    for event in newest:
        number = alike[_same_day(event)]
        if number > TOLD_ONE_BY_ONE:
            grouped.setdefault(_same_day(event), (event, number))
        else:
            grouped[event.pk] = (event, 1)
    return list(grouped.values())[:EVENTS_SHOWN]


def _same_day(event: TrialEvent) -> tuple[object, str]:
    return event.at.date(), event.kind
