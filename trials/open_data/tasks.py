"""What the clock does for who takes data away. Each may run twice, or be killed."""

from celery import shared_task
from django.utils import timezone

from trials.open_data.dumps.make import make_dump, make_missing_dump


@shared_task
def dump() -> None:
    """Make the files of the day."""
    make_dump(timezone.now())


@shared_task
def dump_missing() -> None:
    """Make them where they should be there and are not: after the first import, or a night without power."""
    make_missing_dump(timezone.now())
