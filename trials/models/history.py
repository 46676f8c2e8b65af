"""What happened to trials: events people can read, and labels people decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TrialEvent(models.Model):
    """Something that changed and that people should be able to read about."""

    class Kind(models.TextChoices):
        LISTED = "listed", _("first seen here")
        STATUS_CHANGED = "status_changed", _("status changed")
        PHASE_CHANGED = "phase_changed", _("phase changed:")
        SITE_ADDED = "site_added", _("site added:")
        SITE_REMOVED = "site_removed", _("site removed:")
        SITE_OPENED = "site_opened", _("site began recruiting:")
        SITE_CLOSED = "site_closed", _("site stopped recruiting:")
        SAID_OPEN = "said_open", _("the hospital says it is recruiting:")
        SAID_FULL = "said_full", _("the hospital says it is full for now:")
        SAID_CLOSED = "said_closed", _("the hospital says it is closed:")
        WITHDRAWN = "withdrawn", _("no longer on the registry")
        BACK = "back", _("back on the registry")
        UNREADABLE = "unreadable", _("a newer version of the record could not be read")
        READABLE = "readable", _("the newest version of the record was read")
        STALE = "stale", _("not changed on the registry for two years: no longer known to be open")
        UPDATED_AGAIN = "updated_again", _("changed on the registry again")
        LINKED = "linked", _("identified as the same trial as")
        RESULTS_POSTED = "results_posted", _("results posted on the registry")
        PAPER_ADDED = "paper_added", _("paper added:")

    trial = models.ForeignKey("trials.Trial", on_delete=models.CASCADE, related_name="events")
    registration = models.ForeignKey("trials.Registration", null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField()
    before = models.CharField(max_length=500, blank=True)
    after = models.CharField(max_length=500, blank=True)
    import_run = models.BigIntegerField(null=True)  # importers.ImportRun; no foreign key across apps

    class Meta:
        app_label = "trials"
        indexes = [
            models.Index(fields=["trial", "-at"], name="trial_event_timeline"),
            models.Index(F("at").desc(), F("id").desc(), name="trial_event_newest"),
            # A first import lists every trial on one day: who reads what changed does not read those.
            models.Index(
                F("at").desc(), F("id").desc(), condition=~Q(kind="listed"), name="trial_event_newest_changes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.before} -> {self.after}"

    @property
    def in_words(self) -> str:
        """The kind. `get_kind_display` puts all kinds into words to find one, for each line of a page."""
        return str(self.Kind(self.kind).label)


class LabelCorrection(models.Model):
    """Somebody decided what a label is, or gave it back to the rules: history of `corrected`, only added to.

    `before` and `after` are values as `Registration.corrected` holds them; null is "as the rules say".
    """

    registration = models.ForeignKey("trials.Registration", models.CASCADE, related_name="corrections")
    axis = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "trials"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.axis}: {self.after}"
