"""The first page: one box, how much is open now, and the first question of the guided path."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.open_now import open_in_india
from trials.browse.updates import UpdatesQuery
from trials.browse.week import this_week
from trials.search.facets import facets
from trials.search.guided import groups
from trials.search.parameters import Disease, Recruiting
from trials.search.search import Search
from trials.views.head.structured_data import website
from trials.views.nothing_yet import or_nothing_yet
from trials.vocabulary import conditions, is_cancer

SHOWN_AT_ONCE = 5
"""Groups of cancers before the fold: those of the blood come first, and most CAR T trials are for them."""


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions of one heading, each with the number of trials that answer to it."""

    name: str
    conditions: list[tuple[str, int]]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box, what is open, the cancers by picture, other diseases apart from them."""
    everything = Search()
    found = facets(everything)
    cancers = [group for group in groups().values() if group.cancer]
    context = {
        "first_groups": cancers[:SHOWN_AT_ONCE],
        "further_groups": cancers[SHOWN_AT_ONCE:],
        "other_groups": _other_groups(found.counts["condition"]),
        "counts": found,
        "open_in_india": open_in_india(everything.but(recruiting=Recruiting.INDIA)),
        "opened": this_week(UpdatesQuery(search=everything.but(disease=Disease.ALL))).opened,
        "structured_data": [website()],
    }
    return or_nothing_yet(request, render(request, "trials/home.html", context))


def _other_groups(counts: dict[str, int]) -> list[ConditionGroup]:
    shown = [c for c in conditions().values() if counts.get(c.slug) and not is_cancer(c.slug)]
    return [
        ConditionGroup(name, [(c.slug, counts[c.slug]) for c in group])
        for name, group in groupby(shown, key=lambda condition: condition.group)
    ]
