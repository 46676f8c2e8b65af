"""What is known of CTRI's trialids."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CtriTarget(models.Model):
    """A trialid to visit, or visited. CTRI gives it when a trial is submitted; its number comes later."""

    class Reason(models.TextChoices):
        KNOWN = "known", _("a CAR T trial we know")
        TYPED = "typed", _("typed by a person")
        ICTRP = "ictrp", _("named by WHO ICTRP")
        CITED = "cited", _("named by another registry")
        SEARCH = "search", _("search for a number")
        FRONTIER = "frontier", _("next number")
        BACKFILL = "backfill", _("back-fill")

    class Outcome(models.TextChoices):
        RECORD = "record", _("a record")
        OTHER = "other", _("a record without CAR T")
        NOT_YET = "not_yet", _("not registered yet")
        FAILED = "failed", _("no usable answer")

    trial_id = models.PositiveIntegerField(unique=True)
    ctri_number = models.CharField(max_length=40, blank=True, db_index=True)
    reason = models.CharField(max_length=20, choices=Reason)
    added_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)  # null: no further visit
    address = models.CharField(max_length=20, blank=True)  # of fetch.ADDRESSES: where the record was found
    probes = models.PositiveIntegerField(default=0)  # visits in a row without a record
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    visited_at = models.DateTimeField(null=True, blank=True)
    run = models.ForeignKey(
        "importers.ImportRun", null=True, blank=True, on_delete=models.SET_NULL, related_name="targets"
    )

    class Meta:
        app_label = "importers"

    def __str__(self) -> str:
        return self.ctri_number or f"trialid {self.trial_id}"


class CitedNumber(models.Model):
    """A CTRI number that a record or a person names, until its page is found."""

    number = models.CharField(max_length=40, unique=True)
    cited_by = models.CharField(max_length=40)  # the id of the record, or `cited.PERSON`, or `cited.SHIPPED`
    added_at = models.DateTimeField(auto_now_add=True)
    requests = models.PositiveIntegerField(default=0)  # made in search of its page
    ended_at = models.DateTimeField(null=True, blank=True)  # every place was looked at, without success

    class Meta:
        app_label = "importers"

    def __str__(self) -> str:
        return self.number
