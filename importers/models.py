"""What is stored about imports: runs, raw copies, problems."""

import zlib
from collections.abc import Iterable

from django.db import models

from trials.choices import Registry


class ImportRun(models.Model):
    """One import of one registry, from its API, from files or from raw copies already kept."""

    class Source(models.TextChoices):
        REGISTRY = "registry", "registry"
        FILES = "files", "files"
        SAMPLE = "sample", "sample records"
        REPARSE = "reparse", "raw copies kept"

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        PARTIAL = "partial"  # finished, but some records failed and keep their old copy
        FAILED = "failed"
        HELD = "held"

    registry = models.CharField(max_length=20, choices=Registry)
    source = models.CharField(max_length=20, choices=Source, default=Source.REGISTRY)
    status = models.CharField(max_length=20, choices=Status, default=Status.QUEUED)
    released = models.BooleanField(default=False)  # held, then let through by a person
    origin = models.TextField(blank=True)  # path of the files, where the source is files
    dry_run = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    data_timestamp = models.CharField(max_length=40, blank=True)
    api_version = models.CharField(max_length=20, blank=True)
    error = models.TextField(blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)  # how many the registry announced
    seen = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.registry} run {self.pk}: {self.status}"


class RunPage(models.Model):
    """One page of a registry as fetched, until its run is closed. `body`: zlib, a record a line."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="run_pages")
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("run", "number", name="run_page_number")]

    def __str__(self) -> str:
        return f"page {self.number} of run {self.run_id}"

    @classmethod
    def keep(cls, run: ImportRun, number: int, records: Iterable[tuple[str, bytes]]) -> None:
        """Store a page; canonical JSON holds no line end, so lines part its records."""
        body = zlib.compress(b"\n".join(raw for _, raw in records))
        cls.objects.create(run=run, number=number, body=body)


class RawRecord(models.Model):
    """What a registry sent, one row per distinct content, kept for ever. `body` is zlib-compressed."""

    registry = models.CharField(max_length=20, choices=Registry)
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


class ImportProblem(models.Model):
    """One record that could not be taken, and why. Its old good copy, if any, stays."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    registry_id = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=200)
    value = models.TextField(blank=True)
    origin = models.CharField(max_length=500, blank=True)  # file and line, or page

    def __str__(self) -> str:
        return f"{self.registry_id or '(no id)'} {self.field}: {self.value[:80]}"
