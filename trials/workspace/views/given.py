"""The approved products that a hospital gives outside trials: one save for all of them, and undo."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from trialfinder.permissions import refuse_unless
from trials.models import ProductGiven, Site
from trials.workspace import given as words
from trials.workspace.forms import GivenForm
from trials.workspace.rights import rights_of, staff_only


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def given(request: HttpRequest, site_id: int) -> HttpResponse:
    """Yes, no or not said for each product approved in India."""
    site = get_object_or_404(Site, pk=site_id)
    refuse_unless(rights_of(request).may_speak_for(site))
    [(_site, rows)] = words.rows_of([site])
    form = GivenForm(rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who: User = request.user  # type: ignore[assignment]  # staff_only
        said = form.cleaned_data
        if words.say(site, form.answers(), who, said["phone"], said["email"]):
            messages.success(request, gettext("Thank you. The public page now says so."))
        else:
            messages.info(request, gettext("Nothing has changed."))
        return redirect("workspace:given", site.pk)
    context = {
        "rights": rights_of(request),
        "site": site,
        "form": form,
        "history": words.history(site),
    }
    return render(request, "workspace/given.html", context, status=400 if form.is_bound else 200)


@staff_only
@require_POST
def undo(request: HttpRequest, word_id: int) -> HttpResponse:
    """Undo what one save said."""
    word = get_object_or_404(ProductGiven.objects.select_related("site"), pk=word_id)
    refuse_unless(rights_of(request).may_speak_for(word.site))
    if words.undo_press(word):
        messages.success(request, gettext("Undone."))
    else:
        messages.error(request, gettext("That has already been undone."))
    return redirect("workspace:given", word.site_id)
