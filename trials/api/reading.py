"""How all addresses below /api/ are read: methods, slashes at the end, limits, and what has not changed.

- GET, HEAD and OPTIONS alone; HEAD answers as GET does, without the body.
- A slash at the end is answered as the address without it.
- `settings.API_PER_MINUTE` requests a minute and network.
- Every good answer has ETag, Last-Modified and Cache-Control; a 304 costs one statement.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date

from trialfinder.rate_limit import take
from trials.api.errors import ALLOWED, is_api, problem
from trials.catalogue.validators import validators
from trials.search.snapshot.current import is_current


class ReadingMiddleware:
    """The innermost but for views: errors are made problems outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            return self.get_response(request)
        quota = take(request, "api", settings.API_PER_MINUTE)
        if quota is None:
            return self._answer(request)
        if quota.is_spent:
            response = problem(request, HTTPStatus.TOO_MANY_REQUESTS)
            response["Retry-After"] = str(quota.reset)
        else:
            response = self._answer(request)
        quota.write(response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info.rstrip("/")
        if path.count("/") > 2:  # the root of a version, /api/v1/, has a slash of its own
            request.path_info = path
        if request.method == "GET":
            return self._unless_unchanged(request)
        if request.method == "HEAD":
            request.method = "GET"
            response = self._unless_unchanged(request)
            request.method = "HEAD"
            return _without_body(response)
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ALLOWED})
        response = problem(request, HTTPStatus.METHOD_NOT_ALLOWED)
        response["Allow"] = ALLOWED
        return response

    def _unless_unchanged(self, request: HttpRequest) -> HttpResponse:
        """Errors get no validators."""
        etag, modified = validators(request)
        counted, response = is_current(), None
        if request.headers.get("If-None-Match", "").strip() != "*":  # any answer, even of a wrong address
            response = get_conditional_response(request, etag, int(modified.timestamp()))
        response = response or self.get_response(request)
        if response.status_code < 400 and counted:
            response.headers.setdefault("ETag", etag)
            response.headers.setdefault("Last-Modified", http_date(modified.timestamp()))
            if "Cache-Control" not in response:
                # Kept, and asked about each time: what a hospital takes back must be told no longer.
                patch_cache_control(response, public=True, no_cache=True)
        return response


def _without_body(response: HttpResponse) -> HttpResponse:
    if response.streaming:
        response.streaming_content = ()  # type: ignore[attr-defined]
    else:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
