"""What hospitals say of the approved products they give outside trials. No import writes here."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trials.models.registration import Site
from trials.models.workspace import user_or_null

COUNTS_FOR = timedelta(days=180)
"""How long such a word counts; then it is shown with its day, as one to ask about first."""


class ProductAnswer(models.TextChoices):
    """What a hospital says of one product."""

    YES = "yes", _("yes, we give it")
    NO = "no", _("no, we do not give it")
    NOT_SAID = "not-said", _("not said")  # takes back what was said before


class ProductGiven(models.Model):
    """A hospital's statement that it gives an approved product outside trials, or does not.

    `product` is the first name in products.csv. The newest that is not undone counts.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="products_given")
    product = models.CharField(max_length=200)
    said = models.CharField(max_length=10, choices=ProductAnswer)
    phone = models.CharField(max_length=50, blank=True)
    email = models.EmailField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = user_or_null(related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "trials"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["site", "product", "-at"], name="product_given_newest")]

    def __str__(self) -> str:
        return f"{self.product} at {self.site_id}: {self.said}"

    @property
    def is_fresh(self) -> bool:
        """Whether it still counts."""
        return self.counts_at(timezone.now())

    def counts_at(self, now: datetime) -> bool:
        """Whether it counts at this time."""
        return now - self.at < COUNTS_FOR
