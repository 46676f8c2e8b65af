"""The page "Open data": what may be taken away, how, and under which terms."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials import registries
from trials.choices import Status
from trials.open_data.columns import REGISTRATIONS, SITES, TRIALS
from trials.open_data.dumps import shelf
from trials.open_data.dumps.package import LICENCE
from trials.open_data.fhir.codes import STATUS


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Its examples can be copied and run as they stand."""
    context = {
        "site": settings.SITE_URL,
        "columns": TRIALS,
        "tables": [("registrations", REGISTRATIONS), ("sites", SITES)],
        "dumps": shelf.dumps(),
        "days": shelf.DAYS,
        "licence": LICENCE,
        "registries": [one for one in registries.known().values() if one.terms],
        "statuses": [(status, STATUS.get(status, "")) for status in Status],
    }
    return render(request, "trials/open_data.html", context)
