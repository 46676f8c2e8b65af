"""The CAR T products: where they are approved, and in which trials they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from trials.browse.products import InTrials, ProductApprovals, car_t_products, find_product, trials_by_product
from trials.models.fulltext import clean_text
from trials.search.parameters import Disease
from trials.search.search import Search
from trials.views.results.cards import cards

FIRST_TRIALS = 10
NONE = InTrials()


@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Every product: approved in India, approved elsewhere, in trials, and the others."""
    counts = trials_by_product()
    rows = [(known, counts.get(known.product.name, NONE)) for known in car_t_products()]
    others = [row for row in rows if not row[0].in_india]
    context = {
        "in_india": [row for row in rows if row[0].in_india],
        "elsewhere": [row for row in others if row[0].approvals],
        "in_trials": _most_trials_first([r for r in others if not r[0].approvals and r[1].trials]),
        "unseen": [row for row in others if not row[0].approvals and not row[1].trials],
    }
    return render(request, "trials/products.html", context)


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product with its trials; other names lead to its address, unknown ones to a 404 that leads on."""
    known = find_product(slug.lower())
    if known is None:
        words = clean_text(slug.replace("-", " "))[:100]
        return render(request, "trials/product_unknown.html", {"words": words}, status=404)
    if known.slug != slug:
        return redirect("trials:product", slug=known.slug, permanent=True)
    search = Search(product=(known.product.name,), disease=Disease.ALL)
    context = {
        "known": known,
        "in_trials": trials_by_product().get(known.product.name, NONE),
        "cards": cards(search, list(search.results().without_long_texts()[:FIRST_TRIALS])),
    }
    return render(request, "trials/product.html", context)


def _most_trials_first(
    rows: list[tuple[ProductApprovals, InTrials]],
) -> list[tuple[ProductApprovals, InTrials]]:
    return sorted(rows, key=lambda row: (-row[1].recruiting_in_india, -row[1].trials, row[0].title.lower()))
