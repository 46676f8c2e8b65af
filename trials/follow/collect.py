"""From events to mails that wait: every event after a subscription's mark goes into one mail, once.

The mark and the mail are written in one transaction, under the subscription's lock and a unique constraint:
however often and by however many workers this is run, and wherever it is killed, no event is lost or mailed
twice.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from trials.follow.matching import Key, Matching, events_between
from trials.models import TrialEvent
from trials.models.follow import FollowMail, Subscription, Suppression

WEEK = timedelta(days=7)
MOST_EVENTS = 20_000
"""Of one round; the rest waits for the next."""
_CHUNK = 500
_PATIENCE = "2s"  # how long writers of events may make us wait, and we them


def collect(at: datetime) -> int:
    """Make the mails that are due. Returns their number; 0 also where an import writes just now."""
    newest = newest_event()
    if newest is None:
        return 0
    subscriptions = list(_due(at, newest).order_by("pk"))
    if not subscriptions:
        return 0
    first = min(subscription.seen_event for subscription in subscriptions)
    events, last = events_between(first, newest, MOST_EVENTS)
    answers = Matching(events).answer({(one.what, one.about) for one in subscriptions})
    return sum(_write(chunk, answers, last, at) for chunk in _chunks(subscriptions))


def newest_event() -> int | None:
    """The last event before which none can still appear; None where an import holds the table for long.

    Ids are given out before a transaction ends, so an earlier one may appear later. No one writes
    while we hold the lock: all before the highest id are there then.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            cursor.execute(f"LOCK TABLE {TrialEvent._meta.db_table} IN SHARE MODE")
            return TrialEvent.objects.aggregate(newest=Max("id"))["newest"] or 0
    except OperationalError:
        return None


def new_mail(subscription: Subscription, kind: str, at: datetime, **columns: object) -> FollowMail:
    """An unsaved mail. Its Message-ID stays the same however often it is tried."""
    message_id = make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost")
    return FollowMail(
        subscription=subscription, kind=kind, message_id=message_id, next_try=at, made_at=at, **columns
    )


def _due(at: datetime, newest: int) -> QuerySet[Subscription]:
    """Those with events not looked at; whose last mail still waits get the rest with the next one."""
    waiting = FollowMail.objects.filter(
        subscription=OuterRef("pk"), kind=FollowMail.Kind.EVENTS, state=FollowMail.State.WAITING
    )
    unwanted = Suppression.objects.filter(address_hash=OuterRef("address_hash"))
    return (
        Subscription.objects.filter(confirmed_at__isnull=False, seen_event__lt=newest)
        .annotate(mailed=Coalesce("last_mailed", "confirmed_at"))
        .filter(Q(pace=Subscription.Pace.AT_ONCE) | Q(mailed__lte=at - WEEK))
        .filter(~Exists(waiting), ~Exists(unwanted))
        .only("what", "about", "seen_event")
    )


def _chunks(subscriptions: Sequence[Subscription]) -> Iterator[list[Subscription]]:
    rest = iter(subscriptions)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


@transaction.atomic
def _write(
    chunk: Sequence[Subscription], answers: Mapping[Key, Sequence[int]], last: int, at: datetime
) -> int:
    """Write the mails of some subscriptions and move their marks. Those moved meanwhile are left alone."""
    read = {one.pk: one.seen_event for one in chunk}
    rows = Subscription.objects.filter(pk__in=read).order_by("pk").select_for_update()
    locked = [one for one in rows if one.seen_event == read[one.pk] < last]
    mails, mailed = [], []
    for one in locked:
        ids = answers.get((one.what, one.about), ())
        if fresh := list(ids[bisect_right(ids, one.seen_event) :]):
            mails.append(new_mail(one, FollowMail.Kind.EVENTS, at, after=one.seen_event, events=fresh))
            mailed.append(one.pk)
    FollowMail.objects.bulk_create(mails)
    Subscription.objects.filter(pk__in=[one.pk for one in locked]).update(seen_event=last)
    Subscription.objects.filter(pk__in=mailed).update(last_mailed=at)
    return len(mails)
