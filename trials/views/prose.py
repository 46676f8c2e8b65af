"""Pages of prose: the words explained, about the site, privacy, how things are decided."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from trialfinder import retention
from trials.display import in_page_language
from trials.vocabulary.glossary import glossary as terms
from trials.vocabulary.reviews import reviews

PAGES = ("glossary", "about", "how-we-decide", "privacy", "open-data")
"""Names of the addresses of prose, for the sitemap."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """One word as the page shows it; `others` are its names in the languages the page is not in."""

    slug: str
    term: str
    plain: str
    others: Mapping[str, str]


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Every word by its first letter, in the order of the page's language."""
    entries = sorted(_entries(), key=lambda entry: _sorting(entry.term))
    letters = [(letter, list(group)) for letter, group in groupby(entries, key=lambda e: _letter(e.term))]
    return render(request, "trials/glossary.html", {"letters": letters, "number": len(entries)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs the site, where the data come from, what is covered, who reviewed it, how to correct us."""
    context = {
        "operator": settings.SITE_OPERATOR,
        "address": settings.SITE_OPERATOR_ADDRESS,
        "contact": settings.CONTACT_EMAIL,
        "reviews": [(in_page_language(review.what), review) for review in reviews()],
    }
    return render(request, "trials/about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, how long and why. Changes to logs, cookies or storage must change this page."""
    context = {"contact": settings.CONTACT_EMAIL, "kept_rows": retention.ROWS}
    return render(request, "trials/privacy.html", context)


@require_safe
def how_we_decide(request: HttpRequest) -> HttpResponse:
    """The rules of `catalogue.compose`, `importers.classify` and `importers.matching` in plain words."""
    return render(request, "trials/how_we_decide.html")


def _entries() -> list[GlossaryEntry]:
    page = get_language() or "en"
    return [
        GlossaryEntry(
            term.slug,
            in_page_language(term.terms),
            in_page_language(term.plain),
            {code: name for code, name in term.terms.items() if code != page},
        )
        for term in terms().values()
    ]


def _sorting(term: str) -> str:
    return unicodedata.normalize("NFKD", term).casefold()


def _letter(term: str) -> str:
    """A capital, or the letter of an Indian script without its signs."""
    return unicodedata.normalize("NFKD", term)[0].upper()
