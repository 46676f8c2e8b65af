"""Every error below /api/ as `application/problem+json` (RFC 9457), whoever made it.

In English, like all words of the API: its addresses have no language, and programs read them. `parameter` and
`message` are what the first readers of this API know; they stay.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse

PROBLEM = "application/problem+json"
ALLOWED = "GET, HEAD, OPTIONS"
DETAILS = {
    HTTPStatus.BAD_REQUEST: "This request cannot be read.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This API is for reading only.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests. Please wait until the next minute.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong on this site.",
    HTTPStatus.SERVICE_UNAVAILABLE: "This site cannot answer just now. Please try again in a minute.",
}


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def problem(request: HttpRequest, status: int, detail: str = "", **more: str) -> HttpResponse:
    """`type` is about:blank: the status says all there is to say about the kind of problem."""
    phrase = HTTPStatus(status).phrase
    detail = detail or DETAILS.get(HTTPStatus(status), phrase)
    body = {
        "type": "about:blank",
        "title": phrase,
        "status": status,
        "detail": detail,
        "instance": quote(request.path, safe="/:"),
        "message": detail,
        **more,
    }
    return JsonResponse(body, status=status, content_type=PROBLEM, headers={"Cache-Control": "no-store"})


def bad_request(request: HttpRequest, error: Any) -> HttpResponse:
    """A `ParameterError`: a parameter that is not known, or a value that it cannot have."""
    return problem(request, 400, str(error), parameter=error.parameter, message=error.message)


def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(request, 404, str(error))


class ProblemMiddleware:
    """Turns every other error below /api/ into a problem: of addresses without a route, and of failures.

    What a failure was stands in the log alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not is_api(request) or response.get("Content-Type") == PROBLEM:
            return response
        answer = problem(request, response.status_code)
        for name in ("Vary", "Content-Language", "Retry-After"):
            if name in response:
                answer[name] = response[name]
        if getattr(response, "_has_been_logged", False):  # Django's own mark: it logs each answer once
            answer._has_been_logged = True  # type: ignore[attr-defined]
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            answer["Allow"] = ALLOWED
        return answer
