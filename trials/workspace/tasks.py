"""What the clock does for the workspace. Each may run twice."""

from celery import shared_task
from django.utils import timezone

from trials.workspace import confirmations, digest


@shared_task
def fade() -> int:
    """Let the registries count again where a confirmation is over 90 days old."""
    return confirmations.fade(timezone.now())


@shared_task
def remind() -> int:
    """Send the weekly mails that are due."""
    return digest.send_due(timezone.now())
