"""The catalogue in numbers: how many listed trials there are of each kind, and how many of them in India.

Every chart counts the same trials.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from trials.browse.charts import Bar, Column, bars, columns
from trials.choices import INDIA, Phase, Status
from trials.display import phase_label, status_label
from trials.search.parameters import Disease, Recruiting
from trials.search.search import Search
from trials.search.snapshot.columns import YEAR

MOST_ANTIGENS = 10

EUROPE = frozenset(
    {
        *(
            "Austria",
            "Belarus",
            "Belgium",
            "Bosnia and Herzegovina",
            "Bulgaria",
            "Croatia",
            "Cyprus",
            "Czechia",
        ),
        *("Denmark", "Estonia", "Finland", "France", "Germany", "Greece", "Hungary", "Iceland", "Ireland"),
        *("Italy", "Latvia", "Lithuania", "Luxembourg", "Malta", "Moldova", "Netherlands", "North Macedonia"),
        *("Norway", "Poland", "Portugal", "Romania", "Russia", "Serbia", "Slovakia", "Slovenia", "Spain"),
        *("Sweden", "Switzerland", "Ukraine", "United Kingdom"),
    }
)
COUNTRY_GROUPS = {
    "India": (_("India"), frozenset({INDIA})),
    "China": (_("China"), frozenset({"China", "Hong Kong"})),
    "United States": (_("United States"), frozenset({"United States"})),
    "Europe": (_("Europe"), EUROPE),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The charts of one group of diseases."""

    total: int
    place: list[Bar]
    status: list[Bar]
    phase: list[Bar]
    country: list[Bar]
    antigen: list[Bar]
    years: list[Column]
    without_year: int


def numbers(disease: str) -> Numbers:
    """Every chart of the cancers, the other diseases, or all. One statement."""
    trials = _Trials(Search(disease=disease))
    years = trials.by_value(YEAR)
    return Numbers(
        total=len(trials.all),
        place=_places(trials, disease),
        status=trials.bars("status", Status.values, status_label, _status_link(disease)),
        phase=trials.bars("phases", [*Phase.values, ""], _phase_name, _phase_link(disease)),
        country=bars(_countries(trials)),
        antigen=_antigens(trials, disease),
        years=columns(sorted((int(year), number) for year, number in years.items())),
        without_year=len(trials.all) - sum(years.values()),
    )


class _Trials:
    """The trials that are counted, and those of them with a site in India."""

    def __init__(self, search: Search) -> None:
        self.snapshot = search.listed.snapshot
        self.all = search.hits
        self.india = search.hits & self.snapshot.having("countries", INDIA)

    def by_value(self, column: str) -> Mapping[str, int]:
        """How many have each value."""
        return self.snapshot.counted(column, self.all)

    def bars(
        self, column: str, order: Iterable[str], name: Callable[[str], str], link: Callable[[str], str]
    ) -> list[Bar]:
        """A bar a value, in this order; "" are those without any. A trial counts once for each value."""
        valued = self.snapshot.union(column, self.snapshot.counts(column))
        of = {value: self.snapshot.having(column, value) for value in order}
        of |= {"": self.snapshot.all - valued} if "" in of else {}
        return bars((name(value), *self.count(trials), link(value)) for value, trials in of.items())

    def count(self, trials: BitMap) -> tuple[int, int]:
        """How many of these are counted, and how many of them have a site in India."""
        return len(self.all & trials), len(self.india & trials)


def _places(trials: _Trials, disease: str) -> list[Bar]:
    """In India and abroad, open now and at all."""
    link = _link_of("recruiting", disease)
    now = len(trials.all & trials.snapshot.having("recruiting_in_india", "true"))
    anywhere = len(trials.all & trials.snapshot.having("status", Status.RECRUITING))
    at_all = len(trials.india)
    return bars(
        [
            (gettext("Open in India now"), now, now, link(Recruiting.INDIA)),
            (gettext("With a site in India, open or not"), at_all, at_all, ""),
            (gettext("Open anywhere, says the registry"), anywhere, 0, link(Recruiting.ANYWHERE)),
            (gettext("Listed, open or not"), len(trials.all), 0, link("")),
        ]
    )


def _antigens(trials: _Trials, disease: str) -> list[Bar]:
    counts = trials.by_value("targets")
    order = [name for name, _count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    return trials.bars("targets", order[:MOST_ANTIGENS], str, _link_of("target", disease))


def _countries(trials: _Trials) -> Iterator[tuple[str, int, int, str]]:
    """A bar a group of countries; a trial counts once for each group it has a site in."""
    snapshot = trials.snapshot
    known = {name: snapshot.union("countries", members) for name, (_, members) in COUNTRY_GROUPS.items()}
    grouped = frozenset().union(*(members for _, members in COUNTRY_GROUPS.values()))
    elsewhere = snapshot.union("countries", snapshot.counts("countries").keys() - grouped)
    stated = BitMap.union(elsewhere, *known.values())
    for name, found in {**known, "elsewhere": elsewhere, "": snapshot.all - stated}.items():
        yield _country_name(name), *trials.count(found), ""


def _country_name(group: str) -> str:
    if group in COUNTRY_GROUPS:
        return str(COUNTRY_GROUPS[group][0])
    return gettext("Other countries") if group else gettext("Country not stated")


def _phase_name(phase: str) -> str:
    return phase_label(phase) if phase else gettext("Phase not stated")


def _link_of(parameter: str, disease: str) -> Callable[[str], str]:
    """Addresses of the list with this parameter; the same trials as the chart counts."""
    group = {} if disease == Disease.CANCER else {"disease": disease}
    home = reverse("trials:list")

    def link(value: str) -> str:
        asked = ({parameter: value} if value else {}) | group
        return f"{home}?{urlencode(asked)}" if asked else home

    return link


def _status_link(disease: str) -> Callable[[str], str]:
    """Only recruiting trials have a list of their own."""
    link = _link_of("recruiting", disease)
    return lambda status: link(Recruiting.ANYWHERE) if status == Status.RECRUITING else ""


def _phase_link(disease: str) -> Callable[[str], str]:
    """The list knows no "not stated"."""
    link = _link_of("phase", disease)
    return lambda phase: link(phase) if phase else ""
