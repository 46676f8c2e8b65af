"""What the clock does for who follows something. Each may run twice, or be killed."""

from celery import shared_task
from django.utils import timezone

from trials.follow import collect, sending, wishes


@shared_task
def gather() -> int:
    """Put what happened since the last time into mails that wait."""
    return collect.collect(timezone.now())


@shared_task
def send() -> int:
    """Send the mails that are due."""
    return sending.send_due(timezone.now())


@shared_task
def tidy() -> int:
    """Erase what was not confirmed, and ask again after a year."""
    return wishes.tidy(timezone.now())
