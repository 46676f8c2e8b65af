"""Where the page of a CTRI number is, or where it will be looked for: what the desk and the command tell."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils import timezone

from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri import front
from importers.registries.ctri.crawl import seeking
from importers.registries.ctri.web_addresses import ctri_page


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`trial_id` and `url` where the page is known.

    Else the trialids `first` to `last` are the likeliest, `next` comes first, `requests` were made so far,
    and `ended` says that nothing is left to look at.
    """

    number: str
    trial_id: int | None = None
    url: str = ""
    first: int | None = None
    last: int | None = None
    next: int | None = None
    requests: int = 0
    ended: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        if self.trial_id:
            return f"{self.number} is trialid {self.trial_id}: {self.url}"
        if self.first is None:
            return f"{self.number} cannot be registered yet: it is not searched for."
        likely = f"most likely between trialid {self.first} and {self.last}"
        if self.ended:
            return f"{self.number} was not found, {likely}; every place was looked at."
        return f"{self.number} is {likely}; next is {self.next}, after {self.requests} requests."


def whereabouts(number: str) -> Whereabouts:
    """What is known of a number, and which trialid the search for it asks for next."""
    if target := CtriTarget.objects.filter(ctri_number=number).first():
        return Whereabouts(number, target.trial_id, ctri_page(target.trial_id))
    found = likely(CitedNumber.objects.filter(number=number).first() or CitedNumber(number=number))
    search = seeking.search_for(number)
    following = next(iter(search.next_ids()), None) if search else None
    return replace(found, next=following, ended=found.ended or following is None)


def likely(row: CitedNumber) -> Whereabouts:
    """Where the page of a number that is searched for most likely is. Nothing is looked up."""
    window = front.window(row.number, timezone.localdate())
    if window is None:
        return Whereabouts(row.number)
    ended = row.ended_at is not None
    return Whereabouts(row.number, first=window.first, last=window.last, requests=row.requests, ended=ended)
