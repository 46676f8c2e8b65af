"""What the clock does for trials. Each may run twice."""

from celery import shared_task
from django.utils import timezone

from trialfinder import retention
from trials.catalogue import ageing


@shared_task
def age() -> int:
    """Stop counting what registries have not changed for two years."""
    return ageing.settle(timezone.now())


@shared_task
def erase() -> dict[str, int]:
    """Erase what is kept of people no longer than the table says."""
    return dict(retention.carry_out(timezone.now()))
