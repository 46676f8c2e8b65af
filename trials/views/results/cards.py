"""One trial in a list of trials: what it is, whose word its status is, where it is open, why it is here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trials.catalogue.compose import city_slug
from trials.catalogue.provenance import NOTHING_KNOWN, Confirmation, Provenance, provenance
from trials.choices import INDIA, Status
from trials.models import Registration, Trial
from trials.search.search import Search
from trials.views.results.reasons import reasons
from trials.vocabulary import narrower


@dataclass(frozen=True, slots=True)
class Card:
    """One trial of the list. `broad`: it answers only because its own group of diseases is wider."""

    trial: Trial
    broad: bool
    confirmed: Confirmation | None
    hospital: str  # of the open site to name; "" where none is open or it has no name
    city: str
    km: int | None  # whole kilometres to that city, None where no place is asked for
    others: int  # further open sites
    reasons: Sequence[str] = field(default_factory=list)
    overtaken: Sequence[Registration] = field(default_factory=list)  # that do not speak of now

    @property
    def section(self) -> str:
        """`recruiting` in India, in `india` but not recruiting, or `abroad`."""
        if self.trial.recruiting_in_india:
            return "recruiting"
        return "india" if INDIA in self.trial.countries else "abroad"

    @property
    def recruits_abroad(self) -> bool:
        """The trial is recruiting, and not in India: its badge must not promise a place here."""
        elsewhere = set(self.trial.countries) - {INDIA}
        return (
            self.trial.status == Status.RECRUITING and not self.trial.recruiting_in_india and bool(elsewhere)
        )


def cards(search: Search, trials: Sequence[Trial]) -> list[Card]:
    """The cards of one page. One query, two where hospitals are asked for."""
    known = provenance(trials)
    return [_card(search, trial, known.get(trial.pk, NOTHING_KNOWN)) for trial in trials]


def _card(search: Search, trial: Trial, known: Provenance) -> Card:
    asked = search.wanted_conditions
    exactly = asked.union(*map(narrower, asked))
    nearest = search.place.nearest(trial.open_cities) if search.place else None
    city = nearest.city.slug if nearest else _city_asked(search, trial)
    site = next((site for site in known.open_sites if city_slug(site) == city), None)
    return Card(
        trial=trial,
        broad=bool(asked) and exactly.isdisjoint(trial.conditions),
        confirmed=known.confirmed,
        hospital=site.hospital if site else "",
        city=city,
        km=round(nearest.km) if nearest else None,
        others=max(0, len(known.open_sites) - 1),
        reasons=reasons(search, trial),
        overtaken=known.overtaken,
    )


def _city_asked(search: Search, trial: Trial) -> str:
    """The open city to name: one that was asked for, else the first."""
    asked = {*search.city, *search.from_words.get("q_city", ())}
    return next((slug for slug in trial.open_cities if slug in asked), "".join(trial.open_cities[:1]))
