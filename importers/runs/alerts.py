"""What admins must know about imports, by e-mail, once each.

Looked at outside the worker (`manage.py check_imports`, which cron or the part `watch` runs; `/healthz` shows
the same to a monitor), because a dead worker sends no mail.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.utils import timezone

from importers.models import AlertSent, ImportRun
from importers.runs.circuit_breaker import settings_of
from trialfinder.environment import Mode
from trials.models import RegistrySource

logger = logging.getLogger(__name__)
Status = ImportRun.Status
REMEMBERED = timedelta(days=7)
"""Runs that ended earlier are no news."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. The same `key` is never sent twice."""

    key: str
    subject: str
    text: str


def due() -> Iterator[Alert]:
    """Everything that is wrong now or went wrong lately, already sent or not."""
    for source in RegistrySource.objects.order_by("registry"):
        yield from _late(source)
        yield from _blocked(source)
    ended = ImportRun.objects.filter(
        finished_at__gt=timezone.now() - REMEMBERED, started_at__isnull=False, dry_run=False
    )
    for run in ended.filter(status__in=[Status.HELD, Status.PARTIAL, Status.FAILED]).order_by("pk"):
        if not (run.status == Status.FAILED and run.doubts):  # dropped by a person, who knows
            yield _ended(run)


def _late(source: RegistrySource) -> Iterator[Alert]:
    if not source.is_late or settings_of(source.registry).paused:
        return
    read = f"{timezone.localtime(source.last_good_at):%d %b %Y %H:%M}" if source.last_good_at else "never"
    yield Alert(
        key=f"late:{source.registry}:{timezone.localdate()}",
        subject=f"{source}: no good import for more than a day and a half",
        text=f"Last read from the registry itself: {read}.\nVisitors see the old data with their date.\n"
        f"Last error: {source.last_error or 'none; are worker and beat running?'}",
    )


def _blocked(source: RegistrySource) -> Iterator[Alert]:
    until = settings_of(source.registry).blocked_until
    if until and until > timezone.now():
        yield Alert(
            key=f"blocked:{source.registry}:{until:%Y-%m-%d %H:%M}",
            subject=f"{source} has blocked us",
            text=f"It answers 403. It is left alone until {timezone.localtime(until):%d %b %Y %H:%M}; "
            "nothing is taken from it and nothing removed until then. "
            "Another user agent or proxy can be set at the import desk, and an import started at once.",
        )


def _ended(run: ImportRun) -> Alert:
    name = run.get_registry_display()
    subjects = {
        Status.HELD: f"{name}: import {run.pk} waits for you",
        Status.PARTIAL: f"{name}: import {run.pk} could not take {run.failed} records",
        Status.FAILED: f"{name}: import {run.pk} failed",
    }
    key = f"failed:{run.registry}:{timezone.localdate(run.finished_at)}"  # a day of failures is one alert
    return Alert(
        key=key if run.status == Status.FAILED else f"{run.status}:{run.pk}",
        subject=subjects[Status(run.status)],
        text=f"{run.error}\n{run.seen} records seen, {run.held} changes held, {run.failed} failed.".strip(),
    )


def send_due() -> Sequence[Alert]:
    """Send the alerts that were not sent yet, and return them. A failed one is tried again the next time."""
    known = set(AlertSent.objects.values_list("key", flat=True))
    fresh = [alert for alert in due() if alert.key not in known]
    return [alert for alert in fresh if _send(alert)]


def _send(alert: Alert) -> bool:
    """Whoever writes the row first sends."""
    row, ours = AlertSent.objects.get_or_create(key=alert.key)
    if not ours:
        return False
    to = recipients()
    if not to:
        if settings.MODE is Mode.PRODUCTION:  # on a developer's machine this is expected
            logger.warning("%s. No e-mail was sent: set ALERT_EMAILS.", alert.subject)
        return True
    text = f"{alert.text}\n\n{settings.SITE_URL}/imports/\n"
    try:
        send_mail(f"[trialfinder] {alert.subject}", text, None, to)
    except (OSError, SMTPException) as error:
        row.delete()
        logger.warning("%s. The e-mail could not be sent: %s", alert.subject, error)
        return False
    return True


def recipients() -> list[str]:
    """Whom the settings name, else every active superuser with an address."""
    if settings.ALERT_EMAILS:
        return list(settings.ALERT_EMAILS)
    people = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(email="")
    return list(people.order_by("pk").values_list("email", flat=True))
