"""The desk's page of trials in several registries: what waits to be decided, and what is joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from importers.desk.access import reviewers_only, staff_only
from importers.matching import merge
from importers.matching.rules import Objection
from importers.models.links import TrialLink
from trials.choices import INDIA
from trials.models import Registration

A_PAGE = 20
PLACES = 6
State = TrialLink.State
DOUBTS = {
    Objection.OTHER_STUDY: gettext_lazy(
        "Only one of them speaks of a follow-up, extension or expanded access."
    ),
    Objection.PHASE: gettext_lazy("Their phases differ."),
    Objection.COUNTRY: gettext_lazy("One of them names no place in India."),
    Objection.ROLE: gettext_lazy("Only one of them has to do with CAR T cells."),
    Objection.CHAIN: gettext_lazy("One of them is already joined with another number."),
}


@dataclass(frozen=True, slots=True)
class Stored:
    """One record of a pair, with its first places, those in India before others."""

    record: Registration
    places: list[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """One link with both records as stored; a record may not be stored (any more)."""

    link: TrialLink
    sides: Sequence[Stored]

    @property
    def doubts(self) -> list[str]:
        return [str(DOUBTS[Objection(code)]) for code in self.link.doubts]


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    links = TrialLink.objects.select_related("decided_by").order_by("pk")
    waiting = Paginator(links.filter(state=State.TO_DECIDE), A_PAGE).get_page(request.GET.get("page"))
    decided = links.exclude(state=State.TO_DECIDE).order_by("-pk")
    done = Paginator(decided, A_PAGE).get_page(request.GET.get("decided"))
    context = {"waiting": waiting, "waiting_pairs": _pairs(waiting), "done": done, "done_pairs": _pairs(done)}
    return render(request, "imports/links.html", context)


def _pairs(links: Iterable[TrialLink]) -> list[Pair]:
    shown = list(links)
    keys = {key for link in shown for key in (link.first, link.second)}
    rows = Registration.objects.filter(registry_id__in=[number for _registry, number in keys])
    found = {(r.registry, r.registry_id): r for r in rows.select_related("trial").prefetch_related("sites")}
    return [
        Pair(link, [_stored(found[key]) for key in (link.first, link.second) if key in found])
        for link in shown
    ]


def _stored(record: Registration) -> Stored:
    sites = sorted(record.sites.all(), key=lambda site: site.country != INDIA)
    return Stored(record, list(dict.fromkeys(map(str, sites)))[:PLACES])


@reviewers_only
@require_POST
def decide(request: HttpRequest, link_id: int) -> HttpResponse:
    """Decide that both are the same trial, or not; replaces an earlier decision."""
    link = get_object_or_404(TrialLink, pk=link_id)
    if request.POST.get("answer") == "same":
        merge.same(link, request.user)
        messages.success(request, gettext("Joined: both numbers lead to one page."))
    elif request.POST.get("answer") == "not_same":
        merge.not_same(link, request.user)
        if merge.are_together(link):
            messages.warning(request, gettext("Other links still hold both together: undo those too."))
        else:
            messages.success(request, gettext("Kept apart from now on: each has its own page."))
    else:
        messages.error(request, gettext("Decide whether both are the same trial."))
    return redirect("imports:links")
