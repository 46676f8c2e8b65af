"""The desk's page of uncertain places: an answer holds wherever the text is written again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from importers.desk.access import reviewers_only, staff_only
from importers.desk.handing_over import hand_over
from importers.models import ImportRun
from importers.models.places import PlaceAnswer
from importers.pipeline import start
from importers.place_answers.answers import Key, key_of
from importers.place_answers.unsure import UnsureText, concerned, suggestions, unsure
from trials.vocabulary.places import find_city, states

A_PAGE = 20
Kind = PlaceAnswer.Kind


class CityForm(forms.Form):
    """Where a city text lies. A city the vocabulary knows is taken as it knows it."""

    city = forms.CharField(label=_("City"), max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=[(s.name, s.name) for s in states().values()])


class HospitalForm(forms.Form):
    """The name of a hospital; empty where the text names none."""

    hospital = forms.CharField(label=_("Hospital"), max_length=300, required=False)


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """A question as the page shows it."""

    question: UnsureText
    suggestions: list[str]


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    kind = Kind.HOSPITAL if request.GET.get("kind") == Kind.HOSPITAL else Kind.CITY
    questions = Paginator(unsure(kind), A_PAGE).get_page(request.GET.get("page"))
    hospital = kind == Kind.HOSPITAL
    given = PlaceAnswer.objects.filter(kind=kind).select_related("by").order_by("-at")
    context = {
        "kind": kind,
        "kinds": Kind.choices,
        "questions": questions,
        "asked": [PlaceQuestion(q, suggestions(q) if hospital else []) for q in questions],
        "answers": Paginator(given, A_PAGE).get_page(request.GET.get("answers")),
        "states": states().values(),
    }
    return render(request, "imports/places.html", context)


@reviewers_only
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """What a text means. The records in which it stands are read again with that."""
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")[:1000]
    within = [word[:200] for word in request.POST.getlist("within")[:2]]
    columns = _answered(request, kind)
    key = key_of(kind, text, *within)
    ids = concerned(key) if columns is not None else {}
    if columns is None or not ids:
        messages.error(request, gettext("This is not a valid answer: nothing was changed."))
        return _back(kind)
    with transaction.atomic():
        PlaceAnswer.objects.update_or_create(
            kind=key[0],
            text=key[1],
            within=key[2],
            defaults=columns
            | {"written": ", ".join(filter(None, [text[:400], *within]))[:600], "by": request.user},
        )
        _read_again(request, ids)
    messages.success(request, gettext("Saved. The records with this text are being read again."))
    return _back(kind)


@reviewers_only
@require_POST
def take_back(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Forget an answer: the rules decide again."""
    given = get_object_or_404(PlaceAnswer, pk=answer_id)
    key: Key = (given.kind, given.text, given.within)
    with transaction.atomic():
        ids = concerned(key)
        given.delete()
        _read_again(request, ids)
    messages.success(request, gettext("Undone: the rules decide again."))
    return _back(given.kind)


def _answered(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    """The columns of the answer; None where it is none."""
    if kind == Kind.CITY:
        form = CityForm(request.POST)
        if not form.is_valid():
            return None
        known = find_city(form.cleaned_data["city"], form.cleaned_data["state"])
        return {"city": known.name, "state": known.state} if known else form.cleaned_data
    naming = HospitalForm(request.POST)
    return naming.cleaned_data if kind == Kind.HOSPITAL and naming.is_valid() else None


def _read_again(request: HttpRequest, ids: dict[str, list[str]]) -> None:
    for registry, numbers in ids.items():
        by = {"trigger": ImportRun.Trigger.DESK, "started_by": request.user}
        hand_over(request, start.queue(registry, ImportRun.Source.REPARSE, only_ids=numbers, **by))


def _back(kind: str) -> HttpResponse:
    answer = redirect("imports:places")
    answer["Location"] += "?kind=hospital" if kind == Kind.HOSPITAL else ""
    return answer
