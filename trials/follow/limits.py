"""So that our form cannot fill a stranger's mailbox.

Mails are counted in the database, where a count is never lost; networks as everywhere (`rate_limit.py`).
"""

from datetime import datetime, timedelta

from django.db.models import F
from django.http import HttpRequest

from trialfinder import rate_limit
from trials.models.follow import FollowLimit

A_DAY = timedelta(days=1)
FORMS_AN_HOUR = 20
"""Of one network: telephone companies put many people behind one address."""
CONFIRMATIONS_A_DAY = 500
"""Of all visitors together."""
CONFIRMATIONS_OF_ONE = 1
"""Mails a day that ask one address whether it asked; another search waits on the page the mail leads to."""
MAILS_OF_ONE = 5
"""Mails a day with news to one address."""
MOST_OF_ONE = 30
"""Subscriptions of one address, confirmed or not."""


def may_ask(request: HttpRequest) -> bool:
    """Whether this network may send the form once more; counts it."""
    return rate_limit.may(rate_limit.take(request, "follow", FORMS_AN_HOUR, rate_limit.HOUR))


def may_confirm(at: datetime) -> bool:
    """Whether one more confirmation may be mailed today by the whole site; counts it."""
    return take("confirmations", CONFIRMATIONS_A_DAY, at, A_DAY)


def take(key: str, most: int, at: datetime, span: timedelta) -> bool:
    """Count one more; False where that is more than allowed within the span."""
    FollowLimit.objects.get_or_create(key=key, defaults={"until": at + span})
    row = FollowLimit.objects.filter(key=key)
    row.filter(until__lte=at).update(number=0, until=at + span)
    return bool(row.filter(number__lt=most).update(number=F("number") + 1))


def forget(at: datetime) -> int:
    """Erase the counts that are over."""
    return FollowLimit.objects.filter(until__lte=at).delete()[0]
