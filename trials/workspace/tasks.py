"""What the clock does for the workspace. Each may run twice."""

from celery import shared_task
from django.utils import timezone

from trials.workspace import confirmations, digest


@shared_task
def fade() -> int:
    """Give back to the registries what hospitals said over 90 days ago."""
    return confirmations.fade(timezone.now())


@shared_task
def remind() -> int:
    """Send the weekly mails that are due."""
    return digest.send_due(timezone.now())
