"""The CAR T products: where they are approved, and in which trials they are."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trials.browse.conditions import open_hospitals
from trials.browse.given import hospitals_giving
from trials.browse.products import (
    InTrials,
    ProductApprovals,
    car_t_products,
    find_product,
    search_products,
    trials_by_product,
)
from trials.models.fulltext import clean_text
from trials.search.facets import facets
from trials.search.listed import Listed
from trials.search.parameters import Disease, ParameterError
from trials.search.search import Search
from trials.views.errors import wrong_parameter
from trials.views.head import structured_data
from trials.views.results.cards import cards
from trials.views.situation import read_situation

FIRST_TRIALS = 5
MOST_LETTERS = 100
"""Of a product that is looked for by name."""
NONE = InTrials()

Row = tuple[ProductApprovals, InTrials]


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Every product: approved in India, elsewhere, in trials, and the others; or those `q` may mean."""
    try:
        situation = read_situation(request.GET, "q")
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    asked = clean_text(request.GET.get("q", ""))[:MOST_LETTERS]
    counts = trials_by_product(Listed())
    rows = [
        (known, counts.get(known.product.name, NONE))
        for known in (search_products(asked) if asked else car_t_products())
    ]
    context = {"q": asked, "rows": rows, "situation": situation, **_in_groups(rows)}
    return render(request, "trials/products.html", context)


def _in_groups(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """By what matters to a patient in India: each product once."""
    others = [row for row in rows if not row[0].in_india]
    tested = _most_trials_first([row for row in others if not row[0].approvals and row[1].trials])
    return {
        "in_india": [row for row in rows if row[0].in_india],
        "elsewhere": [row for row in others if row[0].approvals],
        "open_in_india": [row for row in tested if row[1].recruiting_in_india],
        "in_trials": [row for row in tested if not row[1].recruiting_in_india],
        "unseen": [row for row in others if not row[0].approvals and not row[1].trials],
    }


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product with its trials; other names lead to its address, unknown ones to a 404 that leads on."""
    known = find_product(slug.lower())
    if known is None:
        words = clean_text(slug.replace("-", " "))[:100]
        return render(request, "trials/product_unknown.html", {"words": words}, status=404)
    if known.slug != slug:
        return redirect("trials:product", slug=known.slug, permanent=True)
    try:
        situation = read_situation(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    search = Search(product=(known.product.name,), disease=Disease.ALL, near=situation.near)
    shown = cards(search, search.between(0, FIRST_TRIALS))
    context = {
        "known": known,
        "structured_data": structured_data.of_product(known.title, known.slug),
        "in_trials": trials_by_product(search.listed).get(known.product.name, NONE),
        "counts": facets(search),
        "cards": shown,
        "door": next((card.door for card in shown if card.door), None),
        "places": open_hospitals(search),
        "given_at": hospitals_giving(situation.near).get(known.product.name, ()) if known.in_india else (),
        "situation": situation,
        "near": clean_text(request.GET.get("near", "")),
    }
    return render(request, "trials/product.html", context)


def _most_trials_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row[1].recruiting_in_india, -row[1].trials, row[0].title.lower()))
