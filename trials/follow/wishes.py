"""The life of a subscription: asked for, confirmed, changed, asked about again, erased."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import get_language

from trials.follow import limits
from trials.follow.addresses import encrypted, hashed
from trials.follow.collect import new_mail
from trials.follow.subject import Subject
from trials.models import TrialEvent
from trials.models.follow import FollowMail, Subscription, Suppression

CONSENT = "2026-11"
"""Version of the sentence people agree to. Give it a new one whenever the sentence changes."""
A_YEAR = timedelta(days=365)
Kind = FollowMail.Kind


@transaction.atomic
def ask(subject: Subject, address: str, pace: str, at: datetime) -> None:
    """Note a wish, and have a mail ask the owner of the address whether it is theirs.

    Nothing comes back: an address that follows already, asked today or wants no mail looks the same.
    """
    found = hashed(address)
    mine = Subscription.objects.filter(address_hash=found)
    if is_suppressed(found) or mine.count() >= limits.MOST_OF_ONE:
        return
    subscription, _new = mine.get_or_create(
        address_hash=found,
        what=subject.what,
        about=subject.about,
        defaults={
            "address": encrypted(address),
            "language": get_language() or "en",
            "pace": pace,
            "created_at": at,
            "consent_at": at,
            "consent_version": CONSENT,
        },
    )
    if subscription.confirmed_at:
        return
    waits = subscription.mails.filter(state=FollowMail.State.WAITING).exists()
    if not waits and limits.take(f"address:{found}", limits.CONFIRMATIONS_OF_ONE, at, limits.A_DAY):
        new_mail(subscription, Kind.CONFIRM, at).save()


def confirm(subscription: Subscription, at: datetime) -> None:
    """The owner of the address says yes, for the first time or again after a year."""
    mine = Subscription.objects.filter(pk=subscription.pk)
    newest = TrialEvent.objects.aggregate(newest=Max("id"))["newest"] or 0
    mine.filter(confirmed_at=None).update(seen_event=newest)
    mine.update(confirmed_at=at, asked_again_at=None)


def of_same_address(subscription: Subscription) -> QuerySet[Subscription]:
    """Everything the owner of a link follows or has asked for."""
    return Subscription.objects.filter(address_hash=subscription.address_hash).order_by("pk")


def suppress(address_hash: str, why: str, at: datetime) -> int:
    """Never write to an address again, and erase what it follows. Returns the number of subscriptions."""
    Suppression.objects.update_or_create(address_hash=address_hash, defaults={"why": why, "at": at})
    return _erase(Subscription.objects.filter(address_hash=address_hash))


def is_suppressed(address_hash: str) -> bool:
    """Whether mail to the address came back, or its owner complained."""
    return Suppression.objects.filter(address_hash=address_hash).exists()


def ask_again(at: datetime) -> int:
    """Ask those who said yes a year ago whether they still want it. Returns their number."""
    due = Subscription.objects.filter(confirmed_at__lte=at - A_YEAR, asked_again_at=None)
    return sum(_ask_again(one, at) for one in due)


def erase_unconfirmed(before: datetime) -> int:
    """What was asked for before and never confirmed. Returns the number of subscriptions."""
    return _erase(Subscription.objects.filter(confirmed_at=None, created_at__lte=before))


def erase_unanswered(before: datetime) -> int:
    """What its owner was asked about before and has not confirmed again."""
    return _erase(Subscription.objects.filter(asked_again_at__lte=before))


def erase_mails(before: datetime) -> int:
    """Mails that were sent or given up, made before."""
    done = FollowMail.objects.exclude(state=FollowMail.State.WAITING)
    return done.filter(made_at__lte=before).delete()[0]


def forget_suppressed(before: datetime) -> int:
    """Addresses whose mails came back, or whose owner complained, before."""
    return Suppression.objects.filter(at__lte=before).delete()[0]


def _erase(rows: QuerySet[Subscription]) -> int:
    return rows.delete()[1].get("trials.Subscription", 0)


@transaction.atomic
def _ask_again(subscription: Subscription, at: datetime) -> bool:
    """Once: who does not answer is forgotten."""
    ours = Subscription.objects.filter(pk=subscription.pk, asked_again_at=None).update(asked_again_at=at)
    if ours:
        new_mail(subscription, Kind.STILL_WANTED, at).save()
    return bool(ours)
