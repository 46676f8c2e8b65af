"""Links in the mails: signed, so that only who gets the mail can use them. Looking at one changes nothing."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from trials.models.follow import Subscription

_SALT = "trials.follow"


def token(subscription: Subscription) -> str:
    """What the links of one subscription carry; it works as long as the subscription is there."""
    return signing.Signer(salt=_SALT).sign_object([subscription.pk, subscription.address_hash[:16]])


def find(token: str) -> Subscription | None:
    """Whose link it is. None where it is not ours, or the subscription was erased."""
    try:
        pk, part = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Subscription.objects.filter(pk=pk, address_hash__startswith=part).first()


def address(name: str, subscription: Subscription) -> str:
    """The whole address of a page about a subscription, in the language in use."""
    return settings.SITE_URL + reverse(f"trials:{name}", args=[token(subscription)])
