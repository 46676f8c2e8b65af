"""The parts of a night at CTRI, in their order. Each can be paused alone at the desk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from importers.models.crawl import CtriTarget
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker

Reason, Outcome = CtriTarget.Reason, CtriTarget.Outcome
_RECORD = Q(outcome=Outcome.RECORD)


class Part(models.TextChoices):
    KNOWN = "known", _("Known CAR T trials, and the ones found so far again")
    ASKED = "asked", _("Pages that people, records or exports name")
    SEARCH = "search", _("Search for numbers whose page is not known")
    FRONTIER = "frontier", _("New numbers")
    PAST = "past", _("The past, newest first, back to 2015")


TARGETS = {
    Part.KNOWN: _RECORD | Q(reason=Reason.KNOWN),
    Part.ASKED: ~_RECORD & Q(reason__in=[Reason.TYPED, Reason.CITED, Reason.ICTRP]),
    Part.FRONTIER: ~_RECORD & Q(reason=Reason.FRONTIER),
    Part.PAST: ~_RECORD & Q(reason__in=[Reason.SEARCH, Reason.BACKFILL]),
}
"""The pages of each part. A search has none of its own: it chooses as it goes."""


def active() -> list[Part]:
    """The parts that are not paused."""
    paused = circuit_breaker.settings_of(Registry.CTRI).paused_parts
    return [part for part in Part if part not in paused]
