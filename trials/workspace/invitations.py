"""How people of the hospitals and of the site get an account: invited by an admin, once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from trials.models import Site
from trials.models.workspace import Invitation, Reminders, SiteAssignment
from trials.workspace import tokens
from trials.workspace.rights import Role, give_role

VALID = timedelta(days=7)


class AlreadyHereError(Exception):
    """Somebody with this address has an account."""


@transaction.atomic
def invite(email: str, role: str, sites: Iterable[Site], language: str, *, who: User) -> Invitation:
    """Send an invitation; an earlier one to the same address no longer works. Raises `AlreadyHereError`."""
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyHereError
    Invitation.objects.filter(email__iexact=email, accepted_at=None).delete()
    secret, secret_hash = tokens.make()
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        language=language,
        secret_hash=secret_hash,
        by=who,
        expires_at=timezone.now() + VALID,
    )
    invitation.sites.set(sites)
    with override(language):
        address = settings.SITE_URL + reverse("workspace:join", args=[secret])
        words = render_to_string(
            "workspace/mail/invitation.txt", {"invitation": invitation, "address": address}
        )
        subject = gettext("Your account at the CAR T trial finder")
    transaction.on_commit(lambda: send_mail(subject, words, None, [email]))
    return invitation


def find(secret: str) -> Invitation | None:
    """The invitation of a link, while it can be used."""
    usable = Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now())
    return usable.filter(secret_hash=tokens.hashed(secret)).first()


@transaction.atomic
def accept(invitation: Invitation, name: str, password: str) -> User | None:
    """Make the account. None where it was used meanwhile: an invitation makes one account."""
    now = timezone.now()
    taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now)
    if not taken or User.objects.filter(email__iexact=invitation.email).exists():
        return None
    email = invitation.email.lower()
    user = User.objects.create_user(email[:150], email, password, first_name=name)
    give_role(user, invitation.role)
    if invitation.role == Role.COORDINATOR:
        assign(user, invitation.sites.all(), who=invitation.by)
    Reminders.objects.create(user=user, language=invitation.language)
    return user


def assign(user: User, sites: Iterable[Site], *, who: User | None) -> None:
    """Let a user look after exactly these sites."""
    wanted = {site.pk for site in sites}
    user.site_assignments.exclude(site__in=wanted).delete()
    for pk in wanted:
        SiteAssignment.objects.get_or_create(user=user, site_id=pk, defaults={"by": who})


def erase(before: datetime) -> int:
    """Invitations that ran out before, used or not. Returns their number."""
    return Invitation.objects.filter(expires_at__lte=before).delete()[1].get("trials.Invitation", 0)
