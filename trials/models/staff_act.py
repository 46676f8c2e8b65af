"""What people behind the sign-in did: one row a form that was taken. No import writes here."""

from django.db import models
from django.utils import timezone

from trials.models.workspace import user_or_null


class StaffAct(models.Model):
    """Somebody sent a form of the workspace, the desk, the admin or their account, and it was taken.

    What was typed is not kept here: it stands where it belongs, with its own history.
    """

    by = user_or_null(related_name="+")
    name = models.CharField(max_length=254)
    """The person's address or name as it was then: a person may leave."""
    act = models.CharField(max_length=100)
    """The name of the address the form was sent to, such as `workspace:person`."""
    on = models.CharField(max_length=200, blank=True)
    """What it was about: the numbers and names in that address, without secrets."""
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        app_label = "trials"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.act}"
