"""The rows of a comparison: one subject each, with what every trial says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trials.browse.open_hospital import OpenHospital, open_hospital
from trials.catalogue.certainty import Certainty, certainty_of_closed
from trials.catalogue.provenance import NOTHING_KNOWN, Provenance, provenance
from trials.choices import INDIA, CellSource
from trials.display import (
    age_words,
    cell_source_label,
    city_label,
    condition_label,
    partial_date,
    phase_words,
    registry_label,
)
from trials.explain.key_eligibility import key_points
from trials.record import Contact
from trials.search.geo import Point
from trials.views.trial.loading import OneTrial

MAX_CONTACTS = 3


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """What one trial says, line by line; no line where it says nothing. `contacts` are people to ask."""

    lines: Sequence[str] = ()
    note: str = ""
    english: bool = False  # the registry's own words
    contacts: Sequence[Contact] = ()
    countries: Sequence[str] = ()  # where the contacts may be
    door: OpenHospital | None = None  # the nearest hospital that is open
    sure: Certainty | None = None  # of a trial without one


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A subject and its cells, in the order of the trials."""

    subject: str | Promise
    cells: Sequence[ComparisonCell]
    compared: bool = True

    @property
    def differs(self) -> bool:
        """Whether two trials say something different; one that says nothing does not differ."""
        return self.compared and len({tuple(cell.lines) for cell in self.cells if cell.lines}) > 1

    @property
    def partly_stated(self) -> bool:
        """Whether some trials say it and others do not."""
        return self.compared and len({bool(cell.lines) for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows in the order to read them: where to go, what differs, and what is the same in all."""

    nearest: ComparisonRow
    differing: Sequence[ComparisonRow]
    same: Sequence[ComparisonRow]
    contacts: ComparisonRow

    @property
    def rows(self) -> list[ComparisonRow]:
        """All of them."""
        return [self.nearest, *self.differing, *self.same, self.contacts]


def comparison(trials: Sequence[OneTrial], point: Point | None) -> Comparison:
    """Every row; of key eligibility those that at least one trial states. One query.

    `point` is where people live.
    """
    known = provenance([one.trial for one in trials])
    found = [
        *(ComparisonRow(subject, list(map(cell, trials))) for subject, cell in _BEFORE),
        *_eligibility(trials),
        *(ComparisonRow(subject, list(map(cell, trials))) for subject, cell in _AFTER),
    ]
    nearest = [_nearest(one, known.get(one.trial.pk, NOTHING_KNOWN), point) for one in trials]
    differing = [row for row in found if row.differs or row.partly_stated]
    return Comparison(
        nearest=ComparisonRow(_("Nearest open hospital"), nearest, compared=False),
        differing=differing,
        same=[row for row in found if row not in differing],
        contacts=ComparisonRow(_("Who to ask"), list(map(_contacts, trials)), compared=False),
    )


def _nearest(one: OneTrial, known: Provenance, point: Point | None) -> ComparisonCell:
    """The hospital to call; of a trial that is not known to be open in India, why."""
    door = None if one.trial.gone else open_hospital(one.trial, known.open_sites, point)
    if one.trial.gone:
        return ComparisonCell([_("No longer on the registry")])
    return ComparisonCell(door=door, sure=None if door else certainty_of_closed(one.trial, known.word))


def _status(one: OneTrial) -> ComparisonCell:
    """In a word or two; how sure that is stands with the hospital."""
    if one.trial.gone:
        return ComparisonCell([_("No longer on the registry")])
    known = one.trial.recruiting_in_india
    return ComparisonCell([_("Open in India") if known else _("Not known to be open in India")])


def _updated(one: OneTrial) -> ComparisonCell:
    day = one.trial.last_updated
    return ComparisonCell([f"{registry_label(one.trial.registries[0])}, {date_format(day)}"] if day else [])


def _cell_source(one: OneTrial) -> ComparisonCell:
    source = one.trial.cell_source
    return ComparisonCell([] if source == CellSource.NOT_STATED else [cell_source_label(source)])


def _ages(one: OneTrial) -> ComparisonCell:
    """No limit stated is a statement to neither side."""
    lowest, highest = one.trial.min_age_years, one.trial.max_age_years
    return ComparisonCell([] if lowest is None and highest is None else [age_words(lowest, highest)])


def _phases(one: OneTrial) -> ComparisonCell:
    return ComparisonCell([phase_words(one.trial.phases)] if one.trial.phases else [])


def _conditions(one: OneTrial) -> ComparisonCell:
    return ComparisonCell([condition_label(slug) for slug in one.trial.conditions])


def _targets(one: OneTrial) -> ComparisonCell:
    return ComparisonCell([" + ".join(one.trial.targets)] if one.trial.targets else [])


def _sex(one: OneTrial) -> ComparisonCell:
    return ComparisonCell([one.trial.get_sex_display()] if one.trial.sex else [])


def _sponsor(one: OneTrial) -> ComparisonCell:
    return ComparisonCell([one.trial.sponsor] if one.trial.sponsor else [], english=True)


def _costs(_one: OneTrial) -> ComparisonCell:
    return ComparisonCell(note=_("Ask the hospital"))


def _places(one: OneTrial) -> ComparisonCell:
    if one.trial.recruiting_in_india:
        return ComparisonCell([city_label(slug) for slug in one.trial.open_cities] or [_("City not stated")])
    if "India" in one.trial.countries:
        return ComparisonCell([_("Has sites in India, none known to be recruiting now")])
    return ComparisonCell([_("No site in India") if one.trial.countries else _("No place stated")])


def _dates(one: OneTrial) -> ComparisonCell:
    dates = one.record.start, one.record.completion
    ends = [partial_date(written) or _("Not stated") for written in dates]
    return ComparisonCell([" – ".join(ends)] if any(dates) else [])


def _eligibility(trials: Sequence[OneTrial]) -> Iterator[ComparisonRow]:
    by_facet = zip(*(key_points(one.trial.eligibility) for one in trials), strict=True)
    for points in by_facet:
        if any(point.is_stated for point in points):
            yield ComparisonRow(
                points[0].name, [ComparisonCell([p.words] if p.is_stated else []) for p in points]
            )


def _contacts(one: OneTrial) -> ComparisonCell:
    """People at Indian sites that recruit; where there are none, those of the whole trial."""
    at_sites = [contact for site in one.open_sites for contact in site.people]
    contacts = (at_sites or one.contacts)[:MAX_CONTACTS]
    return ComparisonCell(contacts=contacts, countries=[INDIA] if at_sites else one.trial.countries)


_BEFORE = (
    (gettext_lazy("Status"), _status),
    (gettext_lazy("Phase"), _phases),
    (gettext_lazy("Disease"), _conditions),
    (gettext_lazy("The CAR T cells look for"), _targets),
    (gettext_lazy("Made from"), _cell_source),
    (gettext_lazy("Age"), _ages),
    (gettext_lazy("Sex"), _sex),
    (gettext_lazy("Open in India"), _places),
)
_AFTER = (
    (gettext_lazy("Run by"), _sponsor),
    (gettext_lazy("Begins, ends"), _dates),
    (gettext_lazy("Last updated"), _updated),
    (gettext_lazy("Who pays"), _costs),
)
"""Subjects before and after key eligibility, each with what one trial says of it."""
