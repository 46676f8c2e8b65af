"""What people of the hospitals and of this site say, apart from registries. No import writes here."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials import languages

FRESH = timedelta(days=90)
"""How long a hospital's word on its site counts before the registry's does again."""


def user_or_null(**options: Any) -> "models.ForeignKey[User | None, User | None]":
    """A person, who may have left since."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, **options)


class HospitalAnswer(models.TextChoices):
    """What a hospital says of a trial at its site."""

    OPEN = "open", _("still open")
    FULL = "full", _("full for now")
    CLOSED = "closed", _("closed")


class SiteConfirmation(models.Model):
    """A hospital's statement whether a trial recruits there. The newest that is not undone counts."""

    class Via(models.TextChoices):
        WORKSPACE = "workspace", _("in the workspace")
        MAIL = "mail", _("by the link in a mail")

    registration = models.ForeignKey("trials.Registration", models.CASCADE, related_name="confirmations")
    site = models.ForeignKey("trials.Site", models.CASCADE, related_name="confirmations")
    said = models.CharField(max_length=10, choices=HospitalAnswer)
    at = models.DateTimeField(default=timezone.now)
    by = user_or_null()
    via = models.CharField(max_length=10, choices=Via, default=Via.WORKSPACE)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.registration_id} at {self.site_id}: {self.said}"


class SiteAssignment(models.Model):
    """A coordinator looks after a site."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="site_assignments")
    site = models.ForeignKey("trials.Site", models.CASCADE, related_name="assignments")
    by = user_or_null(related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "trials"
        constraints = [models.UniqueConstraint("user", "site", name="site_assignment_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.site_id}"


def listing_fields() -> list[tuple[str, str | Promise]]:
    """Every field of a listing and its label: a summary a language, then the others."""
    summaries = [
        (summary_field(code), gettext("Plain summary, %(language)s") % {"language": name})
        for code, name in languages.choices()
    ]
    return [*summaries, *ListingEdit.Field.choices]


def summary_field(language: str) -> str:
    """The field of the summary in one language."""
    return f"summary_{language}"


class ListingEdit(models.Model):
    """One field of a listing in a person's words: a draft, waiting for review, public, or past.

    Besides each `Field` there is a summary in every language of the pages (`listing_fields`).
    `value` holds a text, or `{part: text}` of fields that have parts. `base` is what the registry said of it
    when it was written: where the registry has changed since, the editor sees both.
    """

    class Field(models.TextChoices):
        """The fields that are the same whatever languages there are."""

        PAYS = "pays", _("Who pays")
        CONTACT = "contact", _("Contact at the site")
        SITE_NOTE = "site_note", _("Note of the site")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("waiting for review")
        RETURNED = "returned", _("returned with remarks")
        PUBLISHED = "published", _("public")
        PAST = "past", _("replaced or undone")

    registration = models.ForeignKey("trials.Registration", models.CASCADE, related_name="edits")
    site = models.ForeignKey("trials.Site", models.CASCADE, null=True, blank=True, related_name="edits")
    field = models.CharField(max_length=20, choices=listing_fields)
    value = models.JSONField()
    base = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)  # counts saves, for optimistic locking
    author = user_or_null(related_name="listing_edits")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # first handed in
    decided_by = user_or_null(related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        permissions = [
            ("keep_own_listings", "Can keep the listings of their own hospitals"),
            ("edit_all_listings", "Can edit, review and hide any listing"),
        ]
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "site", "field"],
                condition=Q(state="published"),
                nulls_distinct=False,
                name="listing_one_public_word",
            ),
            models.UniqueConstraint(
                fields=["registration", "site", "field"],
                condition=Q(state__in=["draft", "review", "returned"]),
                nulls_distinct=False,
                name="listing_one_open_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.field}: {self.state}"


class Remark(models.Model):
    """Something an editor wants changed or explained in a draft."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    edit = models.ForeignKey(ListingEdit, models.CASCADE, related_name="remarks")
    text = models.TextField(max_length=2000)
    by = user_or_null(related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = user_or_null(related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        app_label = "trials"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.edit_id}: {self.text[:60]}"


class Hiding(models.Model):
    """A listing was hidden from the public, or shown again; the newest of a registration counts."""

    registration = models.ForeignKey("trials.Registration", models.CASCADE, related_name="hidings")
    hidden = models.BooleanField()
    reason = models.TextField(max_length=1000, blank=True)
    by = user_or_null(related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "trials"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.registration_id}: {'hidden' if self.hidden else 'shown'}"


class Invitation(models.Model):
    """A mail that lets one person make an account. Only a hash of its secret is kept."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator: keeps the listings of named hospitals")
        EDITOR = "editor", _("Editor: reviews and edits any listing")
        ADMIN = "admin", _("Admin: imports and people, and all an editor does")

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    sites = models.ManyToManyField("trials.Site", blank=True)
    language = models.CharField(max_length=10, choices=languages.choices, default="en")
    secret_hash = models.CharField(max_length=64, unique=True)
    by = user_or_null(related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        permissions = [("manage_people", "Can invite people and change their roles")]
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.email


class ConfirmationLink(models.Model):
    """A link in a mail that says once, without signing in, whether a trial recruits at a site.

    Using it makes the right to undo `word`, once too, with a secret of its own.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    registration = models.ForeignKey("trials.Registration", models.CASCADE, related_name="+")
    site = models.ForeignKey("trials.Site", models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    word = models.ForeignKey(SiteConfirmation, models.SET_NULL, null=True, related_name="+")
    undo_hash = models.CharField(max_length=64, unique=True, null=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"

    def __str__(self) -> str:
        return f"{self.registration_id} at {self.site_id}"


class Reminders(models.Model):
    """How a user wants to be reminded."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders")
    language = models.CharField(max_length=10, choices=languages.choices, default="en")
    wanted = models.BooleanField(default=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"

    def __str__(self) -> str:
        return f"{self.user_id}: {self.wanted}"
