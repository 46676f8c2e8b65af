"""Which pairs are looked at after an import: those of which one side is new or says something new."""

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, product
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from importers.matching.rules import Side, Verdict, decide
from trials import registries
from trials.choices import INDIA
from trials.models import Registration
from trials.record import SecondaryId, decode_parts
from trials.registries import RegistryDescription

_COLUMNS = (
    "registry_id", "title", "official_title", "acronym", "decided_role", "sponsor", "phases", "countries",
)  # fmt: skip


def pairs(registry: str, changed: Iterable[str]) -> Iterator[tuple[Side, Side, Verdict]]:
    """Every pair of two registries that something speaks for, with one side among `changed`.

    The side of the higher precedence comes first.
    """
    new = Q(registry_id__in=list(changed))
    everyone = list(registries.known().values())
    for first, second in combinations(everyone, 2):
        if registry == first.slug:
            yield from _between(first, second, new, Q())
        elif registry == second.slug:
            yield from _between(first, second, Q(), new)


def _between(
    first: RegistryDescription, second: RegistryDescription, which: Q, of_second: Q
) -> Iterator[tuple[Side, Side, Verdict]]:
    if not second.speaks_for_india:
        of_second &= _may_stand_in(first, _named_by(first, second))
    others = _sides(second.slug, of_second)
    if not others:
        return
    named = {number for side in others for number in side.named}
    for one, other in product(_sides(first.slug, which & _may_stand_in(second, named)), others):
        if verdict := decide(one, other):
            yield one, other, verdict


def _may_stand_in(other: RegistryDescription, named: Collection[str]) -> Q:
    """Records that can be in another registry too: they run in India, name it, or it names them."""
    cites = Q(details__secondary_ids__icontains=other.id_mark) if other.id_mark else Q()
    return Q(countries__contains=[INDIA]) | cites | Q(registry_id__in=named)


def _named_by(one: RegistryDescription, other: RegistryDescription) -> set[str]:
    """Ids of the other registry that records of this one state."""
    if not other.id_mark:
        return set()
    rows = Registration.objects.filter(
        registry=one.slug, sample=False, details__secondary_ids__icontains=other.id_mark
    ).values_list("details__secondary_ids", flat=True)
    return {number for ids in rows for stated in ids for number in other.cited_ids(stated["value"])}


def _sides(registry: str, which: Q) -> list[Side]:
    rows = Registration.objects.filter(which, registry=registry, sample=False).annotate(
        indian=ArrayAgg(
            "sites__city", filter=Q(sites__country=INDIA) & ~Q(sites__city=""), distinct=True, default=[]
        ),
        decided_role=Coalesce(KT("corrected__role"), "role", output_field=TextField()),
    )
    columns = rows.values_list("registry", "details__secondary_ids", "indian", *_COLUMNS)
    return [_side(*row) for row in columns]


def _side(
    registry: str,
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
        registry=registry,
    )
