"""Where the pictures of previews are served. They are drawn when asked for (docs/adr/0008-previews.md)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from trials import vocabulary
from trials.browse.hospitals import HospitalCounts, trials_at
from trials.models.fulltext import clean_text
from trials.search.facets import facets
from trials.search.parameters import ParameterError, refuse_unknown
from trials.search.search import Search
from trials.views.errors import wrong_parameter
from trials.views.previews import preview
from trials.views.previews.drawing import drawn
from trials.views.previews.faces import can_draw
from trials.views.previews.preview import Preview
from trials.views.trial.loading import find_trial

DAY = 24 * 60 * 60


@require_safe
def of_website(request: HttpRequest) -> HttpResponse:
    return _answer(request, preview.of_website)


@require_safe
def of_trial(request: HttpRequest, registry_id: str) -> HttpResponse:
    """One statement."""
    trial = find_trial(registry_id, staff=False)
    if trial.sample:
        raise Http404
    return _answer(request, lambda: preview.of_trial(trial))


@require_safe
def of_condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One statement."""
    if slug not in vocabulary.conditions():
        raise Http404
    counts = facets(Search(condition=(slug,)))
    return _answer(request, lambda: preview.of_condition(slug, counts))


@require_safe
def of_site(request: HttpRequest, slug: str) -> HttpResponse:
    """One statement."""
    trials = trials_at(clean_text(slug))
    if not trials or (site := trials[0].rows[0].site) is None:
        raise Http404
    hospital = HospitalCounts(site, len(trials), sum(here.is_open for here in trials))
    return _answer(request, lambda: preview.of_hospital(hospital))


def _answer(request: HttpRequest, made: Callable[[], Preview]) -> HttpResponse:
    """The picture in the page's language, in English on a machine that cannot draw that."""
    try:
        refuse_unknown(request.GET, ("v",))
    except ParameterError as error:
        return wrong_parameter(request, error, reverse("trials:home"))
    shown = made()
    language = shown.language if can_draw(shown.alt) else "en"
    with override(language):
        return _picture(request, shown if language == shown.language else made())


def _picture(request: HttpRequest, shown: Preview) -> HttpResponse:
    @cache_control(public=True, max_age=DAY)
    @condition(etag_func=lambda _request: f'"{shown.picture.rpartition("=")[2]}"')
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(drawn(shown), content_type="image/png")

    return answer(request)
