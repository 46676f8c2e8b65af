"""What people type comes to every view without the characters that nobody sees (`trials.plain_text`).

One place for all forms, addresses and the API. Passwords stay as they were typed.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict

from trials.plain_text import plain

Answer = Callable[[HttpRequest], HttpResponse]


class PlainTextMiddleware:
    """Cleans `request.GET` and `request.POST`, names of parameters and of files too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = _plain(request.GET)  # type: ignore[assignment]  # as little mutable as theirs
        if request.method == "POST":
            request.POST = _plain(request.POST)  # type: ignore[assignment]
            for _name, files in request.FILES.lists():
                for file in files:
                    file.name = plain(file.name or "")
        return self.get_response(request)


def _plain(data: QueryDict) -> QueryDict:
    """The same where there is nothing to clean, as nearly always."""
    pairs = [(name, value) for name, values in data.lists() for value in values]
    cleaned = [(_seen(name), value if "password" in name else _seen(value)) for name, value in pairs]
    if cleaned == pairs:
        return data
    made = QueryDict(mutable=True, encoding=data.encoding)
    for name, value in cleaned:
        made.appendlist(name, value)
    made._mutable = False
    return made


def _seen(text: str) -> str:
    """NUL stays: no honest browser sends it, and forms and searches refuse it by name."""
    return "\0".join(map(plain, text.split("\0")))
