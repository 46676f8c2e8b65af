"""What was decided about two registrations that may be the same trial."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TrialLink(models.Model):
    """A pair of registrations, by number, so that it outlives the rows. "Not the same" stands for ever."""

    class Method(models.TextChoices):
        STATED = "stated", _("one record names the other's number")
        PROTOCOL = "protocol", _("same protocol number and sponsor")
        SIMILAR = "similar", _("similar title, sponsor and place")

    class State(models.TextChoices):
        LINKED = "linked", _("linked")
        TO_DECIDE = "to_decide", _("to be decided")
        NOT_SAME = "not_same", _("not the same trial")

    ctgov_id = models.CharField(max_length=40)
    ctri_id = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State)
    method = models.CharField(max_length=20, choices=Method)
    evidence = models.TextField()  # the registries' own words
    doubts = models.JSONField(default=list)  # codes of `importers.matching.rules.Doubt`
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField(null=True, blank=True)  # null: by rule

    class Meta:
        app_label = "importers"
        constraints = [models.UniqueConstraint("ctgov_id", "ctri_id", name="trial_link_pair")]

    def __str__(self) -> str:
        return f"{self.ctgov_id} = {self.ctri_id}: {self.state}"
