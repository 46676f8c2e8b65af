"""The weekly mail to coordinators: which of their trials are not confirmed, one link for each."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from trials.models.workspace import Reminders
from trials.workspace import mail_links
from trials.workspace.rights import Rights, Role
from trials.workspace.todo import TodoRow, rows

EVERY = timedelta(days=7)
MOST = 30
"""Trials in one mail; the rest waits for the next, or for the workspace."""
_STOP = "trials.workspace.stop"


def send_due(at: datetime) -> int:
    """Mail every coordinator who has something to confirm, once a week. Returns the number of mails."""
    coordinators = User.objects.filter(groups__name=Role.COORDINATOR, is_active=True).exclude(email="")
    return sum(_send(user, at) for user in coordinators.order_by("pk"))


def _send(user: User, at: datetime) -> bool:
    """Send one mail; the date is written first, so that a broken run never mails twice."""
    wish, _made = Reminders.objects.get_or_create(user=user)
    due = [row for row in rows(Rights(user), at) if "unconfirmed" in row.needs]
    ready = Reminders.objects.filter(pk=wish.pk, wanted=True).exclude(last_sent_at__gt=at - EVERY)
    if not due or not ready.update(last_sent_at=at):
        return False
    with override(wish.language):
        _mail(user, due).send()
    return True


def _mail(user: User, due: list[TodoRow]) -> EmailMessage:
    shown = due[:MOST]
    address = settings.SITE_URL
    items = [
        (
            row,
            address
            + reverse("workspace:link", args=[mail_links.make(user, row.registration, row.site.site)]),
        )
        for row in shown
        if row.site.site
    ]
    stop = address + reverse("workspace:stop", args=[stop_token(user)])
    context = {
        "items": items,
        "more": len(due) - len(shown),
        "today": address + reverse("workspace:today"),
        "stop": stop,
    }
    subject = ngettext(
        "%(count)s trial at your hospital: still open?",
        "%(count)s trials at your hospital: still open?",
        len(due),
    ) % {"count": len(due)}
    words = render_to_string("workspace/mail/digest.txt", context)
    headers = {"List-Unsubscribe": f"<{stop}>"}
    return EmailMessage(subject, words, None, [user.email], headers=headers)


def stop_token(user: User) -> str:
    """What the stop link of a mail carries; it does not expire."""
    return signing.dumps(user.pk, salt=_STOP)


def stop(token: str) -> Reminders | None:
    """Whose reminders a stop link is about. None where the link is not ours."""
    try:
        pk = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    return Reminders.objects.get_or_create(user=user)[0] if user else None
