"""The desk's page for CTRI: which of its pages wait, what was found, and ids people add."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from importers.crawl import targets
from importers.crawl.models import CtriTarget
from importers.desk.access import admins_only, staff_only

LONGEST = 20_000
"""Characters of ids pasted at once."""
LARGEST_RANGE = 50_000


class RangeForm(forms.Form):
    """A range of trialids to fill the past with."""

    first = forms.IntegerField(label=_("From"), min_value=1, max_value=targets.LARGEST_ID)
    last = forms.IntegerField(label=_("To"), min_value=1, max_value=targets.LARGEST_ID)


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    newest = CtriTarget.objects.exclude(visited_at=None).order_by("-visited_at")[:20]
    return render(
        request, "imports/ctri.html", {"state": targets.state(), "newest": newest, "range": RangeForm()}
    )


@admins_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Visit the ids somebody typed or pasted, first thing next night."""
    ids, strange = targets.read_typed(request.POST.get("ids", "")[:LONGEST])
    if ids:
        number = targets.add(ids, CtriTarget.Reason.TYPED)
        messages.success(
            request, ngettext("%d page will be visited.", "%d pages will be visited.", number) % number
        )
    if strange or not ids:
        words = " ".join(strange)[:200]
        messages.error(request, gettext("No trialid and no address of a CTRI page: %s") % words)
    return redirect("imports:ctri")


@admins_only
@require_POST
def backfill(request: HttpRequest) -> HttpResponse:
    """Visit a range of ids, after everything else, over as many nights as it takes."""
    form = RangeForm(request.POST)
    if not form.is_valid() or not 0 <= form.cleaned_data["last"] - form.cleaned_data["first"] < LARGEST_RANGE:
        messages.error(request, gettext("The range must go up, by not more than %d.") % LARGEST_RANGE)
        return redirect("imports:ctri")
    ids = range(form.cleaned_data["first"], form.cleaned_data["last"] + 1)
    number = targets.add(ids, CtriTarget.Reason.BACKFILL)
    messages.success(
        request, ngettext("%d page will be visited.", "%d pages will be visited.", number) % number
    )
    return redirect("imports:ctri")
