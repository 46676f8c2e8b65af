"""What is known on the way to the page of a CTRI number, for `importers.registries.ctri.search`."""

from django.utils import timezone

from importers.models.crawl import CtriTarget
from importers.registries.ctri import front, numbers
from importers.registries.ctri.search import NumberSearch


def search_for(number: str) -> NumberSearch | None:
    """The search for a number with every page that is known there; None for a number of the future."""
    window = front.window(number, timezone.localdate())
    if window is None:
        return None
    search = NumberSearch(number, window)
    rows = CtriTarget.objects.filter(trial_id__range=(search.first, search.last))
    search.know(
        {
            trial_id: sequence_of(ctri_number)
            for trial_id, ctri_number, outcome in rows.values_list("trial_id", "ctri_number", "outcome")
            if ctri_number or outcome
        }
    )
    return search


def sequence_of(ctri_number: str) -> int | None:
    """The last six digits of a number, None where none is known."""
    return numbers.sequence(ctri_number) if ctri_number else None
