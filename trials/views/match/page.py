"""`/match/`: a few questions once, then all open trials in three groups. Nothing of an answer is kept.

With scripts the answers never leave the browser: it asks for `open_trials_with_patterns`, an address without
parameters that is the same for everybody, and looks its answers up there. Without scripts the form is sent,
answered and forgotten.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from trials.search.parameters import ParameterError, refuse_unknown
from trials.views.errors import wrong_parameter
from trials.views.match.cards import MOST_TRIALS, Group, MatchCard, cards, open_trials, short_names
from trials.views.match.questions import MONTHS, UNIT, diseases_by_group, fields, places, steps
from trials.views.trial.loading import not_for_search_engines


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: HttpRequest) -> HttpResponse:
    """The questions; below a form that was sent, the trials."""
    try:
        refuse_unknown(request.GET, ())
        if request.method != "POST":
            return render(request, "trials/match.html", _form({}))
        refuse_unknown(request.POST, (*fields(), UNIT, "csrfmiddlewaretoken"))
        given = places(request.POST)
    except ParameterError as error:
        return wrong_parameter(request, error, reverse("trials:match"))
    context = _form(request.POST) | _results(given)
    return not_for_search_engines(render(request, "trials/match.html", context))


@require_safe
def open_trials_with_patterns(request: HttpRequest) -> HttpResponse:
    """All open trials with the verdicts of every possible answer: a piece of a page, for its script."""
    try:
        refuse_unknown(request.GET, ())
    except ParameterError as error:
        return wrong_parameter(request, error, reverse("trials:match"))
    context = _results({}) | {"looked_up": True}
    return not_for_search_engines(render(request, "trials/_match_groups.html", context))


def _form(given: Mapping[str, Any]) -> dict[str, Any]:
    """The questions, each field with the answer given to it."""
    return {
        "steps": [(step, [(field, given.get(field.name, "")) for field in step.fields]) for step in steps()],
        "diseases": diseases_by_group(),
        "in_months": given.get(UNIT) == MONTHS,
    }


def _results(given: Mapping[str, int]) -> dict[str, Any]:
    """The three groups; without answers every card waits in the one of those to ask about."""
    trials, total = open_trials()
    found = cards(trials, given)
    known = _numbered(found)
    groups: dict[Group, list[tuple[MatchCard, str]]] = {group: [] for group in Group}
    for card in found:
        row = " ".join(str(known[name][pattern]) for name, pattern in card.patterns.items())
        groups[card.group if given else Group.ASK].append((card, row))
    return {
        "groups": list(groups.items()),
        "patterns": "|".join(" ".join(numbers) for numbers in known.values()),
        "names": "|".join(short_names().values()),
        "shown": len(found),
        "total": total,
        "too_many": total > MOST_TRIALS,
    }


def _numbered(found: Sequence[MatchCard]) -> dict[str, dict[str, int]]:
    """The numbers of all patterns of each field, the most frequent first: small numbers make a small page."""
    counts = {name: Counter(card.patterns[name] for card in found) for name in short_names()}
    return {
        name: {pattern: number for number, (pattern, _times) in enumerate(counted.most_common())}
        for name, counted in counts.items()
    }
