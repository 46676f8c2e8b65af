"""One import of one registry: the run, its pages, what it changed, what failed."""

import zlib
from collections.abc import Iterable, Sequence

import msgspec
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from importers.files.documents import Known, RawItem, Unreadable
from importers.models.fields import Each, registry_ids
from trials import registries


class ImportRun(models.Model):
    """One import of one registry: from its API, from files or from raw copies already kept.

    `stage` says how far a running one has come. `lease` is held by the process that drives it
    (`importers.runs.lease`), `heartbeat_at` is the last sign of life of any process that works on it.
    """

    class Source(models.TextChoices):
        REGISTRY = "registry", _("the registry")
        FILES = "files", _("files")
        UPLOAD = "upload", _("uploaded files")
        SAMPLE = "sample", _("sample records")
        REPARSE = "reparse", _("stored copies")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waiting for a worker")
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("succeeded")
        PARTIAL = "partial", _("partly imported")  # finished, but some records failed and keep their old copy
        FAILED = "failed", _("failed")
        HELD = "held", _("held: needs a decision")
        CANCELLED = "cancelled", _("cancelled")

    class Stage(models.TextChoices):
        FETCHING = "fetching", _("fetching")
        READING = "reading", _("reading")  # everything is fetched

    class Trigger(models.TextChoices):
        SCHEDULE = "schedule", _("the schedule")
        START = "start", _("the first start")
        COMMAND = "command", _("the command line")
        DESK = "desk", _("the import desk")

    registry = models.CharField(max_length=20, choices=registries.choices)
    source = models.CharField(max_length=20, choices=Source, default=Source.REGISTRY)
    trigger = models.CharField(max_length=20, choices=Trigger, default=Trigger.COMMAND)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    origin = models.TextField(blank=True)  # path of the files, names of uploads
    only_ids = registry_ids()  # asked for one by one; empty: everything
    dry_run = models.BooleanField(default=False)

    status = models.CharField(max_length=20, choices=Status, default=Status.QUEUED)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.FETCHING)
    lease = models.UUIDField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    takeovers = models.PositiveSmallIntegerField(default=0)  # how often its driver was lost
    released = models.BooleanField(default=False)  # held, then let through by a person
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    doubts = models.JSONField(default=list, blank=True)  # why it is held: importers.runs.guards.Doubt
    code_version = models.CharField(max_length=40, blank=True)

    # What the registry was asked and answered
    query = models.TextField(blank=True)  # the one question of runs before there were several
    questions = models.JSONField(default=list, blank=True)  # in order: importers.registries.ctgov.Question
    api_version = models.CharField(max_length=20, blank=True)
    data_timestamp = models.CharField(max_length=40, blank=True)  # before the first page
    data_timestamp_after = models.CharField(max_length=40, blank=True)
    schema = models.JSONField(default=dict, blank=True)  # path: type and words of each field we read
    absent = registry_ids()  # followed, asked for by id, and not there
    pages = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    retries = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)  # of bodies, unpacked

    # Different studies: seen = created + updated + unchanged + failed + held
    total = models.PositiveIntegerField(null=True, blank=True)  # how many the registry announced
    seen = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    notices = models.PositiveIntegerField(default=0)  # minor fields that could not be read
    excluded = models.PositiveIntegerField(default=0)  # of those seen: not shown to the public
    withdrawn = models.PositiveIntegerField(default=0)
    pointed = models.PositiveIntegerField(default=0)  # records that an export of another registry named first
    held = models.PositiveIntegerField(default=0)  # changes that wait for a person

    class Meta:
        permissions = [("run_imports", "Can run imports")]
        constraints = [
            models.UniqueConstraint("registry", name="one_running_import", condition=Q(status="running")),
        ]
        indexes = [models.Index(fields=["-created_at"], name="import_run_newest")]

    def __str__(self) -> str:
        return f"{self.registry} run {self.pk}: {self.status}"

    @property
    def is_crawl(self) -> bool:
        """Whether it reads a registry page by page: never all of it, and a night may bring nothing."""
        return self.source == self.Source.REGISTRY and registries.describe(self.registry).page_by_page

    @property
    def seconds(self) -> float:
        """Wall time from start to end, 0 where it has not ended."""
        if not self.started_at or not self.finished_at:
            return 0.0
        return (self.finished_at - self.started_at).total_seconds()


