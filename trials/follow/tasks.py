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
def ask_again() -> int:
    """Ask after a year whether it is still wanted."""
    return wishes.ask_again(timezone.now())
