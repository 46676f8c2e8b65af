"""CTRI numbers whose page is not known yet: of known CAR T trials, or named by other records and people.

A number does not give the address of its page, so the page is searched for (`crawl.seeking`).
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri import known, numbers
from importers.registries.ctri.description import DESCRIPTION
from trials.choices import Role
from trials.models import Registration
from trials.record import SecondaryId, decode_parts

PERSON, SHIPPED = "typed", "known"
"""Who names a number, where it is not a record."""
ROUND = 600
"""Requests after which the search for one number waits for the searches for the others."""


def gather() -> int:
    """Note the known CAR T trials and the CTRI numbers that stand in records of other registries.

    Returns how many pages that brings.
    """
    _know_shipped()
    rows = (
        Registration.objects.filter(details__secondary_ids__icontains=DESCRIPTION.id_mark)
        .exclude(registry=DESCRIPTION.slug)
        .exclude(role=Role.NOT_CAR_T)
        .values_list("registry_id", "details__secondary_ids")
    )
    cited = {
        number: by
        for by, ids in rows
        for other in decode_parts(ids, SecondaryId)
        for number in numbers.find(other.value)
    }
    return note(cited)


def _know_shipped() -> None:
    """The trials that are known before anything is read."""
    trials = known.known_trials()
    note({trial.number: SHIPPED for trial in trials if not trial.trial_id})
    for trial in trials:
        if trial.trial_id:
            first = {"ctri_number": trial.number, "reason": CtriTarget.Reason.KNOWN, "due_at": timezone.now()}
            waiting = CtriTarget.objects.filter(trial_id=trial.trial_id, outcome="")
            if not waiting.exclude(reason=CtriTarget.Reason.KNOWN).update(**first):
                CtriTarget.objects.get_or_create(trial_id=trial.trial_id, defaults=first)


@transaction.atomic
def note(cited: Mapping[str, str]) -> int:
    """Have the pages of these numbers visited; `cited` says who names each. Others are searched for."""
    targets = CtriTarget.objects.filter(ctri_number__in=cited)
    unknown = set(cited) - set(targets.values_list("ctri_number", flat=True))
    unknown -= set(
        Registration.objects.filter(registry_id__in=unknown).values_list("registry_id", flat=True)
    )  # came by file
    CitedNumber.objects.bulk_create(
        [CitedNumber(number=number, cited_by=cited[number]) for number in sorted(unknown)],
        ignore_conflicts=True,
    )
    by_people = [number for number in unknown if cited[number] == PERSON]
    CitedNumber.objects.filter(number__in=by_people).update(cited_by=PERSON, ended_at=None)
    return targets.filter(outcome="", due_at=None).update(
        due_at=timezone.now(), reason=CtriTarget.Reason.CITED
    )


def searched() -> QuerySet[CitedNumber]:
    """The numbers that are searched for, next first: the fewest rounds, then what people asked for."""
    rank = Case(When(cited_by=PERSON, then=Value(0)), When(cited_by=SHIPPED, then=Value(2)), default=Value(1))
    return CitedNumber.objects.filter(ended_at=None).order_by(F("requests") / ROUND, rank, "added_at", "pk")
