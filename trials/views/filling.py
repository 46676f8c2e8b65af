"""Pages that show the first import by themselves, without scripts."""

from django.http import HttpResponse

from trials.context import current

SECONDS = 10


def reloading_while_filling(response: HttpResponse) -> HttpResponse:
    """A page with nothing to show comes again every `SECONDS` while the first import is under way."""
    if current().filling:
        response["Refresh"] = str(SECONDS)
    return response
