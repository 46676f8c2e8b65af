"""The desk's page of what visitors say is wrong and coordinators miss.

Read it, put it right elsewhere, answer or close it here.
"""

import logging
from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from importers.desk.access import reviewers_only, staff_only
from trials.models.reports import LONGEST, ErrorReport

logger = logging.getLogger(__name__)
A_PAGE = 20
State = ErrorReport.State


class AnswerForm(forms.Form):
    """What we say to who reported it."""

    answer = forms.CharField(max_length=LONGEST, strip=True)


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    reports = ErrorReport.objects.select_related("trial", "answered_by", "by")
    waiting = reports.filter(state=State.OPEN).order_by("created_at", "pk")
    done = reports.exclude(state=State.OPEN).order_by("-answered_at", "-pk")
    context = {
        "waiting": Paginator(waiting, A_PAGE).get_page(request.GET.get("page")),
        "done": Paginator(done, A_PAGE).get_page(request.GET.get("done")),
        "longest": LONGEST,
    }
    return render(request, "imports/reports.html", context)


@reviewers_only
@require_POST
def answer(request: HttpRequest, report_id: int) -> HttpResponse:
    """Answer a report, or close it without. The sender's address is forgotten with that."""
    report = get_object_or_404(ErrorReport, pk=report_id)
    form = AnswerForm(request.POST)
    if report.state != State.OPEN:
        messages.warning(request, gettext("This has already been answered or closed."))
    elif request.POST.get("do") == "close":
        _done(report, request, State.CLOSED)
        messages.success(request, gettext("Closed."))
    elif not form.is_valid():
        messages.error(request, gettext("Write an answer of at most 2000 letters."))
    elif report.email and not _mailed(report, form.cleaned_data["answer"]):
        messages.error(
            request, gettext("The e-mail could not be sent. Nothing was changed: try again later.")
        )
    else:
        mailed = bool(report.email)
        _done(report, request, State.ANSWERED, form.cleaned_data["answer"])
        message = (
            gettext("Answered by e-mail.") if mailed else gettext("Saved. There is no address to send it to.")
        )
        messages.success(request, message)
    return redirect("imports:reports")


def _done(report: ErrorReport, request: HttpRequest, state: str, words: str = "") -> None:
    report.state, report.answer, report.email = state, words, ""
    report.answered_by, report.answered_at = request.user, timezone.now()  # type: ignore[assignment]
    report.save()


def _to_visitor(report: ErrorReport, words: str) -> tuple[str, str]:
    """Subject and text of the answer to who reported an error."""
    subject = gettext("Your report on trial %(number)s") % {"number": report.registry_id}
    text = gettext(
        "Thank you for telling us that something was wrong on the page of trial %(number)s.\n\n"
        "%(answer)s\n\n"
        "We have now deleted your e-mail address. Please do not answer this mail."
    ) % {"number": report.registry_id, "answer": words}
    return subject, text


def _to_coordinator(words: str) -> tuple[str, str]:
    """Subject and text of the answer to who missed a trial or a hospital."""
    subject = gettext("What you missed on the CAR T trial finder")
    text = gettext("Thank you for writing to us.\n\n%(answer)s\n\nYour workspace: %(address)s") % {
        "answer": words,
        "address": settings.SITE_URL + reverse("workspace:missing"),
    }
    return subject, text


def _mailed(report: ErrorReport, words: str) -> bool:
    """Send the answer in the report's language. What was reported is not repeated: others may read mail."""
    with override(report.language):
        subject, text = _to_coordinator(words) if report.is_of_staff else _to_visitor(report, words)
    try:
        send_mail(subject, text, None, [report.email])
    except (OSError, SMTPException) as error:
        logger.warning("The answer to report %s could not be sent: %s", report.pk, type(error).__name__)
        return False
    return True
