"""The doctor's table: every trial open in India now as a row, in an order, under heads where asked for.

Only what recruits in India by the word of a registry or a hospital is a row; what is not known is none. The
order is made of the bitmaps of all rows, so that a page loads no more than its own trials.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from trials.browse.open_hospital import OpenHospital, open_hospitals
from trials.catalogue.provenance import Provenance, provenance
from trials.choices import Facet, Phase
from trials.display import city_label, condition_label, phase_label
from trials.explain.criterion_cells import Answer, CriterionCell, criterion_cells
from trials.explain.headline import phase_numbers
from trials.models import Trial
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


def entries(search: Search, order: str, by: str) -> list[Entry]:
    """Every row of the table in its order, head by head. Two statements where hospitals have names."""
    sorts = {Order.UPDATED: Sort.UPDATED, Order.DISTANCE: Sort.DISTANCE, Order.RELEVANCE: Sort.RELEVANCE}
    asked = search.but(sort=sorts.get(Order(order), "") if order else "")
    found = asked.positions(0, len(asked.hits))
    order = order or ("" if search.place or search.rest else Order.DISEASE)
    if order == Order.DISEASE:
        found = list(_by_first(search, found, "conditions", ((slug,) for slug in conditions())))
    elif order == Order.HOSPITAL:
        found = list(_by_first(search, found, "open_hospitals", _hospitals_by_name(search)))
    if not by:
        return [Entry(pk) for pk in search.listed.ids(found)]
    return [Entry(pk, slug) for slug, under in _under_heads(search, found, by) for pk in under]


def _by_first(
    search: Search, found: Sequence[int], column: str, values: Iterable[Collection[str]]
) -> Iterator[int]:
    """The trials by the first of the values that they have; those with none come last."""
    place = {position: number for number, position in enumerate(found)}
    left = BitMap(found)
    for alike in values:
        here = left & search.listed.snapshot.union(column, alike)
        yield from sorted(here, key=place.__getitem__)
        left -= here
    yield from sorted(left, key=place.__getitem__)


def _hospitals_by_name(search: Search) -> Iterator[list[str]]:
    """Hospitals where a trial is open, those of one name together."""
    names = search.places.hospitals
    slugs = search.listed.snapshot.counts("open_hospitals")

    def name(slug: str) -> str:
        return names.get(slug, slug).casefold()

    return (list(alike) for _, alike in groupby(sorted(slugs, key=name), key=name))


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


def _under_heads(search: Search, found: Sequence[int], by: str) -> Iterator[tuple[str, list[int]]]:
    """The trials under each head: of what was asked for only under that, where it has any of it."""
    columns: Mapping[str, tuple[str, Collection[str]]] = {
        GroupBy.HOSPITAL: ("open_hospitals", search.site),
        GroupBy.CITY: ("open_cities", (*search.city, *search.from_words.get("q_city", ()))),
        GroupBy.DISEASE: ("conditions", _asked_diseases(search)),
    }
    column, asked = columns[by]
    snapshot, hits = search.listed.snapshot, BitMap(found)
    values = snapshot.counted(column, hits)
    of_asked = hits & snapshot.union(column, asked)
    for slug in (*sorted(values, key=_order_of_heads(search, by)), ""):
        having = snapshot.having(column, slug) if slug else snapshot.all - snapshot.union(column, values)
        here = having if slug in asked else having - of_asked
        if under := search.listed.ids(position for position in found if position in here):
            yield slug, under


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
