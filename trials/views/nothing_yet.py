"""What pages without a single trial show: why there is none, instead of sentences about no results.

"No trial is recruiting in India" would be a claim about the world, where nothing has been read yet. While the
first import is under way the page shows it by itself, without scripts.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trials.catalogue.freshness import of

SECONDS = 10


def or_nothing_yet(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """`page`, or the page that says why there is nothing where no trial at all is listed."""
    if not of(request).empty:
        return page
    return reloading_while_filling(request, render(request, "trials/nothing_yet.html", {"told_below": True}))


def reloading_while_filling(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page comes again every `SECONDS` while the first import is under way."""
    if of(request).filling:
        page["Refresh"] = str(SECONDS)
    return page
