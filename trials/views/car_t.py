"""What CAR T is, for families: the treatment in pictures, its dangers, what it costs, and every source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.browse.car_t import given_in_india, numbered_sources, picture_steps, side_effects, statements
from trials.explain.questions import questions_for_everyone
from trials.vocabulary.car_t_facts import WRITTEN
from trials.vocabulary.help_with_cost import schemes
from trials.vocabulary.reviews import latest_of


@require_safe
def car_t(request: HttpRequest) -> HttpResponse:
    """The page from its tables. It asks the database no more than any page does."""
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
        "given_in_india": given_in_india(),
        "schemes": schemes(),
        "sources": numbered_sources(),
    }
    return render(request, "trials/car_t.html", context)
