"""The catalogue in pictures: how many trials of each kind there are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trials.browse.statistics import numbers
from trials.search.parameters import Disease, ParameterError, choice_of, read_one
from trials.views.errors import wrong_parameter
from trials.views.nothing_yet import or_nothing_yet


@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    """Charts of the cancers, or of the group asked for."""
    try:
        disease = read_one(request.GET, "disease", choice_of(Disease)) or Disease.CANCER.value
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    counted = numbers(disease)
    context = {
        "numbers": counted,
        "this_year": timezone.localdate().year,
        "diseases": [(value, label, value == disease) for value, label in Disease.choices],
    }
    page = render(request, "trials/numbers.html", context)
    return page if counted.total else or_nothing_yet(request, page)
