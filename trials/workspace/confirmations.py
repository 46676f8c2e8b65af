"""A hospital's confirmation whether a trial recruits there: recorded, shown, undone."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from trials.catalogue.compose import refresh
from trials.models import Registration, Site, Trial, TrialEvent, TrialSite
from trials.models.workspace import FRESH, HospitalAnswer, SiteConfirmation

Via = SiteConfirmation.Via
KINDS = {
    HospitalAnswer.OPEN: TrialEvent.Kind.SAID_OPEN,
    HospitalAnswer.FULL: TrialEvent.Kind.SAID_FULL,
    HospitalAnswer.CLOSED: TrialEvent.Kind.SAID_CLOSED,
}


def say(
    registration: Registration, site: Site, answer: str, who: User, via: str = Via.WORKSPACE
) -> SiteConfirmation:
    """Note it and show it to the public at once. Several words wait for each other: the last one counts."""
    return _say_of_all([registration.pk], site, answer, who, via)[0]


@transaction.atomic
def _say_of_all(ids: Iterable[int], site: Site, answer: str, who: User, via: str) -> list[SiteConfirmation]:
    """The same word on several registrations; locked in the order of their ids, as imports lock them."""
    locked = list(Registration.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk"))
    now, kind = timezone.now(), KINDS[HospitalAnswer(answer)]
    words = [
        SiteConfirmation(registration=registration, site=site, said=answer, at=now, by=who, via=via)
        for registration in locked
    ]
    events = [
        TrialEvent(trial_id=r.trial_id, registration=r, kind=kind, at=now, after=str(site)[:500])
        for r in locked
    ]
    SiteConfirmation.objects.bulk_create(words)
    TrialEvent.objects.bulk_create(events)
    refresh([registration.trial_id for registration in locked], now)
    return words


def undo(word: SiteConfirmation) -> bool:
    """Take a word back: the one before it counts again. False where that was done already."""
    return bool(_undo(word, SiteConfirmation.objects.filter(pk=word.pk)))


def undo_press(word: SiteConfirmation) -> int:
    """Take back all that was said of a hospital by the same press (`confirm_all`). Returns how many."""
    together = SiteConfirmation.objects.filter(site=word.site_id, by=word.by_id, at=word.at, said=word.said)
    return _undo(word, together)


@transaction.atomic
def _undo(one: SiteConfirmation, words: QuerySet[SiteConfirmation]) -> int:
    """Undo words that were said at the same moment as `one`."""
    rows = words.filter(undone_at=None).select_for_update().order_by("registration_id")
    registrations = dict(rows.values_list("registration_id", "registration__trial_id"))
    undone = words.filter(undone_at=None).update(undone_at=timezone.now())
    kind = KINDS[HospitalAnswer(one.said)]
    TrialEvent.objects.filter(registration__in=registrations, kind=kind, at=one.at).delete()
    refresh(sorted(set(registrations.values())), timezone.now())
    return undone


def confirm_all(site: Site, who: User) -> int:
    """Say "still open" of every listed trial that is open at a site now. Returns how many."""
    rows = TrialSite.objects.filter(site=site, counted=True, is_open=True, trial__published=True)
    ids = set(rows.values_list("registration", flat=True))
    return len(_say_of_all(ids, site, HospitalAnswer.OPEN, who, Via.WORKSPACE))


def fade(at: datetime) -> int:
    """Let the registries count again where a confirmation is too old. Returns how many trials changed."""
    faded = TrialSite.objects.filter(confirmed_at__lte=at - FRESH).exclude(is_open=F("registry_open"))
    ids = set(faded.values_list("trial", flat=True))
    ids |= set(Trial.objects.filter(confirmed_at__lte=at - FRESH).values_list("pk", flat=True))
    refresh(ids, at)
    return len(ids)
