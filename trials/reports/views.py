"""The page on which a visitor says what is wrong with a trial's page. Nothing of it is logged."""

import logging
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from trialfinder.rate_limit import HOUR, may, take
from trials.models import Trial
from trials.models.reports import ErrorReport
from trials.reports.forms import ReportForm
from trials.views.trial.loading import find_trial, or_gone

logger = logging.getLogger(__name__)
REPORTS_AN_HOUR = 10
"""Of one network: telephone companies put many people behind one address."""
REPORTS_A_DAY = 300
"""Of all visitors together: more would be an attack, and nobody could read them."""


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@or_gone
def report(request: HttpRequest, registry_id: str) -> HttpResponse:
    """The form; what was sent in full leads to a page of thanks."""
    trial = find_trial(registry_id, staff=request.user.is_staff)
    if request.method != "POST":
        return _page(request, trial, ReportForm())
    form = ReportForm(request.POST)
    if form.is_trapped:
        return redirect("trials:report_thanks", registry_id=trial.primary_id)
    if not form.is_valid():
        return _page(request, trial, form, 400)
    if not may(take(request, "report", REPORTS_AN_HOUR, HOUR)) or _too_many():
        logger.warning("A report was refused: too many were sent.")
        form.add_error(None, gettext("Too many reports have arrived just now. Please try again in an hour."))
        return _page(request, trial, form, 429)
    _keep(form, trial)
    return redirect("trials:report_thanks", registry_id=trial.primary_id)


@require_safe
def thanks(request: HttpRequest, registry_id: str) -> HttpResponse:
    trial = find_trial(registry_id, staff=request.user.is_staff)
    return render(request, "trials/report_thanks.html", {"trial": trial})


def _page(request: HttpRequest, trial: Trial, form: ReportForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"trial": trial, "form": form, "chosen": form["kind"].value()}
    return render(request, "trials/report.html", context, status=status)


def _too_many() -> bool:
    since = timezone.now() - timedelta(days=1)
    return ErrorReport.objects.filter(created_at__gte=since).count() >= REPORTS_A_DAY


def _keep(form: ReportForm, trial: Trial) -> None:
    report: ErrorReport = form.save(commit=False)
    report.trial, report.registry_id = trial, trial.primary_id
    report.language = get_language() or "en"
    report.save()
