"""The doctor's table: every trial open in India now as a row, in an order, under heads where asked for.

Only what recruits in India by the word of a registry or a hospital is a row; what is not known is none. The
order is made of small columns of all rows, so that a page loads no more than its own trials.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.browse.open_hospital import OpenHospital, open_hospitals
from trials.catalogue.provenance import Provenance, provenance
from trials.choices import Facet, Phase
from trials.display import city_label, condition_label, phase_label
from trials.explain.criterion_cells import Answer, CriterionCell, criterion_cells
from trials.explain.headline import phase_numbers
from trials.models import Trial
from trials.models.trial import TrialQuerySet
from trials.search.parameters import Sort
from trials.search.search import Search
from trials.vocabulary import conditions, narrower

MOST_LEADERS = 3
"""Names of the whole trial beside a hospital that names no investigator."""


class Order(TextChoices):
    """Orders of the table. Without one the nearest comes first, else the best match, else by disease."""

    DISTANCE = "distance", _("Nearest")
    DISEASE = "disease", _("Disease")
    HOSPITAL = "hospital", _("Hospital")
    UPDATED = "updated", _("Last updated")
    RELEVANCE = "relevance", _("Best match")


class GroupBy(TextChoices):
    """Heads that the rows stand under; a row may stand under several."""

    HOSPITAL = "hospital", _("Hospital")
    CITY = "city", _("City")
    DISEASE = "disease", _("Disease")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to be: the trial's key, and the slug of the head it stands under ("" for none or not stated)."""

    trial: int
    head: str = ""


@dataclass(frozen=True)
class ClinicRow:
    """One trial with its open hospitals, the one to call first. `known` is what its registrations say."""

    trial: Trial
    hospitals: Sequence[OpenHospital]
    cells: Sequence[CriterionCell]
    known: Provenance

    @property
    def door(self) -> OpenHospital | None:
        """The hospital to call first; None where none is known to be open."""
        return self.hospitals[0] if self.hospitals else None

    @property
    def leaders(self) -> list[str]:
        """Who leads the trial, where none of its hospitals here names its own investigator."""
        if any(place.investigator for place in self.hospitals):
            return []
        return self.trial.investigators.splitlines()[:MOST_LEADERS]

    @property
    def lines_asked(self) -> str:
        """How many earlier treatments the trial asks for, in words; "" where it does not say."""
        asked = next(cell for cell in self.cells if cell.name == Facet.MIN_PRIOR_LINES)
        words = gettext("lines before: %s") % asked.words
        return "" if asked.answer is Answer.NOT_STATED else words

    @property
    def phase(self) -> str:
        """`1/2` for a narrow column, else the words of the phase; "" where none is stated."""
        phases = self.trial.phases
        early = phases == [Phase.EARLY_PHASE1]
        return ("" if early else phase_numbers(phases)) or ", ".join(map(phase_label, phases))

    @property
    def more_conditions(self) -> int:
        """Diseases beyond the three that the table names."""
        return max(0, len(self.trial.conditions) - 3)


class _Columns(NamedTuple):
    """What a row is ordered and grouped by."""

    pk: int
    conditions: list[str]
    open_hospitals: list[str]
    open_cities: list[str]


def entries(search: Search, order: str, by: str) -> list[Entry]:
    """Every row of the table in its order, head by head. One statement, two where hospitals have names."""
    columns = [_Columns(*values) for values in _results(search, order).values_list(*_Columns._fields)]
    order = order or ("" if search.place or search.rest else Order.DISEASE)
    if order == Order.DISEASE:
        columns.sort(key=lambda row: _first(map(_position, row.conditions)))
    elif order == Order.HOSPITAL:
        names = search.places.hospitals
        columns.sort(key=lambda row: _first(names.get(slug, slug).casefold() for slug in row.open_hospitals))
    return _under_heads(search, columns, by) if by else [Entry(row.pk) for row in columns]


def head_label(search: Search, by: str, slug: str) -> str:
    """The words of a head; rows for which the registry names nothing stand under "not stated"."""
    if not slug:
        return str(_NOT_STATED[by])
    labels: Mapping[str, Callable[[str], str]] = {
        GroupBy.HOSPITAL: lambda slug: search.places.hospitals.get(slug, slug),
        GroupBy.CITY: city_label,
        GroupBy.DISEASE: condition_label,
    }
    return labels[by](slug)


