"""How long answers took, by the name of the page: never by its address, which holds what people ask."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

SECONDS = Histogram(
    "trialfinder_answer_seconds",
    "Seconds until an answer was ready, by page and kind of status.",
    ["page", "status"],
    buckets=(0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60),
)


def measured(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Pages without a name are one kind: addresses that were tried must not become figures."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        page = _page(request, response)
        SECONDS.labels(page, f"{response.status_code // 100}xx").observe(time.perf_counter() - began)
        return response

    return answer


def _page(request: HttpRequest, response: HttpResponse) -> str:
    """What no view answered is a page kept for the next visitor, or nothing of ours."""
    match = request.resolver_match
    if match and match.view_name:
        return match.view_name
    return "other" if match or response.status_code >= 400 else "kept"
