"""What CAR T is, for families: the treatment in pictures, its dangers, what it costs, and every source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.car_t import given_in_india, numbered_sources, picture_steps, side_effects, statements
from trials.explain.questions import questions_for_everyone
from trials.models.fulltext import clean_text
from trials.search.parameters import ParameterError
from trials.views.errors import wrong_parameter
from trials.views.situation import read_situation
from trials.vocabulary.car_t_facts import WRITTEN
from trials.vocabulary.help_with_cost import schemes
from trials.vocabulary.reviews import latest_of


@require_safe
def car_t(request: HttpRequest) -> HttpResponse:
    """The page from its tables, with one question to the database: which hospitals give a product."""
    try:
        situation = read_situation(request.GET)
    except ParameterError as error:
        return wrong_parameter(request, error, request.path)
    given = given_in_india(situation.near)
    context = {
        "review": latest_of("car-t"),
        "written": WRITTEN,
        "what": statements("what"),
        "steps": picture_steps(),
        "hope": statements("hope"),
        "dangers": statements("side-effects"),
        "signs": statements("call", "signs"),
        "call": statements("call"),
        "side_effects": side_effects(),
        "stay": statements("stay"),
        "money": statements("money"),
        "asked": questions_for_everyone(),
        "given_in_india": given,
        "given_somewhere": any(product.hospitals for product in given),
        "situation": situation,
        "near": clean_text(request.GET.get("near", "")),
        "schemes": schemes(),
        "sources": numbered_sources(),
    }
    return render(request, "trials/car_t.html", context)
