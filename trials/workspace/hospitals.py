"""Choosing hospitals for a person: those chosen, and those found by name, with scripts off."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from trials.models import Site

FEW = 20
"""So many hospitals are all shown without a search."""
SHOWN = 30


@dataclass(frozen=True, slots=True)
class HospitalChoice:
    """`left_out`: how many more were found than are shown. `asked` is what was searched for."""

    chosen: list[Site]
    found: list[Site]
    left_out: int
    asked: str


def choice(chosen: Iterable[object], asked: str) -> HospitalChoice:
    """The chosen hospitals, and those whose name or place holds every word of `asked`. Three queries."""
    numbers = {int(str(pk)) for pk in chosen if str(pk).isdecimal() and len(str(pk)) < 10}
    kept = list(Site.objects.filter(pk__in=numbers).order_by("hospital", "city"))
    others = Site.objects.exclude(pk__in=numbers).order_by("hospital", "city")
    asked = asked.replace("\0", "")[:100].strip()
    for word in asked.split():
        others = others.filter(
            Q(hospital__icontains=word) | Q(city__icontains=word) | Q(state__icontains=word)
        )
    count = others.count()
    if not asked and count > FEW:
        return HospitalChoice(kept, [], 0, asked)
    return HospitalChoice(kept, list(others[:SHOWN]), max(count - SHOWN, 0), asked)