class _Row(msgspec.Struct, array_like=True):
    """One item as a page keeps it; a page that an earlier version kept has no `known`."""

    origin: str
    raw: bytes = b""
    why: str = ""
    known: tuple[str, str] | None = None

    @classmethod
    def of(cls, item: RawItem | Unreadable | Known) -> "_Row":
        if isinstance(item, Known):
            return cls(item.origin, known=(item.registry_id, item.content_hash))
        return cls(item.origin, item.raw) if isinstance(item, RawItem) else cls(item.origin, why=item.reason)

    def item(self) -> RawItem | Unreadable | Known:
        if self.known:
            return Known(self.origin, *self.known)
        return Unreadable(self.origin, self.why) if self.why else RawItem(self.origin, self.raw)


class RunPage(models.Model):
    """Some records of a run as fetched, then as read, until the run is closed.

    `body` and `reading` are msgpack in zlib: the raw items, and what `importers.pipeline.read` made of them.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="run_pages")
    number = models.PositiveIntegerField()
    body = models.BinaryField()
    records = models.PositiveIntegerField(default=0)
    ids = registry_ids()
    reading = models.BinaryField(null=True)
    read_at = models.DateTimeField(null=True, blank=True)
    problems = models.PositiveIntegerField(default=0)  # items of it that could not be taken
    published = models.BooleanField(default=False)  # in a piece, before the run is closed

    class Meta:
        constraints = [models.UniqueConstraint("run", "number", name="run_page_number")]

    def __str__(self) -> str:
        return f"page {self.number} of run {self.run_id}"

    @classmethod
    def keep(
        cls,
        run: ImportRun,
        number: int,
        items: Iterable[RawItem | Unreadable | Known],
        ids: Sequence[str] = (),
    ) -> "RunPage":
        """Store a page as it was fetched; `ids` where the fetch knows them."""
        rows = [_Row.of(item) for item in items]
        body = zlib.compress(msgspec.msgpack.encode(rows), 1)
        return cls.objects.create(run=run, number=number, body=body, records=len(rows), ids=list(ids))

    @classmethod
    def ids_of(cls, run: ImportRun) -> "models.QuerySet[RunPage, str]":
        """Every different id of a run whose pages are read: a statement, for there may be very many."""
        return cls.objects.filter(run=run).values_list(Each("ids"), flat=True).distinct()

    def items(self) -> list[RawItem | Unreadable | Known]:
        """The items, in their order."""
        rows = msgspec.msgpack.decode(zlib.decompress(self.body), type=list[_Row])
        return [row.item() for row in rows]


class RecordChange(models.Model):
    """What a run did to one record, or would do: dry run, held."""

    class Kind(models.TextChoices):
        CREATED = "created", _("new")
        UPDATED = "updated", _("changed")
        MISSING = "missing", _("not found once")
        WITHDRAWN = "withdrawn", _("no longer on the registry")
        BACK = "back", _("back on the registry")
        UNREADABLE = "unreadable", _("newer version not readable")
        READABLE = "readable", _("newest version read")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    registry_id = models.CharField(max_length=40)
    title = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    fields = models.JSONField(default=list)  # [{field, before, after}], texts cut to a readable length

    class Meta:
        indexes = [models.Index(fields=["run", "kind"], name="record_change_kind")]

    def __str__(self) -> str:
        return f"{self.registry_id} {self.kind}"


class ImportProblem(models.Model):
    """One record that could not be taken, and why. Its old good copy, if any, stays.

    A `minor` one is a field that could not be read of a record that was taken: it fails nothing.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    registry_id = models.CharField(max_length=200, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)  # of its raw copy, where one is kept
    field = models.CharField(max_length=200)
    value = models.TextField(blank=True)
    origin = models.CharField(max_length=500, blank=True)  # file and line, or page
    minor = models.BooleanField(default=False)
    retried_in = models.ForeignKey(
        ImportRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="retries_of"
    )

    def __str__(self) -> str:
        """One line, whatever the record has there."""
        return f"{self.registry_id or '(no id)'} {self.field}: {' '.join(self.value[:80].split())}"


class UploadedFile(models.Model):
    """Part of a file dropped on the desk, until the worker has read it. Web and worker may share no disk."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="uploads")
    number = models.PositiveIntegerField()  # of the file
    part = models.PositiveIntegerField()  # large files come in several rows
    name = models.CharField(max_length=255)
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("run", "number", "part", name="uploaded_file_part")]

    def __str__(self) -> str:
        return self.name
