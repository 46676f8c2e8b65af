"""Real listed trials as they stood at one moment, a few hundred at a time: for files of any length."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Prefetch

from trials.models import Registration, Trial, TrialSite
from trials.models.trial import TrialQuerySet
from trials.standing import WORD_COLUMNS

CHUNK = 200


@contextmanager
def one_moment() -> Iterator[None]:
    """All statements within see the same data, whatever an import publishes meanwhile.

    Trials, their registrations and their sites are read by statements of their own; a site whose
    registration came between two of them would end the file in the middle.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def real(trials: TrialQuerySet) -> TrialQuerySet:
    """Without invented sample records: they never leave the site."""
    return trials.filter(sample=False)


def read(trials: TrialQuerySet) -> Iterator[Trial]:
    """The real ones of these trials in their order, ready for columns and `as_json`, in bounded memory.

    A trial is whole until the next one is asked for.
    """
    registrations = Registration.objects.only(
        "trial", "registry", "registry_id", "url", "status", "last_updated", *WORD_COLUMNS
    ).order_by("registry", "registry_id")
    columns = ("trial", "registration", "position", "hospital", "facility", "city", "state", "country")
    sites = (
        TrialSite.objects.filter(counted=True)
        .only(*columns, "status", "is_open", "confirmed_at", "latitude", "longitude")
        .order_by("registration_id", "position")
    )
    found = real(trials).without_long_texts("eligibility")
    prepared = found.prefetch_related(Prefetch("registrations", registrations), Prefetch("sites", sites))
    for trial in prepared.iterator(chunk_size=CHUNK):
        known = {registration.pk: registration for registration in trial.registrations.all()}
        for site in trial.sites.all():
            site.registration = known[site.registration_id]
        yield trial
        # A trial and its rows hold each other: parted here they go at once, not when the collector comes by.
        trial._prefetched_objects_cache.clear()  # type: ignore[attr-defined]  # not in the stubs


def all_listed() -> TrialQuerySet:
    """Every trial that the public list can show, in the order of their coming."""
    return Trial.objects.listed().order_by("id")
