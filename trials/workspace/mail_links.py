"""Links in mails that say once, without signing in, whether a trial recruits at a site; and their undo.

A link, the right to undo its answer and the new link after an undo have a secret each; each works once.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials.models import Registration, Site
from trials.models.workspace import ConfirmationLink, SiteConfirmation
from trials.workspace import confirmations, tokens
from trials.workspace.rights import Rights

VALID = timedelta(days=14)
UNDO_VALID = timedelta(days=1)
"""How long the page of thanks can undo the answer; later the workspace can."""


def make(user: User, registration: Registration, site: Site, expires: datetime | None = None) -> str:
    """The secret of a new link."""
    secret, secret_hash = tokens.make()
    expires = expires or timezone.now() + VALID
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
def use(link: ConfirmationLink, answer: str) -> str | None:
    """Say it. The secret of the right to undo it; None where the link was used meanwhile."""
    secret, undo_hash = tokens.make()
    mine = ConfirmationLink.objects.filter(pk=link.pk)
    if not mine.filter(used_at=None).update(used_at=timezone.now(), undo_hash=undo_hash):
        return None
    word = confirmations.say(link.registration, link.site, answer, link.user, via=SiteConfirmation.Via.MAIL)
    mine.update(word=word)
    return secret


def find_undo(secret: str) -> ConfirmationLink | None:
    """The used link whose answer this secret can undo, while its owner may still speak for the site."""
    usable = ConfirmationLink.objects.filter(
        undone_at=None, used_at__gt=timezone.now() - UNDO_VALID, word__undone_at=None
    ).exclude(word=None)
    link = (
        usable.filter(undo_hash=tokens.hashed(secret))
        .select_related("user", "site", "registration", "word")
        .first()
    )
    return link if link and Rights(link.user).may_speak_for(link.site) else None


@transaction.atomic
def undo(link: ConfirmationLink) -> str | None:
    """Take the answer back. The secret of a new link that ends when the old one would have.

    None where it was undone meanwhile, here or in the workspace.
    """
    mine = ConfirmationLink.objects.filter(pk=link.pk, undone_at=None)
    if not mine.update(undone_at=timezone.now()) or not link.word or not confirmations.undo(link.word):
        return None
    return make(link.user, link.registration, link.site, link.expires_at)


def erase(before: datetime) -> int:
    """Links that ran out before, used or not. Returns their number."""
    return ConfirmationLink.objects.filter(expires_at__lte=before).delete()[0]
