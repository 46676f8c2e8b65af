"""The list of trials: what was asked for, what answers, and what else could be asked."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from trialfinder.kept_pages import CLOSED
from trials.browse.products import ProductApprovals, car_t_products
from trials.catalogue.freshness import of as catalogue_of
from trials.models import Trial
from trials.models.lookups import has_page, has_registry_id
from trials.search.facets import Facets, count
from trials.search.filter_row import Control
from trials.search.filters import FILTERS
from trials.search.parameters import Disease, ParameterError, Recruiting, Sort
from trials.search.search import Search
from trials.search.situation import Situation
from trials.search.understand.explained import explained
from trials.views.errors import wrong_parameter
from trials.views.head.words import of_search
from trials.views.nothing_yet import or_nothing_yet
from trials.views.query_strings import list_link, with_value, without
from trials.views.results.broaden import FEW, ways_on, ways_to_count
from trials.views.results.cards import Card, cards
from trials.views.results.chips import chips
from trials.views.results.choices import fields
from trials.views.results.widening import widened

SECTIONS = (
    ("open", gettext_lazy("Open in India now")),
    ("india", gettext_lazy("India: not known to be open")),
    ("elsewhere", gettext_lazy("Recruiting elsewhere")),
    ("abroad", gettext_lazy("Outside India, not known to be recruiting")),
)
TEXTS = {"q_text": "rest", "q_investigator": "investigator", "q_sponsor": "sponsor"}
"""Filters that full-text search answers, and the words of each."""
BASELINE = {*TEXTS, "disease", "recruiting", "q_recruiting"}
"""What alone makes no search besides its words: trials of other people are no answer to a name."""
CARRIED = (*(one.name for one in FILTERS if one.control is Control.CARRIED), "keep")
"""Parameters that have no field in the form; it carries them along."""
TELLS_NOTHING = {"page", "sort"}
"""Parameters that say nothing of a patient, whatever they stand beside."""


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The list page. A value it does not know is a 400 that names the parameter."""
    try:
        search = Search.from_query(request.GET, "keep", version=lambda: catalogue_of(request).version)
        if search.one_trial and (known := _known(search)):
            return redirect("trials:detail", registry_id=known)
        search, found, ignored_words = answer(search)
        pages = search.pages(found.total)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    shown = cards(search, search.results_on_page() if found.total else [])
    narrowing = chips(search, request.GET)
    context = {
        "search": search,
        "situation": Situation.of(search),
        "total": found.total,
        "counts": found,
        "pages": pages,
        "ignored_words": ignored_words,
        "not_used": search.not_used,
        "explained": explained(search.q, search.understood),
        "products_asked": _products_asked(search),
        "sections": _sections(search, shown),
        "fields": fields(search, found),
        "asked_open": any(search.given(one.name) not in (None, "", ()) for one in FILTERS if one.asked),
        "chips": narrowing,
        "page_words": of_search(search, found, narrowing),
        "not_indexed": not found.total,
        "widened": widened(search, request.GET),
        "other_diseases": found.counts["disease"].get(Disease.OTHER, 0),
        "query": without(request.GET, "page"),
        "kept": [(name, value) for name in CARRIED for value in request.GET.getlist(name) if value],
        "nothing_typed": len(said := _said(request.GET)) <= 1 and CLOSED.issuperset(said),
    }
    recruiting = found.counts["recruiting"]
    if not recruiting.get(Recruiting.INDIA):
        link = list_link(with_value(request.GET, "recruiting", Recruiting.ANYWHERE))
        abroad = recruiting.get(Recruiting.ANYWHERE, 0) if search.open_where != Recruiting.ANYWHERE else 0
        context |= {"none_open": True, "recruiting_abroad": abroad, "recruiting_abroad_link": link}
    if found.total <= FEW:
        context |= {"few": True} | ways_on(search, found, request.GET, shown)
    page = render(request, "trials/list.html", context)
    return page if found.total else or_nothing_yet(request, page)


def _said(query: QueryDict) -> list[str]:
    """The parameters that may say something of a patient, one given twice twice."""
    return [name for name, values in query.lists() for _ in values if name not in TELLS_NOTHING]


def _known(search: Search) -> str:
    """The id of the listed trial asked for by an id or a page of a registry, "" where there is none."""
    asked = has_page(page) if (page := search.understood.page) else has_registry_id(search.registry_id)
    trial = Trial.objects.listed().filter(asked).first()
    return trial.primary_id if trial else ""


def answer(search: Search) -> tuple[Search, Facets, str]:
    """The search, its counts, and the words left out: those that alone leave nothing are named, not applied.

    "prostate cancer with high PSA" would find nothing for the sake of "PSA". Words that are all there is
    to a search are obeyed.
    """
    alone = [] if set(search.filters) <= BASELINE else [name for name in TEXTS if name in search.filters]
    searches = [search, *(search.dropping(name) for name in alone)]
    found, *others = count(searches, ways_to_count)
    if found.total:
        return search, found, ""
    for name, wider, left in zip(alone, searches[1:], others, strict=True):
        if left.total:
            return wider, left, getattr(search.understood, TEXTS[name])
    return search, found, ""


def _products_asked(search: Search) -> list[ProductApprovals]:
    """The products that are asked for by name: their approvals come before their trials."""
    asked = search.understood.products
    return [known for known in car_t_products() if known.product.name in asked] if asked else []


def _sections(search: Search, shown: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """The cards under their headings; in an order other than India first, that order is the heading."""
    order = search.sort or (Sort.RELEVANCE if search.rest and not search.place else "")
    if order and order != Sort.DISTANCE:
        parted = [(Sort(order).label, list(shown))]
    else:
        parted = [(heading, [card for card in shown if card.section == key]) for key, heading in SECTIONS]
    return [(str(heading), chosen) for heading, chosen in parted if chosen]
