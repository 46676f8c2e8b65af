"""A hospital's word on whether a trial recruits there: said, shown, undone."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trials.compose import refresh
from trials.models import Registration, Site, Trial, TrialEvent, TrialSite
from trials.workspace.models import FRESH, Said, SiteConfirmation

Via = SiteConfirmation.Via
KINDS = {
    Said.OPEN: TrialEvent.Kind.SAID_OPEN,
    Said.FULL: TrialEvent.Kind.SAID_FULL,
    Said.CLOSED: TrialEvent.Kind.SAID_CLOSED,
}


@transaction.atomic
def say(
    registration: Registration, site: Site, said: str, who: User, via: str = Via.WORKSPACE
) -> SiteConfirmation:
    """Note it and show it to the public at once. Several words wait for each other: the last one counts."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    now = timezone.now()
    word = SiteConfirmation.objects.create(registration=locked, site=site, said=said, at=now, by=who, via=via)
    TrialEvent.objects.create(
        trial_id=locked.trial_id, registration=locked, kind=KINDS[Said(said)], at=now, after=str(site)[:500]
    )
    refresh([locked.trial_id], now)
    return word


@transaction.atomic
def undo(word: SiteConfirmation) -> bool:
    """Take a word back: the one before it counts again. False where that was done already."""
    undone = SiteConfirmation.objects.filter(pk=word.pk, undone_at=None).update(undone_at=timezone.now())
    if undone:
        told = TrialEvent.objects.filter(
            registration=word.registration_id, kind=KINDS[Said(word.said)], at=word.at
        )
        told.delete()
        refresh([word.registration.trial_id], timezone.now())
    return bool(undone)


def confirm_all(site: Site, who: User) -> int:
    """Say "still open" of every listed trial that is open at a site now. Returns how many."""
    rows = TrialSite.objects.filter(site=site, counted=True, is_open=True, trial__published=True)
    registrations = {row.registration_id: row.registration for row in rows.select_related("registration")}
    for registration in registrations.values():
        say(registration, site, Said.OPEN, who)
    return len(registrations)


def fade(at: datetime) -> int:
    """Give back to the registries what hospitals said too long ago. Returns how many trials it concerned."""
    faded = TrialSite.objects.filter(confirmed_at__lte=at - FRESH).exclude(is_open=F("registry_open"))
    ids = set(faded.values_list("trial", flat=True))
    ids |= set(Trial.objects.filter(confirmed_at__lte=at - FRESH).values_list("pk", flat=True))
    refresh(ids, at)
    return len(ids)
