"""CTRI numbers that others name: ClinicalTrials.gov records of CAR T trials, and people.

A number does not tell the address of its page (see `targets`). Where a page is known to be it, it is visited;
else the number is kept until an ICTRP export or a page tells.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from importers.crawl.models import CitedNumber, CtriTarget
from importers.registries.ctri import numbers
from trials.choices import Registry, Role
from trials.models import Registration


def gather() -> int:
    """Note the CTRI numbers that stand in ClinicalTrials.gov records; returns how many pages that brings."""
    rows = (
        Registration.objects.filter(registry=Registry.CTGOV, details__secondary_ids__icontains="CTRI")
        .exclude(role=Role.NOT_CAR_T)
        .values_list("registry_id", "details__secondary_ids")
    )
    cited = {number: by for by, ids in rows for other in ids for number in numbers.find(other["value"])}
    return note(cited)


@transaction.atomic
def note(cited: Mapping[str, str]) -> int:
    """Have the pages of these numbers visited; `cited` says who names each. Those not known are kept."""
    known = CtriTarget.objects.filter(ctri_number__in=cited)
    unknown = set(cited) - set(known.values_list("ctri_number", flat=True))
    unknown -= set(
        Registration.objects.filter(registry_id__in=unknown).values_list("registry_id", flat=True)
    )  # came by file
    CitedNumber.objects.bulk_create(
        [CitedNumber(number=number, cited_by=cited[number]) for number in sorted(unknown)],
        ignore_conflicts=True,
    )
    return known.filter(outcome="", due_at=None).update(due_at=timezone.now(), reason=CtriTarget.Reason.CITED)
