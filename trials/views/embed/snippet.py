"""`/embed/`: the lines that put a list or a badge on another site, a preview, and the script they name."""

from collections.abc import Mapping
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from trials.browse.hospitals import listed_hospitals
from trials.models.fulltext import clean_text
from trials.search.filters import BY_NAME
from trials.search.parameters import ParameterError, Recruiting, unknown
from trials.search.search import Search
from trials.views.embed import theme
from trials.views.embed.framing import for_any_site
from trials.views.embed.listing import MOST_ROWS, OWN, ROWS, rows_of
from trials.views.embed.theme import Font, Ground, Theme
from trials.views.errors import wrong_parameter
from trials.views.offline import SCRIPTS, THEME
from trials.views.query_strings import without
from trials.vocabulary import conditions

LANGUAGE = "language"
FORM = ("site", "condition", "q", "recruiting", "page")
"""Parameters of a search that the form asks for itself; it carries the others along."""


@require_safe
@csp_update({"frame-src": ["'self'"]})
def snippet(request: HttpRequest) -> HttpResponse:
    """Choose a hospital or a search, and the looks; a value it does not know is a 400 that names it."""
    try:
        looks = Theme.from_query(request.GET)
        rows = rows_of(request)
        search = Search.from_query(request.GET, *OWN, LANGUAGE)
        language = _language(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    slug = search.site[0] if len(search.site) == 1 else ""
    context = {
        "search": search,
        "site": slug,
        "hospitals": sorted((str(one.site), one.site.slug) for one in listed_hospitals()),
        "conditions": list(conditions()),
        "recruiting": Recruiting.INDIA,
        "looks": looks,
        "accent": looks.accent or THEME,
        "grounds": Ground.choices,
        "fonts": Font.choices,
        "languages": settings.LANGUAGES,
        "language": language,
        "rows": rows,
        "most_rows": MOST_ROWS,
        "kept": _kept(request.GET),
        **_addresses(_query(request.GET, looks, rows), slug, language),
    }
    return render(request, "trials/embed/snippet.html", context)


@for_any_site
@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def embed_js(_request: HttpRequest) -> HttpResponse:
    """The script of other sites' pages, at an address that stays when its content changes."""
    return HttpResponse((SCRIPTS / "embed.js").read_text(), content_type="text/javascript; charset=utf-8")


def _language(data: QueryDict) -> str:
    """The language of the frame; the page's own where none is chosen."""
    text = clean_text(data.get(LANGUAGE, ""))
    if text and text not in dict(settings.LANGUAGES):
        raise ParameterError(LANGUAGE, str(unknown(text)))
    return text or get_language() or settings.LANGUAGE_CODE


def _query(data: QueryDict, looks: Theme, rows: int) -> str:
    """The query string of the frame: the search, and what differs from the usual looks."""
    asked = QueryDict(without(data, *theme.PARAMETERS, "rows", "page", LANGUAGE), mutable=True)
    for name, value in looks.parameters.items():
        asked[name] = value
    if rows != ROWS:
        asked["rows"] = str(rows)
    return asked.urlencode()


def _addresses(query: str, slug: str, language: str) -> Mapping[str, Any]:
    """Where frame, badge and script lie, in the language of the frame."""
    with override(language):
        frame = reverse("trials:embed-trials")
        picture = reverse("trials:embed-badge", kwargs={"slug": slug}) if slug else ""
        page = reverse("trials:site", kwargs={"slug": slug}) if slug else ""
        title = gettext("CAR T trials")
    return {
        "frame": f"{frame}?{query}" if query else frame,
        "badge": picture,
        "hospital_page": page,
        "frame_title": title,
        "site_url": settings.SITE_URL,
    }


def _kept(data: QueryDict) -> list[tuple[str, str]]:
    return [(name, value) for name in BY_NAME if name not in FORM for value in data.getlist(name) if value]
