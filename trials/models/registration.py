"""What the registries say: one registry's record of a trial, its sites, and how fresh the registry is."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from trials import registries
from trials.choices import CellSource, ReadFrom, Role, Sex, Status
from trials.models.fields import slugs
from trials.models.trial import Trial
from trials.models.workspace import FRESH
from trials.record import Contact, StoredRecord, decode, decode_parts
from trials.standing import last_change, planned_end, site_status_now, status_now

RECORD_COLUMNS = (
    "registry", "registry_id", "aliases", "url", "title", "official_title", "acronym", "summary", "sponsor",
    "status", "phases", "countries", "sex", "min_age_years", "max_age_years", "last_updated",
)  # fmt: skip
"""Fields of a record (`trials.record.StoredRecord`) that have columns of their own."""
OLD_AFTER = timedelta(days=2)
"""An hour without an answer is no alarm: a registry is read once a day. Older data are."""


class RegistrySource(models.Model):
    """How fresh one registry's data are, and what its running import has done. One row a registry.

    `last_good_at` is the end of the last complete sweep of the registry itself, or of the last crawl of one
    that is read page by page; `files_at` is when records were last taken from files.
    """

    registry = models.CharField(primary_key=True, max_length=20, choices=registries.choices)
    last_good_at = models.DateTimeField(null=True, blank=True)
    files_at = models.DateTimeField(null=True, blank=True)
    last_tried_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    expected_by = models.DateTimeField(null=True, blank=True)  # next good reading; null: by hand only
    data_timestamp = models.CharField(max_length=40, blank=True)
    importing_since = models.DateTimeField(null=True, blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)

    listed_trials = 0
    """Listed trials that the registry has; `trials.catalogue.freshness` counts those read page by page."""

    def __str__(self) -> str:
        return self.get_registry_display()

    @property
    def read_from(self) -> ReadFrom:
        """Whether the registry has been read, or files only, or neither."""
        if self.last_good_at:
            return ReadFrom.REGISTRY
        return ReadFrom.FILES if self.files_at else ReadFrom.NEVER

    @property
    def read_at(self) -> datetime | None:
        """The time of what `read_from` names."""
        return self.last_good_at or self.files_at

    @property
    def page_by_page(self) -> bool:
        """Whether the registry is crawled: what we hold is never all that it has."""
        return registries.describe(self.registry).page_by_page

    @property
    def about(self) -> str:
        """The template that says what the registry is, "" for none."""
        return registries.describe(self.registry).about

    @property
    def is_old(self) -> bool:
        """Whether what is shown is so old that people must be warned.

        Files have no rhythm: their age alone is no reason, but that the registry cannot be read is.
        """
        if self.read_at is None or self.read_at > timezone.now() - OLD_AFTER:
            return False
        return self.read_from == ReadFrom.REGISTRY or bool(self.last_error)

    @property
    def is_late(self) -> bool:
        """Whether a good reading should have come by now and has not."""
        return self.expected_by is not None and self.expected_by < timezone.now()


class Registration(models.Model):
    """One registry's record of a trial, as last parsed, with what `classify` concluded from it."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="registrations")
    registry = models.CharField(max_length=20, choices=registries.choices)
    registry_id = models.CharField(max_length=40)
    aliases = slugs()
    url = models.URLField(max_length=500)
    sample = models.BooleanField(default=False)

    title = models.TextField()
    official_title = models.TextField(blank=True)
    acronym = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    sponsor = models.TextField(blank=True)
    status = models.CharField(max_length=40, choices=Status)
    phases = slugs()
    countries = slugs()
    sex = models.CharField(max_length=10, choices=Sex, blank=True)
    min_age_years = models.FloatField(null=True, blank=True)
    max_age_years = models.FloatField(null=True, blank=True)
    last_updated = models.DateField(null=True, blank=True)
    details = models.JSONField(default=dict)
    """Every other field of the record under its own name, as JSON; read it as `record`."""

    role = models.CharField(max_length=20, choices=Role)
    conditions = slugs()
    targets = slugs()
    products = slugs()
    cell_source = models.CharField(max_length=20, choices=CellSource, default=CellSource.NOT_STATED)
    eligibility = models.JSONField(default=dict)  # {facet: {value, quote, limit}}, every facet
    undecided = slugs()  # axes a person must decide
    evidence = models.JSONField(default=list)  # [{axis, label, rule, field, quote}]
    corrected = models.JSONField(default=dict)
    """{axis: value} as people decided, over what the rules say; no import writes it (`catalogue.labels`)."""

    hidden = models.BooleanField(default=False)  # by a person, who gave a reason (`trials.workspace`)

    content_hash = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    first_seen_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True, blank=True)  # asked for by id, and not there
    gone_at = models.DateTimeField(null=True, blank=True)  # not there on a second day either
    # A newer version that could not be read (`pipeline.unreadable`): found when, its day, its content
    unreadable_since = models.DateTimeField(null=True, blank=True)
    unreadable_updated = models.DateField(null=True, blank=True)  # null: not stated
    unreadable_hash = models.CharField(max_length=64, blank=True)
    # Nothing changed for two years (`trials.standing`): the first day of that, and whether it has come
    stale_from = models.DateField(null=True, blank=True, db_index=True)
    is_stale = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("registry", "registry_id", name="registration_identity"),
        ]

    def __str__(self) -> str:
        return self.registry_id

    @cached_property
    def record(self) -> StoredRecord:
        """What the registry says, typed. Decoded once: fetch a row again after changing its columns."""
        columns = {name: getattr(self, name) for name in RECORD_COLUMNS}
        further = self.details if isinstance(self.details, dict) else {}
        return decode(further | columns | {"sex": self.sex or None})

    def keep_details(self, selected: dict[str, Any]) -> None:
        """Keep `details` that a query selected apart from the row: `record` asks for no more then."""
        self.details = selected

    @property
    def status_now(self) -> Status:
        """The record's status while its word holds, else unknown."""
        return status_now(self)

    @property
    def last_changed(self) -> date | None:
        """The registry's last change of the record, as far as it says."""
        return last_change(self.last_updated, self.record.registered)

    @property
    def planned_end(self) -> date | None:
        """The last day the trial was planned to run; None where the record does not say."""
        return planned_end(self.record.start, self.record.duration_months, self.record.completion)


