"""Change what a colleague may do: whose rights are out of reach, and who is notified of a change."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext, override

from trials.models import Site
from trials.models.workspace import Invitation, Reminders
from trials.workspace import invitations
from trials.workspace.rights import Rights, give_role

Role = Invitation.Role


def may_change(user: User, who: User) -> bool:
    """Whether `who` may change the rights of `user`: never their own, and a superuser's only as one."""
    return user != who and (who.is_superuser or not user.is_superuser)


@transaction.atomic
def change(user: User, role: str, sites: Iterable[Site], active: bool, *, who: User) -> None:
    """Give a person this role and these hospitals; notify the other admins of an admin gained or lost."""
    was_admin = Rights(user).role == Role.ADMIN
    give_role(user, role)
    invitations.assign(user, sites, who=who)
    user.is_active = active
    user.save(update_fields=["is_active"])
    is_admin = Rights(User.objects.get(pk=user.pk)).role == Role.ADMIN
    if was_admin != is_admin:
        _notify_admins(user, who, is_admin=is_admin)


def _notify_admins(user: User, who: User, *, is_admin: bool) -> None:
    """The person and every admin but the one who did it: two cannot lock each other out unseen."""
    admins = [one for one in User.objects.filter(is_active=True) if Rights(one).role == Role.ADMIN]
    languages = dict(Reminders.objects.values_list("user", "language"))
    for one in {*admins, user} - {who}:
        if one.email:
            with override(languages.get(one.pk, settings.LANGUAGE_CODE)):
                _send(one.email, user, who, is_admin=is_admin)


def _send(address: str, user: User, who: User, *, is_admin: bool) -> None:
    names = {"person": _name(user), "who": _name(who)}
    happened = (
        gettext("%(who)s made %(person)s an admin of the CAR T trial finder.")
        if is_admin
        else gettext("%(who)s took the rights of an admin of the CAR T trial finder from %(person)s.")
    )
    page = settings.SITE_URL + reverse("workspace:people")
    words = "\n\n".join((happened % names, gettext("If this is not right, change it here: %s") % page))
    subject = gettext("The admins of the CAR T trial finder have changed")
    transaction.on_commit(lambda: send_mail(subject, f"{words}\n", None, [address]))


def _name(user: User) -> str:
    return " ".join((user.get_full_name() or user.get_username()).split())