_NOT_STATED: Mapping[str, Promise] = {
    GroupBy.HOSPITAL: _("Hospital not named"),
    GroupBy.CITY: _("City not stated"),
    GroupBy.DISEASE: _("Disease not stated"),
}


def rows(search: Search, wanted: Sequence[Entry], by: str = "") -> list[tuple[str, ClinicRow]]:
    """The rows of these entries with their heads, without any that closed meanwhile; two statements."""
    trials = (
        Trial.objects.listed().without_long_texts("eligibility").in_bulk({entry.trial for entry in wanted})
    )
    known = provenance(list(trials.values()))
    found = [entry for entry in wanted if entry.trial in trials]
    made = [(e.head, _row(search, trials[e.trial], known[e.trial], e, by)) for e in found]
    return [(head, row) for head, row in made if row.hospitals]


def rows_of(trials: Sequence[Trial], search: Search) -> list[ClinicRow]:
    """The rows of trials chosen one by one, open or not; one statement."""
    known = provenance(trials)
    return [_row(search, trial, known[trial.pk], Entry(trial.pk), "") for trial in trials]


def _results(search: Search, order: str) -> TrialQuerySet:
    sorts = {Order.UPDATED: Sort.UPDATED, Order.DISTANCE: Sort.DISTANCE, Order.RELEVANCE: Sort.RELEVANCE}
    return search.but(sort=sorts.get(Order(order), "") if order else "").results()


def _row(search: Search, trial: Trial, known: Provenance, entry: Entry, by: str) -> ClinicRow:
    asked = (*search.city, *search.from_words.get("q_city", ()))
    places = open_hospitals(trial, known.open_sites, search.place, asked)
    if search.site:
        places.sort(key=lambda place: place.slug not in search.site)
    if by == GroupBy.HOSPITAL:
        places.sort(key=lambda place: place.slug != entry.head)
    elif by == GroupBy.CITY:
        places.sort(key=lambda place: place.city != entry.head)
    return ClinicRow(trial, places, criterion_cells(trial), known)


def _under_heads(search: Search, columns: Sequence[_Columns], by: str) -> list[Entry]:
    heads: dict[str, list[Entry]] = {}
    for row in columns:
        for slug in _heads_of(search, row, by) or [""]:
            heads.setdefault(slug, []).append(Entry(row.pk, slug))
    return [entry for slug in sorted(heads, key=_order_of_heads(search, by)) for entry in heads[slug]]


def _heads_of(search: Search, row: _Columns, by: str) -> Collection[str]:
    """The heads a row stands under: of what was asked for only that, where it has any of it."""
    values: Mapping[str, tuple[list[str], Collection[str]]] = {
        GroupBy.HOSPITAL: (row.open_hospitals, search.site),
        GroupBy.CITY: (row.open_cities, (*search.city, *search.from_words.get("q_city", ()))),
        GroupBy.DISEASE: (row.conditions, _asked_diseases(search)),
    }
    has, asked = values[by]
    return [slug for slug in has if slug in asked] or has


def _asked_diseases(search: Search) -> Collection[str]:
    asked = search.wanted_conditions
    return asked.union(*map(narrower, asked))


def _order_of_heads(search: Search, by: str) -> Callable[[str], tuple[bool, int, str]]:
    """Diseases as the vocabulary has them, cities by distance where a place is given, else by name."""
    far = {found.city.slug: n for n, found in enumerate(search.place.cities)} if search.place else {}

    def key(slug: str) -> tuple[bool, int, str]:
        number = _position(slug) if by == GroupBy.DISEASE else far.get(slug, len(far))
        return not slug, number, head_label(search, by, slug).casefold()

    return key


def _position(condition: str) -> int:
    """The place of a disease in the vocabulary, which has related ones together."""
    return _positions().get(condition, len(_positions()))


@cache
def _positions() -> Mapping[str, int]:
    return {slug: number for number, slug in enumerate(conditions())}


def _first(keys: Iterable[int] | Iterable[str]) -> tuple[bool, int | str]:
    """The lowest of the keys; rows without any come last."""
    lowest = min(keys, default=None)
    return (True, 0) if lowest is None else (False, lowest)
