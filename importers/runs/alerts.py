"""What admins must know about imports, by e-mail, once each.

Looked at outside the worker (`manage.py check_imports`, which cron or the part `watch` runs; `/healthz` shows
the same to a monitor), because a dead worker sends no mail.
"""

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from importers.models import AlertSent, ImportRun
from importers.runs.circuit_breaker import settings_of
from trialfinder.backup import nightly
from trialfinder.environment import Mode
from trials.models import RegistrySource

logger = logging.getLogger(__name__)
Status = ImportRun.Status
REMEMBERED = timedelta(days=7)
"""Runs that ended earlier are no news."""
TO_DO = {
    Status.HELD: "To do: look at the changes, then release or drop the import.",
    Status.PARTIAL: "To do: look at the records that could not be read; the others are in.",
    Status.FAILED: "To do: read the error; start it again now, or wait for the next import.",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. The same `key` is never sent twice."""

    key: str
    subject: str
    text: str
    run: int | None = None

    @property
    def page(self) -> str:
        """Where to look: the run, else the desk."""
        path = reverse("imports:run", args=[self.run]) if self.run else reverse("imports:home")
        return f"{settings.SITE_URL}{path}"


def due() -> Iterator[Alert]:
    """Everything that is wrong now, already sent or not. What a later good import mended is past."""
    for source in RegistrySource.objects.order_by("registry"):
        yield from _late(source)
        yield from _blocked(source)
    good = ImportRun.objects.filter(
        status=Status.SUCCEEDED, source=ImportRun.Source.REGISTRY, dry_run=False, only_ids=[]
    )
    mended = dict(good.values_list("registry").annotate(Max("finished_at")))
    ended = ImportRun.objects.filter(
        finished_at__gt=timezone.now() - REMEMBERED, started_at__isnull=False, dry_run=False
    )
    for run in ended.filter(status__in=[Status.HELD, Status.PARTIAL, Status.FAILED]).order_by("pk"):
        past = run.status != Status.HELD and run.registry in mended and mended[run.registry] > run.finished_at
        if not past and not (run.status == Status.FAILED and run.doubts):  # dropped by a person, who knows
            yield _ended(run)
    yield from _not_backed_up()


def well_again() -> Iterator[Alert]:
    """Registries that people were mailed about, and that are well since."""
    wrong = {alert.key.split(":")[1] for alert in due() if alert.key.startswith(OF_REGISTRY)}
    for source in RegistrySource.objects.exclude(registry__in=wrong).order_by("registry"):
        sent = AlertSent.objects.filter(key__regex=rf"^({'|'.join(OF_REGISTRY)}){source.registry}:")
        last = sent.order_by("-sent_at").first()
        if last and source.last_good_at and source.last_good_at > last.sent_at:
            yield Alert(
                key=f"well:{source.registry}:{last.pk}",
                subject=f"{source}: all is well again",
                text=f"Read completely: {timezone.localtime(source.last_good_at):%d %b %Y %H:%M}.\n"
                "To do: nothing.",
            )


OF_REGISTRY = ("late:", "blocked:", "failed:")
"""How the keys of alerts begin that end when the registry is read again."""


def _late(source: RegistrySource) -> Iterator[Alert]:
    if not source.is_late or settings_of(source.registry).paused:
        return
    read = f"{timezone.localtime(source.last_good_at):%d %b %Y %H:%M}" if source.last_good_at else "never"
    yield Alert(
        key=f"late:{source.registry}:{timezone.localdate()}",
        subject=f"{source}: no good import for more than a day and a half",
        text=f"Last read from the registry itself: {read}.\nVisitors see the old data with their date.\n"
        f"Last error: {source.last_error or 'none; are worker and beat running?'}\n"
        "To do: see that worker and beat run, then start an import at the desk.",
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


def _not_backed_up() -> Iterator[Alert]:
    if words := nightly.trouble(timezone.now()):
        yield Alert(
            key=f"backup:{timezone.localdate()}",
            subject="There is no fresh backup",
            text=f"{words}\nTo do: see that the folder is there, may be written to and has room; "
            "it is tried again every hour.",
        )


def _ended(run: ImportRun) -> Alert:
    name = run.get_registry_display()
    subjects = {
        Status.HELD: f"{name}: import {run.pk} waits for you",
        Status.PARTIAL: f"{name}: import {run.pk} could not take {run.failed} records",
        Status.FAILED: f"{name}: import {run.pk} failed",
    }
    # Failures alike of one day are one alert; another kind of failure is news.
    alike = hashlib.sha256(re.sub(r"\d+", "", run.error).encode()).hexdigest()[:12]
    key = f"failed:{run.registry}:{timezone.localdate(run.finished_at)}:{alike}"
    return Alert(
        key=key if run.status == Status.FAILED else f"{run.status}:{run.pk}",
        subject=subjects[Status(run.status)],
        text=f"{run.error}\n{run.seen} records seen, {run.held} changes held, {run.failed} failed.\n"
        f"{TO_DO[Status(run.status)]}".strip(),
        run=run.pk,
    )


def send_due() -> Sequence[Alert]:
    """Send the alerts that were not sent yet, and return them. A failed one is tried again the next time."""
    known = set(AlertSent.objects.values_list("key", flat=True))
    fresh = [alert for alert in (*due(), *well_again()) if alert.key not in known]
    return [alert for alert in fresh if _send(alert)]


def _send(alert: Alert) -> bool:
    """Whether it was sent, which is noted only then. Who writes the row first sends; others wait for it."""
    to = recipients()
    if not to:
        if settings.MODE is Mode.PRODUCTION and alert.key not in _warned:  # elsewhere this is expected
            _warned.add(alert.key)
            logger.warning("%s. No e-mail was sent: set ALERT_EMAILS.", alert.subject)
        return False
    try:
        with transaction.atomic():
            _row, ours = AlertSent.objects.get_or_create(key=alert.key)
            if ours:
                send_mail(f"[trialfinder] {alert.subject}", f"{alert.text}\n\n{alert.page}\n", None, to)
            return ours
    except (OSError, SMTPException) as error:
        logger.warning("%s. The e-mail could not be sent: %s", alert.subject, error)
        return False


_warned: set[str] = set()  # alerts without anybody to send them to, logged once by each process


def recipients() -> list[str]:
    """Whom the settings name, else every active superuser with an address."""
    if settings.ALERT_EMAILS:
        return list(settings.ALERT_EMAILS)
    people = get_user_model().objects.filter(is_superuser=True, is_active=True).exclude(email="")
    return list(people.order_by("pk").values_list("email", flat=True))
