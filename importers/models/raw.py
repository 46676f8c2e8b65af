"""What registries sent, kept for ever."""

from django.db import models

from trials import registries


class RawRecord(models.Model):
    """What a registry sent, one row per distinct content, kept for ever. `body` is zlib-compressed."""

    registry = models.CharField(max_length=20, choices=registries.choices)
    registry_id = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    body = models.BinaryField()
    fetched_at = models.DateTimeField()
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("registry", "registry_id", "content_hash", name="raw_record_identity"),
        ]

    def __str__(self) -> str:
        return f"{self.registry_id} {self.content_hash[:12]}"
