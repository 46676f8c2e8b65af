"""The Celery application of the clock: it sends tasks by their names, and so loads none, nor any model."""

from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler
from django.utils import timezone

app = Celery("trialfinder", fixups=[], set_as_current=False)  # tasks belong to the workers' application
app.config_from_object("django.conf:settings", namespace="CELERY")


class Scheduler(PersistentScheduler):
    """Beat's own, but for a clock that was ahead (what was sent then would not be sent again until then), and
    for a file that a full disk cut short (beat would never start again).
    """

    def setup_schedule(self) -> None:
        try:
            super().setup_schedule()
        except EOFError:
            self._remove_db()  # type: ignore[attr-defined]  # not in the stubs
            super().setup_schedule()

    def tick(self, *arguments: Any, **options: Any) -> float:
        now = timezone.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > now]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None  # made of the times that were wrong
        return float(super().tick(*arguments, **options))
