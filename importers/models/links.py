"""What was decided about two registrations that may be the same trial."""

from django.conf import settings
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Greatest, Least
from django.utils.translation import gettext_lazy as _

from trials import registries

Key = tuple[str, str]
"""A registration: its registry, and its id there."""
_ENDS = (
    Concat("first_registry", Value(" "), "first_id"),
    Concat("second_registry", Value(" "), "second_id"),
)


class TrialLink(models.Model):
    """A pair of registrations, by registry and number, not by row. "Not the same" stands for ever."""

    class Method(models.TextChoices):
        STATED = "stated", _("one record names the other's number")
        PROTOCOL = "protocol", _("same protocol number and sponsor")
        SIMILAR = "similar", _("similar title, sponsor and place")

    class State(models.TextChoices):
        LINKED = "linked", _("linked")
        TO_DECIDE = "to_decide", _("to be decided")
        NOT_SAME = "not_same", _("not the same trial")

    first_registry = models.CharField(max_length=20, choices=registries.choices)  # of the higher precedence
    first_id = models.CharField(max_length=40)
    second_registry = models.CharField(max_length=20, choices=registries.choices)
    second_id = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State)
    method = models.CharField(max_length=20, choices=Method)
    evidence = models.TextField()  # the registries' own words
    doubts = models.JSONField(default=list)  # codes of `importers.matching.rules.Doubt`
    found_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField(null=True, blank=True)  # null: by rule

    class Meta:
        app_label = "importers"
        permissions = [("review_records", "Can decide what records mean")]
        constraints = [
            models.UniqueConstraint(Least(*_ENDS), Greatest(*_ENDS), name="trial_link_pair_either_way"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}: {self.state}"

    @property
    def first(self) -> Key:
        return self.first_registry, self.first_id

    @property
    def second(self) -> Key:
        return self.second_registry, self.second_id
