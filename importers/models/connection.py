"""The last try of the connection to each registry, asked for at the desk."""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from trials import registries

PATIENCE = timedelta(minutes=10)
"""After so long a try was lost with its worker, or no worker runs: it may be asked for again."""


class ConnectionTry(models.Model):
    """One row a registry. `report` is `connection.report.Report` as JSON, of the last try that ended."""

    registry = models.CharField(primary_key=True, max_length=20, choices=registries.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True)

    class Meta:
        app_label = "importers"

    def __str__(self) -> str:
        return self.get_registry_display()

    @property
    def is_waiting(self) -> bool:
        """Whether a worker is about to do it, or doing it."""
        return self.finished_at is None and self.asked_at > timezone.now() - PATIENCE

    @property
    def is_lost(self) -> bool:
        """Whether no worker has done it in time."""
        return self.finished_at is None and not self.is_waiting

    @property
    def reported_at(self) -> datetime | None:
        """When the registry was asked what `report` holds."""
        return datetime.fromisoformat(self.report["at"]) if self.report else None

    @property
    def as_text(self) -> str:
        """The report to pass on."""
        return json.dumps(self.report, indent=1, ensure_ascii=False)

    @property
    def differing(self) -> int:
        """How many answers are not as expected."""
        return sum(bool(check["differs"]) for check in self.report.get("checks", ()))
