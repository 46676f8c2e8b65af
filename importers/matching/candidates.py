"""Which pairs are looked at after an import: those of which one side is new or says something new."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from importers.matching.rules import INDIA, Side, Verdict, decide
from trials.choices import Registry
from trials.models import Registration
from trials.record import SecondaryId, decode_parts

_COLUMNS = (
    "registry_id", "title", "official_title", "acronym", "decided_role", "sponsor", "phases", "countries",
)  # fmt: skip


def pairs(registry: str, changed: Iterable[str]) -> Iterator[tuple[Side, Side, Verdict]]:
    """Every (ClinicalTrials.gov, CTRI, verdict) that something speaks for, with one side among `changed`."""
    new = Q(registry_id__in=list(changed))
    if registry == Registry.CTGOV:
        ours = {side.registry_id: side for side in _sides(Registry.CTRI, Q())}
        named = {number for side in ours.values() for number in side.named}
        theirs = _sides(Registry.CTGOV, new & _concerns_india(named)) if ours else ()
    else:
        ours = {side.registry_id: side for side in _sides(Registry.CTRI, new)}
        named = {number for side in ours.values() for number in side.named}
        theirs = _sides(Registry.CTGOV, _concerns_india(named)) if ours else ()
    for ctgov, ctri in product(theirs, ours.values()):
        if verdict := decide(ctgov, ctri):
            yield ctgov, ctri, verdict


def _concerns_india(named: set[str]) -> Q:
    """ClinicalTrials.gov records that can be in CTRI: they run in India, name CTRI, or CTRI names them."""
    cites = Q(details__secondary_ids__icontains="CTRI")
    return Q(countries__contains=[INDIA]) | cites | Q(registry_id__in=named)


def _sides(registry: str, which: Q) -> list[Side]:
    rows = Registration.objects.filter(which, registry=registry, sample=False).annotate(
        indian=ArrayAgg(
            "sites__city", filter=Q(sites__country=INDIA) & ~Q(sites__city=""), distinct=True, default=[]
        ),
        decided_role=Coalesce(KT("corrected__role"), "role", output_field=TextField()),
    )
    return [_side(*row) for row in rows.values_list("details__secondary_ids", "indian", *_COLUMNS)]


def _side(
    other_ids: Any,
    cities: list[str],
    registry_id: str,
    title: str,
    official_title: str,
    acronym: str,
    role: str,
    sponsor: str,
    phases: list[str],
    countries: list[str],
) -> Side:
    ids = (other.value for other in decode_parts(other_ids, SecondaryId))
    return Side(
        registry_id=registry_id,
        titles=tuple(text for text in (title, official_title) if text),
        role=role,
        sponsor=sponsor,
        phases=tuple(phases),
        countries=tuple(countries),
        cities=tuple(cities),
        other_ids=(*ids, acronym) if acronym else tuple(ids),
    )
