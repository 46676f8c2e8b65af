"""Links in mails that say once, without signing in, whether a trial recruits at a site."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials.models import Registration, Site
from trials.models.workspace import ConfirmationLink, SiteConfirmation
from trials.workspace import confirmations, tokens
from trials.workspace.rights import Rights

VALID = timedelta(days=14)


def make(user: User, registration: Registration, site: Site) -> str:
    """The secret of a new link."""
    secret, secret_hash = tokens.make()
    expires = timezone.now() + VALID
    ConfirmationLink.objects.create(
        secret_hash=secret_hash, user=user, registration=registration, site=site, expires_at=expires
    )
    return secret


def find(secret: str) -> ConfirmationLink | None:
    """The link, while it can be used, and its owner may still speak for the site."""
    usable = ConfirmationLink.objects.filter(used_at=None, expires_at__gt=timezone.now())
    link = (
        usable.filter(secret_hash=tokens.hashed(secret))
        .select_related("user", "site", "registration")
        .first()
    )
    return link if link and Rights(link.user).may_speak_for(link.site) else None


@transaction.atomic
def use(link: ConfirmationLink, answer: str) -> SiteConfirmation | None:
    """Say it. None where the link was used meanwhile."""
    if not ConfirmationLink.objects.filter(pk=link.pk, used_at=None).update(used_at=timezone.now()):
        return None
    return confirmations.say(link.registration, link.site, answer, link.user, via=SiteConfirmation.Via.MAIL)
