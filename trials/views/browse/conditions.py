"""The conditions: all of them by group, and each with its nearest open hospital and its trials."""

from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from trials import vocabulary
from trials.browse.charts import bars
from trials.browse.conditions import (
    NONE,
    ConditionFacts,
    also_called,
    counts_of_conditions,
    find_conditions,
    picture,
)
from trials.browse.given import nearest_giving
from trials.browse.products import approved_for
from trials.choices import Phase
from trials.display import phase_label
from trials.models.fulltext import clean_text
from trials.search.listed import Listed
from trials.search.parameters import ParameterError
from trials.search.situation import Situation
from trials.views.errors import wrong_parameter
from trials.views.head import structured_data, words
from trials.views.nothing_yet import reloading_while_filling
from trials.views.previews import preview
from trials.views.query_strings import list_link
from trials.views.results.cards import cards
from trials.views.situation import read_situation

MOST_TARGETS = 12
MOST_LETTERS = 100
"""Of a disease that is looked for by name."""


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """Every condition by group, those with a trial open in India first; or those that `q` may mean."""
    try:
        situation = read_situation(request.GET, "q")
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    asked = clean_text(request.GET.get("q", ""))[:MOST_LETTERS]
    counts = counts_of_conditions(Listed())
    rows = [(one, counts.get(one.slug, NONE)) for one in vocabulary.conditions().values()]
    context = {
        "q": asked,
        "found": [(one, counts.get(one.slug, NONE)) for one in find_conditions(asked)],
        "open": sorted((row for row in rows if row[1].open_in_india), key=lambda row: -row[1].open_in_india),
        "groups": [(name, list(group)) for name, group in groupby(rows, key=lambda row: row[0].group)],
        "situation": situation,
    }
    return reloading_while_filling(request, render(request, "trials/conditions.html", context))


@require_safe
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition; an unknown slug is a 404 that leads on."""
    known = vocabulary.conditions().get(slug)
    if known is None:
        if (lower := slug.lower()) in vocabulary.conditions():
            return redirect("trials:condition", slug=lower, permanent=True)
        asked = clean_text(slug.replace("-", " "))[:100]
        return render(request, "trials/condition_unknown.html", {"words": asked}, status=404)
    try:
        said = read_situation(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    facts = picture(known, said.near, said.age)
    shown = cards(facts.search, facts.trials)
    approved = approved_for(slug)
    page = get_language() or "en"
    called = also_called(known)
    context = {
        "facts": facts,
        "page_words": words.of_condition(slug, facts.counts),
        "preview": None if said.age is not None else preview.of_condition(slug, facts.counts),
        "structured_data": structured_data.of_condition(known, called, facts.trials),
        "situation": Situation(said.near, said.age, (slug,)),
        "near": clean_text(request.GET.get("near", "")),
        "door": next((card.door for card in shown if card.door), None),
        "cards": shown,
        "other_names": [(code, name) for code, name in known.patient_names.items() if code != page],
        "also_called": called,
        **_charts(facts),
        "approved": approved,
        "giving": nearest_giving(said.near) if approved else {},
        "approved_abroad": [product for product in approved if not product.in_india],
    }
    return render(request, "trials/condition.html", context)


def _charts(facts: ConditionFacts) -> dict[str, object]:
    """Listed trials by phase and by antigen."""
    slug = facts.condition.slug
    phases = [
        (phase_label(phase), facts.phases.get(phase, 0), 0, list_link(f"condition={slug}&phase={phase}"))
        for phase in Phase.values
    ]
    targets = [
        (name, count, 0, list_link(urlencode({"condition": slug, "target": name})))
        for name, count in facts.targets[:MOST_TARGETS]
    ]
    return {
        "phases": bars(phases),
        "targets": bars(targets),
        "more_targets": len(facts.targets) - MOST_TARGETS,
    }
