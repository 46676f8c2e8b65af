"""The catalogue in numbers: how many listed trials there are of each kind, and how many of them in India.

One row a trial is read and counted here: every chart counts the same trials, in two queries.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trials.browse.charts import Bar, Column, bars, columns
from trials.choices import INDIA, Phase, Status
from trials.display import phase_label, status_label
from trials.models import Registration
from trials.search.parameters import Disease, Recruiting
from trials.search.search import Search

MOST_ANTIGENS = 10
FIRST_YEAR = 2000
"""An earlier start is a slip of the pen: hardly any CAR T trial of the years before is registered."""

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
class Counted:
    """What is counted of one listed trial."""

    pk: int
    phases: list[str]
    status: str
    countries: list[str]
    targets: list[str]
    recruiting_in_india: bool

    @property
    def in_india(self) -> bool:
        return INDIA in self.countries


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
    """Every chart of the cancers, the other diseases, or all. Two queries."""
    trials = [Counted(*row) for row in Search(disease=disease).matching().values_list(*Counted.__slots__)]
    years = _first_years({trial.pk for trial in trials})
    return Numbers(
        total=len(trials),
        place=_places(trials, disease),
        status=_bars(trials, lambda t: [t.status], Status.values, status_label, _status_link(disease)),
        phase=_bars(
            trials, lambda t: t.phases or [""], [*Phase.values, ""], _phase_name, _phase_link(disease)
        ),
        country=_bars(trials, _groups, [*COUNTRY_GROUPS, "elsewhere", ""], _country_name, lambda _name: ""),
        antigen=_antigens(trials, disease),
        years=columns(sorted(years.items())),
        without_year=len(trials) - sum(years.values()),
    )


def _bars(
    trials: Iterable[Counted],
    kinds: Callable[[Counted], Iterable[str]],
    order: Iterable[str],
    name: Callable[[str], str],
    link: Callable[[str], str],
) -> list[Bar]:
    """A bar a kind, in this order; a trial counts once for each of its kinds."""
    everywhere: Counter[str] = Counter()
    india: Counter[str] = Counter()
    for trial in trials:
        everywhere.update(kinds(trial))
        india.update(kinds(trial) if trial.in_india else ())
    return bars((name(kind), everywhere[kind], india[kind], link(kind)) for kind in order)


def _places(trials: list[Counted], disease: str) -> list[Bar]:
    """In India and abroad, open now and at all."""
    link = _link_of("recruiting", disease)
    at_all = sum(trial.in_india for trial in trials)
    now = sum(trial.recruiting_in_india for trial in trials)
    anywhere = sum(trial.status == Status.RECRUITING for trial in trials)
    return bars(
        [
            (gettext("Open in India now"), now, now, link(Recruiting.INDIA)),
            (gettext("With a site in India, open or not"), at_all, at_all, ""),
            (gettext("Open anywhere, says the registry"), anywhere, 0, link(Recruiting.ANYWHERE)),
            (gettext("Listed, open or not"), len(trials), 0, link("")),
        ]
    )


def _antigens(trials: list[Counted], disease: str) -> list[Bar]:
    counts = Counter(target for trial in trials for target in trial.targets)
    order = [name for name, _count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    return _bars(trials, lambda t: t.targets, order[:MOST_ANTIGENS], str, _link_of("target", disease))


def _first_years(trials: set[int]) -> Counter[int]:
    """How many trials began, or are to begin, in each year; of several registrations the earliest counts."""
    starts = Registration.objects.filter(trial__published=True).values_list("trial_id", KT("details__start"))
    first: dict[int, int] = {}
    for trial, start in starts:
        year = int(start[:4]) if start and start[:4].isdecimal() else 0
        if trial in trials and FIRST_YEAR <= year <= date.today().year + 10:
            first[trial] = min(year, first.get(trial, year))
    return Counter(first.values())


def _groups(trial: Counted) -> Iterator[str]:
    """The groups of countries a trial has sites in."""
    if not trial.countries:
        yield ""
    known = [name for name, (_label, members) in COUNTRY_GROUPS.items() if members & set(trial.countries)]
    yield from known
    if not set(trial.countries) <= frozenset().union(*(COUNTRY_GROUPS[name][1] for name in COUNTRY_GROUPS)):
        yield "elsewhere"


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
