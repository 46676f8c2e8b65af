"""How each registry may be asked, which alerts were sent, and which workers live."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trials import registries


class RegistryAccess(models.Model):
    """When and how a registry is read: what people set at the desk, and the state of its circuit."""

    registry = models.CharField(primary_key=True, max_length=20, choices=registries.choices)
    daily_at = models.TimeField(null=True, blank=True)  # Indian time; null: as settings say
    paused = models.BooleanField(default=False)
    paused_parts = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    """Parts of CTRI's night that wait: `importers.registries.ctri.crawl.parts.Part`."""
    user_agent = models.CharField(max_length=300, blank=True)  # "": as settings say
    proxy = models.CharField(max_length=300, blank=True)
    blocked_until = models.DateTimeField(null=True, blank=True)
    times_blocked = models.PositiveSmallIntegerField(default=0)  # in a row

    def __str__(self) -> str:
        return self.get_registry_display()


class AlertSent(models.Model):
    """An alert that was sent: each is sent once, whichever process notices it first."""

    key = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class WorkerSeen(models.Model):
    """When a worker that can reach its queue last said so (`importers.runs.heartbeat`)."""

    node = models.CharField(max_length=200, primary_key=True)  # name@host, as Celery knows it
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.node
