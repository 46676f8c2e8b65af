"""One trial in a list of trials: what it is, whose word its status is, where it is open, why it is here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trials.browse.open_hospital import OpenHospital, open_hospital
from trials.catalogue.certainty import Certainty, RegistryWord, certainty_of_closed
from trials.catalogue.provenance import NOTHING_KNOWN, Provenance, provenance
from trials.choices import INDIA
from trials.models import Registration, Trial
from trials.search.search import Search
from trials.views.results.reasons import Asked, asked_of, reasons
from trials.vocabulary import narrower


@dataclass(frozen=True, slots=True)
class Card:
    """One trial of the list. `broad`: it answers only because its own group of diseases is wider.

    `word` is the registry whose status counts; `door` the open hospital to name, None where none is open.
    """

    trial: Trial
    broad: bool
    word: RegistryWord | None
    door: OpenHospital | None
    reasons: Sequence[str] = field(default_factory=list)
    overtaken: Sequence[Registration] = field(default_factory=list)  # that do not speak of now

    @property
    def sure(self) -> Certainty:
        """What is known of the open hospital, else of the trial as a whole."""
        return self.door.certainty if self.door else certainty_of_closed(self.trial, self.word)

    @property
    def section(self) -> str:
        """`open` in India, in `india` but not known to be open, open `elsewhere`, or `abroad`."""
        if self.trial.recruiting_in_india:
            return "open"
        if INDIA in self.trial.countries:
            return "india"
        return "elsewhere" if self.sure.abroad else "abroad"


def cards(search: Search, trials: Sequence[Trial]) -> list[Card]:
    """The cards of one page. One query, two where hospitals are asked for."""
    known = provenance(trials)
    asked = asked_of(search)
    return [_card(search, asked, trial, known.get(trial.pk, NOTHING_KNOWN)) for trial in trials]


def _card(search: Search, asked: Asked, trial: Trial, known: Provenance) -> Card:
    wanted = search.wanted_conditions
    exactly = wanted.union(*map(narrower, wanted))
    cities = (*search.city, *search.from_words.get("q_city", ()))
    return Card(
        trial=trial,
        broad=bool(wanted) and exactly.isdisjoint(trial.conditions),
        word=known.word,
        door=open_hospital(trial, known.open_sites, search.place, cities),
        reasons=reasons(search, asked, trial),
        overtaken=known.overtaken,
    )
