"""Today: the trials at a coordinator's sites, one tap to answer for each, and the same as a table."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from trialfinder.permissions import refuse_unless
from trials.catalogue.spreadsheet import as_csv
from trials.models import Registration, Site
from trials.models.workspace import HospitalAnswer, SiteConfirmation
from trials.workspace import confirmations, given
from trials.workspace.rights import registration_runs_at, rights_of, staff_only
from trials.workspace.todo import TodoRow, by_trial, rows

A_PAGE = 50
JUST_SAID = 5
_COLUMNS = (
    "trial",
    "title",
    "hospital",
    "city",
    "open",
    "registry_status",
    "hospital_says",
    "said_on",
    "needs",
)


@staff_only
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Each trial once with my hospitals under it, what needs me first."""
    now = timezone.now()
    found = rows(rights_of(request), now)
    everything, needing = by_trial(found), by_trial(row for row in found if row.needs)
    own = list(Site.objects.filter(pk__in=rights_of(request).sites).order_by("hospital"))
    shown = everything if request.GET.get("show") == "all" else needing
    context = {
        "trials": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "all": len(everything),
        "needing": len(needing),
        "showing_all": shown is everything,
        "just_said": _just_said(request.user, now),  # type: ignore[arg-type]  # staff_only
        "answers": HospitalAnswer.choices,
        "now": now,
        "sites": own,
        "given": given.rows_of(own) if own else [],
        "rights": rights_of(request),
    }
    return render(request, "workspace/today.html", context)


def _just_said(user: User, now: datetime) -> list[tuple[SiteConfirmation, int]]:
    """A person's last answers, and on how many trials each press answered: one press undoes it.

    Of several answers on one trial at a hospital the last stands there.
    """
    words = SiteConfirmation.objects.filter(by=user, undone_at=None, at__gte=now - timedelta(hours=1))
    newest: dict[tuple[int, int], SiteConfirmation] = {}
    for word in words.select_related("registration", "site"):
        newest.setdefault((word.registration_id, word.site_id), word)
    presses: dict[tuple[int, datetime], list[SiteConfirmation]] = {}
    for word in newest.values():
        presses.setdefault((word.site_id, word.at), []).append(word)
    return [(press[0], len(press)) for press in list(presses.values())[:JUST_SAID]]


@staff_only
@require_POST
def say(request: HttpRequest, registration_id: int, site_id: int) -> HttpResponse:
    """One tap: still open, full for now, closed."""
    registration = get_object_or_404(Registration, pk=registration_id)
    site = get_object_or_404(Site, pk=site_id)
    refuse_unless(rights_of(request).may_speak_for(site) and registration_runs_at(registration, site))
    answer = request.POST.get("said", "")
    if answer not in HospitalAnswer.values:
        messages.error(request, gettext("Say whether the trial is open, full or closed."))
    else:
        confirmations.say(registration, site, answer, request.user)  # type: ignore[arg-type]  # staff_only
        messages.success(request, gettext("Thank you. The public page now says so."))
    return _back(request)


@staff_only
@require_POST
def undo(request: HttpRequest, word_id: int) -> HttpResponse:
    """Undo a confirmation, or all of the same press."""
    word = get_object_or_404(SiteConfirmation.objects.select_related("site", "registration"), pk=word_id)
    refuse_unless(rights_of(request).may_speak_for(word.site))
    done = confirmations.undo_press if request.POST.get("press") == "whole" else confirmations.undo
    if done(word):
        messages.success(request, gettext("Undone."))
    else:
        messages.error(request, gettext("That has already been undone."))
    if request.POST.get("from") == "today":
        return redirect("workspace:today")
    return redirect("workspace:listing", word.registration_id)


@staff_only
@require_POST
def confirm_all(request: HttpRequest, site_id: int) -> HttpResponse:
    """Say "still open" of everything that is open at a site."""
    site = get_object_or_404(Site, pk=site_id)
    refuse_unless(rights_of(request).may_speak_for(site))
    number = confirmations.confirm_all(site, request.user)  # type: ignore[arg-type]  # staff_only
    messages.success(request, ngettext("%d trial confirmed.", "%d trials confirmed.", number) % number)
    return redirect("workspace:today")


@staff_only
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """My listings as CSV, one trial at one site a line."""
    found = rows(rights_of(request), timezone.now())
    lines = as_csv([_COLUMNS, *map(_cells, found)])
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-listings.csv"'
    return answer


def _cells(row: TodoRow) -> list[str]:
    site = row.site
    said_on = site.confirmed_at.date().isoformat() if site.confirmed_at else ""
    trial = [site.trial.primary_id, site.trial.title, site.hospital, site.city, str(site.is_open)]
    return [*trial, site.trial.status, site.confirmed, said_on, " ".join(row.needs)]


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the button stood on."""
    listing = request.POST.get("listing", "")
    if listing.isdecimal() and len(listing) < 10:
        return redirect("workspace:listing", int(listing))
    answer = redirect("workspace:today")
    if request.POST.get("show") == "all":
        answer["Location"] += "?show=all"
    return answer
