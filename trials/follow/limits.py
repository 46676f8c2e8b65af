"""So that our form cannot fill a stranger's mailbox. Counted in the database: all processes share it."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest

from trials.follow.addresses import keyed
from trials.models.follow import FollowLimit

AN_HOUR = timedelta(hours=1)
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


def may_ask(request: HttpRequest, at: datetime) -> bool:
    """Whether this network may send the form once more; counts it."""
    return take(f"network:{keyed(network(request))}", FORMS_AN_HOUR, at, AN_HOUR)


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


def network(request: HttpRequest) -> str:
    """The /32 or /64 a request comes from. On a public site the proxy in front wrote the last name."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and forwarded:
        text = str(forwarded).rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    return str(ip_network((address, 32 if address.version == 4 else 64), strict=False))
