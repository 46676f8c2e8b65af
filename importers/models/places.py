"""What people decided about places as registries write them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceAnswer(models.Model):
    """Which city or hospital a text means, wherever it is written again.

    A city text is known with its state as written, a hospital text with the city and state it was decided
    to be in. `text` and `within` are folded, `written` is how the registry had it.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        HOSPITAL = "hospital", _("Hospital")

    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=500)
    within = models.CharField(max_length=250, blank=True)
    written = models.CharField(max_length=600)
    hospital = models.CharField(max_length=300, blank=True)  # of a hospital: "" is "names none"
    city = models.CharField(max_length=100, blank=True)  # of a city
    state = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "importers"
        constraints = [models.UniqueConstraint("kind", "text", "within", name="place_answer_text")]

    def __str__(self) -> str:
        return f"{self.written}: {self.hospital or self.city}"
