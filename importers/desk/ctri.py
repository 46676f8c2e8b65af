"""The desk's page for CTRI: which of its pages wait, what was found, and ids people add."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from importers.desk.access import admins_only, staff_only
from importers.models import RegistryAccess
from importers.models.crawl import CitedNumber, CtriTarget
from importers.registries.ctri.crawl import cited, targets
from importers.registries.ctri.crawl.outlook import outlook
from importers.registries.ctri.crawl.parts import Part
from importers.registries.ctri.crawl.typed import read_typed
from importers.registries.ctri.crawl.whereabouts import likely
from importers.registries.ctri.web_addresses import LARGEST_TRIAL_ID
from importers.registries.slugs import Registry
from importers.runs import circuit_breaker, night_hours

LONGEST = 20_000
"""Characters of ids pasted at once."""
LARGEST_RANGE = 50_000
MOST_SHOWN = 100
"""Numbers that are searched for, on one page."""


class RangeForm(forms.Form):
    """A range of trialids to fill the past with."""

    first = forms.IntegerField(label=_("From"), min_value=1, max_value=LARGEST_TRIAL_ID)
    last = forms.IntegerField(label=_("To"), min_value=1, max_value=LARGEST_TRIAL_ID)


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    night = night_hours.last_night(Registry.CTRI, timezone.now())
    newest = CtriTarget.objects.exclude(visited_at=None).order_by("-visited_at")[:20]
    found = {
        "outlook": outlook(),
        "newest": newest,
        "searched": [(row, likely(row)) for row in CitedNumber.objects.order_by("number")[:MOST_SHOWN]],
        "range": RangeForm(),
        "night": (night.begin, night.end),
    }
    return render(request, "imports/ctri.html", found)


@admins_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Visit the ids that were typed or pasted, first thing next night."""
    typed = read_typed(request.POST.get("ids", "")[:LONGEST])
    if typed.ids:
        number = targets.add(typed.ids, CtriTarget.Reason.TYPED)
        messages.success(
            request, ngettext("%d page will be visited.", "%d pages will be visited.", number) % number
        )
    if typed.numbers:
        cited.note(dict.fromkeys(typed.numbers, cited.PERSON))
        messages.success(
            request, gettext("Its page will be searched for: %s") % " ".join(typed.numbers)[:200]
        )
    if typed.strange or not (typed.ids or typed.numbers):
        words = " ".join(typed.strange)[:200]
        messages.error(request, gettext("No trialid and no address of a CTRI page: %s") % words)
    return redirect("imports:ctri")


@admins_only
@require_POST
def backfill(request: HttpRequest) -> HttpResponse:
    """Visit a range of ids, after everything else, over as many nights as it takes."""
    form = RangeForm(request.POST)
    if not form.is_valid() or not 0 <= form.cleaned_data["last"] - form.cleaned_data["first"] < LARGEST_RANGE:
        messages.error(
            request, gettext("The range must be ascending and hold at most %d numbers.") % LARGEST_RANGE
        )
        return redirect("imports:ctri")
    ids = range(form.cleaned_data["first"], form.cleaned_data["last"] + 1)
    number = targets.add(ids, CtriTarget.Reason.BACKFILL)
    messages.success(
        request, ngettext("%d page will be visited.", "%d pages will be visited.", number) % number
    )
    return redirect("imports:ctri")


@admins_only
@require_POST
def pause(request: HttpRequest) -> HttpResponse:
    """Let one part of the nights wait, or go on: the others are read all the same."""
    name = request.POST.get("part", Part.PAST)
    if name not in Part.values:
        messages.error(request, gettext("There is no such part of the night."))
        return redirect("imports:ctri")
    paused = request.POST.get("paused") == "1"
    others = [part for part in circuit_breaker.settings_of(Registry.CTRI).paused_parts if part != name]
    parts = [*others, name] if paused else others
    RegistryAccess.objects.update_or_create(pk=Registry.CTRI, defaults={"paused_parts": parts})
    words = gettext("Paused: %s") if paused else gettext("Resumed: %s")
    messages.success(request, words % Part(name).label)
    return redirect("imports:ctri")
