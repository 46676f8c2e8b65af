"""What a visitor reported, until a person has looked at it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 2000
"""Characters of a report, and of an answer."""


class ErrorReport(models.Model):
    """A person says that a trial's page is wrong, or a coordinator that a trial or a hospital is missing.

    Of a visitor only what they wrote is kept; `by` is the coordinator. The e-mail address is forgotten once
    the report is answered or closed. `registry_id` stays when the trial's row goes, as when two records are
    found to be one trial; it is "" where no number is known.
    """

    class Kind(models.TextChoices):
        STATUS = "status", _("It is not recruiting, or it is and the page does not say so")
        CONTACT = "contact", _("A telephone number, an e-mail address or a hospital is wrong")
        ELIGIBILITY = "eligibility", _("Who can join is wrong")
        LABEL = "label", _("It is not CAR T treatment, or for another disease")
        MONEY = "money", _("Someone asked for money for a place in the trial")
        WORDS = "words", _("Something is hard to understand or badly translated")
        OTHER = "other", _("Something else")
        MISSING_TRIAL = "missing_trial", _("A trial is missing")
        MISSING_HOSPITAL = "missing_hospital", _("A hospital is missing")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without an answer")

    trial = models.ForeignKey(
        "trials.Trial", null=True, blank=True, on_delete=models.SET_NULL, related_name="error_reports"
    )
    registry_id = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(max_length=LONGEST)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")  # the page's, and so the answer's
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "-created_at"], name="error_report_open")]

    def __str__(self) -> str:
        return f"{self.registry_id}: {self.get_kind_display()}"

    @property
    def is_of_staff(self) -> bool:
        """Whether a coordinator misses something; the others are visitors' reports of errors."""
        return self.kind in OF_STAFF


OF_STAFF = (ErrorReport.Kind.MISSING_TRIAL, ErrorReport.Kind.MISSING_HOSPITAL)
"""Kinds that coordinators report in the workspace; visitors have all the others."""
