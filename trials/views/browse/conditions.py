"""The conditions: all of them by group, and each with its trials."""

from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from trials import vocabulary
from trials.browse.charts import bars
from trials.browse.conditions import also_called, every_condition, picture
from trials.browse.products import approved_for
from trials.choices import Phase
from trials.display import phase_label
from trials.models.fulltext import clean_text
from trials.search.search import Search
from trials.views.nothing_yet import reloading_while_filling
from trials.views.query_strings import list_link
from trials.views.results.cards import cards

MOST_TARGETS = 12


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """Every condition by group, with how many trials there are and how many recruit in India."""
    groups = [(name, list(group)) for name, group in groupby(every_condition(), key=lambda row: row[0].group)]
    return reloading_while_filling(request, render(request, "trials/conditions.html", {"groups": groups}))


@require_safe
def condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition; an unknown slug is a 404 that leads on."""
    known = vocabulary.conditions().get(slug)
    if known is None:
        if (lower := slug.lower()) in vocabulary.conditions():
            return redirect("trials:condition", slug=lower, permanent=True)
        words = clean_text(slug.replace("-", " "))[:100]
        return render(request, "trials/condition_unknown.html", {"words": words}, status=404)
    facts = picture(known)
    phases = [
        (phase_label(phase), facts.phases.get(phase, 0), 0, list_link(f"condition={slug}&phase={phase}"))
        for phase in Phase.values
    ]
    targets = [
        (name, count, 0, list_link(urlencode({"condition": slug, "target": name})))
        for name, count in facts.targets[:MOST_TARGETS]
    ]
    page = get_language() or "en"
    context = {
        "facts": facts,
        "cards": cards(Search(condition=(slug,)), facts.trials),
        "other_names": [(code, name) for code, name in known.patient_names.items() if code != page],
        "also_called": also_called(known),
        "phases": bars(phases),
        "targets": bars(targets),
        "more_targets": len(facts.targets) - MOST_TARGETS,
        "approved": approved_for(slug),
    }
    return render(request, "trials/condition.html", context)
