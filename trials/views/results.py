"""The list of trials: what was asked for, what answers, and what else could be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from trials.choices import CellSource, Phase
from trials.facets import Facets, facets
from trials.filters import Search
from trials.models import Trial
from trials.nearest import nearest_open
from trials.parameters import Disease, ParameterError, Recruiting, Sort
from trials.views.chips import Chip, chips
from trials.views.choices import Choice, condition_choices, facet_choices, hospital_choices
from trials.views.errors import wrong_parameter
from trials.views.filling import reloading_while_filling
from trials.views.links import list_link, with_value, without
from trials.views.widening import widened

SECTIONS = (
    ("recruiting", gettext_lazy("Recruiting in India now")),
    ("india", gettext_lazy("In India, not recruiting now")),
    ("abroad", gettext_lazy("Outside India")),
)
UNSHOWN = ("product", "registry", "disease", "keep", "exact")
"""Parameters that have no field in the form; it carries them along."""


@dataclass(frozen=True, slots=True)
class Card:
    """One trial of the list, and why it is there."""

    trial: Trial
    broad: bool  # it answers only because its own group of diseases is wider
    nearest_km: int | None
    nearest_city: str


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The list page. A value it does not know is a 400 that names the parameter."""
    try:
        search = Search.from_query(request.GET)
        if search.registry_id and (known := _known(search.registry_id)):
            return redirect("trials:detail", registry_id=known)
        search, found, ignored_words = _answer(search)
        pages = search.pages(found.total)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    cards = [_card(search, trial) for trial in search.results_on_page()]
    context = {
        "search": search,
        "total": found.total,
        "pages": pages,
        "ignored_words": ignored_words,
        "sections": _sections(search, cards),
        "chips": chips(search, request.GET),
        "widened": widened(search, request.GET),
        "other_diseases": found.counts["disease"].get(Disease.OTHER, 0),
        "query": without(request.GET, "page"),
        "kept": [(name, value) for name in UNSHOWN for value in request.GET.getlist(name) if value],
    }
    context |= _filters(search, found)
    if found.total:
        return render(request, "trials/list.html", context)
    context |= _nothing(search, found, request.GET)
    return reloading_while_filling(render(request, "trials/list.html", context))


def _nothing(search: Search, found: Facets, query: QueryDict) -> dict[str, object]:
    """The ways out of an empty list: one filter less, the nearest open city, the disease alone."""
    alone = _disease_alone(search)
    asked = query.copy()
    asked["q"] = alone.q
    others = [name for name in query if name not in ("q", "condition", "disease")]
    trials = alone.matching()
    return {
        "removed": _ways_out(search, found, query),
        "nearest": nearest_open(search),
        "anywhere": trials.count(),
        "anywhere_query": without(asked, *others),
        "none_in_india": not trials.recruiting_in_india().exists(),
    }


def _known(registry_id: str) -> str:
    """The address of the listed trial with this id, "" where there is none."""
    trial = Trial.objects.listed().by_registry_id(registry_id).first()
    return trial.primary_id if trial else ""


def _answer(search: Search) -> tuple[Search, Facets, str]:
    """The search, its counts, and the words left out: those that alone leave nothing are told, not obeyed.

    "prostate cancer with high PSA" would find nothing for the sake of "PSA". Words that are all there is
    to a search are obeyed.
    """
    found = facets(search)
    only_words = set(search.filters) <= {"q_text", "disease"}
    if found.total or only_words or not found.without.get("q_text"):
        return search, found, ""
    wider = search.dropping("q_text")
    return wider, facets(wider), search.rest


def _card(search: Search, trial: Trial) -> Card:
    asked = {*search.condition, *search.understood.conditions}
    nearest = search.near.nearest(trial.open_cities) if search.near else None
    return Card(
        trial=trial,
        broad=bool(asked) and asked.isdisjoint(trial.conditions),
        nearest_km=round(nearest.km) if nearest else None,
        nearest_city=nearest.city.slug if nearest else "",
    )


def _sections(search: Search, cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """The cards under their headings; in an order other than India first, that order is the heading."""
    order = search.sort or (Sort.RELEVANCE if search.rest and not search.near else "")
    if order and order != Sort.DISTANCE:
        parted = [(Sort(order).label, list(cards))]
    else:
        parted = [(heading, [c for c in cards if _section(c.trial) == key]) for key, heading in SECTIONS]
    return [(str(heading), chosen) for heading, chosen in parted if chosen]


def _section(trial: Trial) -> str:
    if trial.recruiting_in_india:
        return "recruiting"
    return "india" if "India" in trial.countries else "abroad"


def _filters(search: Search, found: Facets) -> dict[str, object]:
    """Every choice of the filter form, with the number of trials it leaves."""
    counts = found.counts
    return {
        "condition_groups": condition_choices(search.condition, counts["condition"]),
        "phase_choices": facet_choices("phase", search.phase, counts["phase"], order=Phase.values),
        "state_choices": facet_choices("state", search.state, counts["state"]),
        "city_choices": facet_choices("city", search.city, counts["city"]),
        "site_choices": hospital_choices(search.site, counts["site"]),
        "target_choices": facet_choices("target", search.target, counts["target"]),
        "cell_source_choices": facet_choices(
            "cell_source", search.cell_source, counts["cell_source"], order=CellSource.values
        ),
        "recruiting_choices": _options(Recruiting, search.recruiting, counts["recruiting"]),
        "sort_choices": [(value, label, value == search.sort) for value, label in Sort.choices],
    }


def _options(kind: type[Recruiting], chosen: str, counts: dict[str, int]) -> list[Choice]:
    return [Choice(value, str(label), counts.get(value, 0), value == chosen) for value, label in kind.choices]


def _disease_alone(search: Search) -> Search:
    """The disease and the words that are asked for but for their place, wherever and in whatever state."""
    for name in ("q_city", "q_state"):
        if name in search.filters:
            search = replace(search.dropping(name), q=search.q_without(name))
    asked = ("q", "condition", "disease", "understood")
    return Search(**{name: getattr(search, name) for name in asked})


def _ways_out(search: Search, found: Facets, query: QueryDict) -> list[tuple[Chip, int]]:
    """For an empty list: each filter with how many trials there are without it, most first.

    A filter goes as a whole: of several values chosen, the link takes off all, as the count does.
    """
    ways = []
    for name, of_name in groupby(chips(search, query), key=lambda chip: chip.name):
        values = list(of_name)
        if name == "disease" or not (count := found.without.get(name)):
            continue
        link = values[0].link
        if len(values) > 1:
            left = with_value(query, "q", search.q_without(name))
            link = list_link(left if name.startswith("q_") else without(query, name, "page"))
        ways.append((Chip(name, " / ".join(chip.label for chip in values), link), count))
    if count := found.without.get("disease"):
        group = Disease(search.disease_group)
        label = gettext("Only cancers") if group == Disease.CANCER else str(group.label)
        ways.append((Chip("disease", label, list_link(with_value(query, "disease", Disease.ALL))), count))
    return sorted(ways, key=lambda way: -way[1])
