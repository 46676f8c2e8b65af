"""What the clock does for trials. Each may run twice."""

from celery import shared_task
from django.utils import timezone

from trials.catalogue import ageing


@shared_task
def age() -> int:
    """Stop counting what registries have not changed for two years."""
    return ageing.settle(timezone.now())