class Site(models.Model):
    """A hospital in India that at least one record names. Coordinates are the city's or its own."""

    slug = models.SlugField(max_length=120, unique=True)
    hospital = models.CharField(max_length=300)
    city = models.CharField(max_length=100)
    state = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.hospital}, {self.city}"


class TrialSite(models.Model):
    """One place of one registration. `written_*` is the registry's text, the rest is decided."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sites")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="sites")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.SET_NULL)
    position = models.PositiveIntegerField()
    facility = models.TextField(blank=True)
    address = models.TextField(blank=True)
    written_city = models.TextField(blank=True)
    written_state = models.TextField(blank=True)
    postal_code = models.CharField(max_length=60, blank=True)
    hospital = models.CharField(max_length=300, blank=True)  # "" where the site is anonymous
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_rule = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=40, choices=Status, blank=True)  # the site's own; "" not stated
    registry_open = models.BooleanField(default=False)  # recruiting now by its registry's word
    # Written by `trials.catalogue.compose` alone
    is_open = models.BooleanField(default=False)  # recruiting now, by the source that counts
    confirmed = models.CharField(max_length=10, blank=True)  # the hospital's last word, fresh or not
    confirmed_at = models.DateTimeField(null=True, blank=True)
    counted = models.BooleanField(
        default=True
    )  # not what another registry knows better (`trials.catalogue.compose`)
    investigator = models.TextField(blank=True)
    contacts = models.JSONField(default=list)  # [{name, role, affiliation, phone, email}]; read as `people`

    class Meta:
        constraints = [
            models.UniqueConstraint("registration", "position", name="trial_site_position"),
        ]
        indexes = [models.Index(fields=["trial", "country"], name="trial_site_country")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.facility, self.city, self.country) if part)

    @cached_property
    def people(self) -> tuple[Contact, ...]:
        """The contacts of this place, typed."""
        return decode_parts(self.contacts, Contact)

    @property
    def status_now(self) -> str:
        """The site's status while the word of its registration holds, else unknown; "" where not stated."""
        return site_status_now(self.registration, self.status)

    @property
    def fresh_word(self) -> str:
        """The hospital's last confirmation (`HospitalAnswer`), "" where that is too long ago to count."""
        fresh = self.confirmed_at is not None and timezone.now() - self.confirmed_at < FRESH
        return self.confirmed if fresh else ""
