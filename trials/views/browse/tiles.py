"""The map of India: where trials recruit, by state and union territory."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.conditions import recruiting_in_india
from trials.browse.india_map import tile_map
from trials.search.listed import Listed
from trials.search.parameters import ParameterError, read_one
from trials.search.parameters import condition as read_condition
from trials.views.errors import wrong_parameter
from trials.views.nothing_yet import or_nothing_yet
from trials.vocabulary import conditions


@require_safe
def tile_grid(request: HttpRequest) -> HttpResponse:
    """Every state as a square, for all cancers or one condition. Two queries."""
    try:
        condition = read_one(request.GET, "condition", read_condition) or ""
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    listed = Listed()
    counts = recruiting_in_india(listed)
    drawn = tile_map(condition, listed)
    shown = [c for c in conditions().values() if c.slug in counts or c.slug == condition]
    context = {
        "map": drawn,
        "condition": condition,
        "groups": [
            (group, [(c.slug, counts.get(c.slug, 0)) for c in members])
            for group, members in groupby(shown, key=lambda c: c.group)
        ],
    }
    page = render(request, "trials/map.html", context)
    return page if counts else or_nothing_yet(request, page)
