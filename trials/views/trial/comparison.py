"""The rows of a comparison: one subject each, with what every trial says of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trials.choices import INDIA, CellSource
from trials.display import (
    age_words,
    cell_source_label,
    city_label,
    condition_label,
    partial_date,
    phase_words,
    registry_label,
    trial_status,
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


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A subject and its cells, in the order of the trials."""

    subject: str
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


def rows(trials: Sequence[OneTrial], point: Point | None) -> list[ComparisonRow]:
    """Every row; of key eligibility those that at least one trial states. `point` is where people live."""
    subjects: list[tuple[str, Callable[[OneTrial], ComparisonCell]]] = [
        (_("Status"), _status),
        (_("Phase"), lambda one: ComparisonCell([phase_words(one.trial.phases)] if one.trial.phases else [])),
        (_("Disease"), lambda one: ComparisonCell([condition_label(slug) for slug in one.trial.conditions])),
        (
            _("The CAR T cells look for"),
            lambda one: ComparisonCell([" + ".join(one.trial.targets)] if one.trial.targets else []),
        ),
        (_("Made from"), _cell_source),
        (_("Age"), _ages),
        (_("Sex"), lambda one: ComparisonCell([one.trial.get_sex_display()] if one.trial.sex else [])),
        (_("Recruiting in India"), _places),
        *([(_("Distance from %s") % point.name, lambda one: _distance(one, point))] if point else []),
    ]
    after: list[tuple[str, Callable[[OneTrial], ComparisonCell]]] = [
        (
            _("Run by"),
            lambda one: ComparisonCell([one.trial.sponsor] if one.trial.sponsor else [], english=True),
        ),
        (_("Begins, ends"), _dates),
        (_("Who pays"), lambda _one: ComparisonCell(note=_("Ask the hospital"))),
    ]
    return [
        *(ComparisonRow(subject, list(map(cell, trials))) for subject, cell in subjects),
        *_eligibility(trials),
        *(ComparisonRow(subject, list(map(cell, trials))) for subject, cell in after),
        ComparisonRow(_("Who to ask"), list(map(_contacts, trials)), compared=False),
    ]


def _status(one: OneTrial) -> ComparisonCell:
    trial = one.trial
    words = _("No longer on the registry") if trial.gone else trial_status(trial)
    if not trial.last_updated:
        return ComparisonCell([words])
    values = {"registry": registry_label(trial.registries[0]), "day": date_format(trial.last_updated)}
    return ComparisonCell([words], _("%(registry)s updated it on %(day)s") % values)


def _cell_source(one: OneTrial) -> ComparisonCell:
    source = one.trial.cell_source
    return ComparisonCell([] if source == CellSource.NOT_STATED else [cell_source_label(source)])


def _ages(one: OneTrial) -> ComparisonCell:
    """No limit stated is a statement to neither side."""
    lowest, highest = one.trial.min_age_years, one.trial.max_age_years
    return ComparisonCell([] if lowest is None and highest is None else [age_words(lowest, highest)])


def _places(one: OneTrial) -> ComparisonCell:
    if one.trial.recruiting_in_india:
        return ComparisonCell([city_label(slug) for slug in one.trial.open_cities] or [_("City not stated")])
    if "India" in one.trial.countries:
        return ComparisonCell([_("Has sites in India, none known to be recruiting now")])
    return ComparisonCell([_("No site in India") if one.trial.countries else _("No place stated")])


def _distance(one: OneTrial, point: Point) -> ComparisonCell:
    nearest = point.nearest(one.trial.open_cities)
    if nearest is None:
        return ComparisonCell([_("No known open site in India")])
    values = {"city": city_label(nearest.city.slug), "km": round(nearest.km)}
    return ComparisonCell([_("%(city)s, about %(km)d km (to the city)") % values])


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
