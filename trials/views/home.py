"""The first page: one box, and every condition there are trials for."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.facets import facets
from trials.filters import Search
from trials.parameters import Disease
from trials.views.filling import reloading_while_filling
from trials.vocabulary import conditions


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions of one heading, each with the number of trials that answer to it."""

    name: str
    conditions: list[tuple[str, int]]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The search box and the conditions by group, cancers apart from other diseases."""
    found = facets(Search(disease=Disease.ALL))
    counts = found.counts["condition"]
    context = {
        "cancer_groups": _groups(counts, cancer=True),
        "other_groups": _groups(counts, cancer=False),
        "recruiting_in_india": found.counts["recruiting"].get("india", 0),
        "total": found.total,
    }
    page = render(request, "trials/home.html", context)
    return page if found.total else reloading_while_filling(page)


def _groups(counts: dict[str, int], *, cancer: bool) -> list[ConditionGroup]:
    shown = [c for c in conditions().values() if counts.get(c.slug) and (c.kind in _CANCER) is cancer]
    return [
        ConditionGroup(name, [(c.slug, counts[c.slug]) for c in group])
        for name, group in groupby(shown, key=lambda condition: condition.group)
    ]


_CANCER = ("cancer", "basket")
