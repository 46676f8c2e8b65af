"""Where people decide what a trial is: what waits, one record with its reasons, rows for the benchmark."""

import csv
import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from importers.desk.access import reviewers_only, staff_only
from importers.review import queue, rows
from importers.review.decide import LabelsChangedError, decide, undo, version
from importers.review.forms import ReviewForm
from importers.review.record import shown
from trials.choices import Role
from trials.models import LabelCorrection, Registration, Trial

A_PAGE = 20


@never_cache
@staff_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits, what people decided, or the registrations of one role; a number leads to its record."""
    wanted = request.GET.get("find", "").strip()[:60]
    if wanted and (found := _find(wanted)):
        return redirect("imports:review_record", found.pk)
    kind = request.GET.get("kind", queue.WAITING)
    known = {queue.WAITING, queue.DECIDED, *Role.values}
    kind = kind if kind in known else queue.WAITING
    waiting = queue.waiting()
    listed = Paginator(_listed(kind, waiting), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kind": kind,
        "roles": Role.choices,
        "waiting": len(waiting),
        "listed": listed,
        "wanted": wanted,
    }
    return render(request, "imports/review.html", context)


def _listed(kind: str, waiting: list[int]) -> QuerySet[Registration]:
    if kind == queue.WAITING:
        return Registration.objects.filter(pk__in=waiting).order_by("-changed_at", "pk")
    return queue.decided() if kind == queue.DECIDED else queue.with_role(kind)


def _find(number: str) -> Registration | None:
    trial = Trial.objects.by_registry_id(number).first()
    return trial.registrations.order_by("registry", "pk").first() if trial else None


@never_cache
@staff_only
@require_safe
def record(request: HttpRequest, registration_id: int) -> HttpResponse:
    """One registration: its words, what the rules made of them and why, and the form to decide."""
    registration = get_object_or_404(Registration.objects.select_related("trial"), pk=registration_id)
    return _record_page(request, registration, ReviewForm(registration))


def _record_page(
    request: HttpRequest, registration: Registration, form: ReviewForm, status: int = 200
) -> HttpResponse:
    context = shown(registration, form) | {
        "registration": registration,
        "form": form,
        "seen": version(registration),
        "corrections": registration.corrections.select_related("by"),
    }
    return render(request, "imports/review_record.html", context, status=status)


@reviewers_only
@require_POST
def save(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Note what a person decides. What they did not see is never written over."""
    registration = get_object_or_404(Registration.objects.select_related("trial"), pk=registration_id)
    form = ReviewForm(registration, request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Nothing was saved: look at what is marked below."))
        return _record_page(request, registration, form, 400)
    try:
        number = decide(
            registration.pk,
            form.decided(),
            seen=form.cleaned_data["seen"],
            who=request.user,  # type: ignore[arg-type]  # reviewers_only
            why=form.cleaned_data["why"],
        )
    except LabelsChangedError:
        registration.refresh_from_db()
        messages.error(
            request,
            gettext(
                "The record or its labels have changed meanwhile. Look again; your entries are still here."
            ),
        )
        return _record_page(request, registration, form, 409)
    message = (
        ngettext("%d label saved.", "%d labels saved.", number) % number
        if number
        else gettext("Nothing changed.")
    )
    messages.success(request, message)
    return redirect("imports:review_record", registration.pk)


@reviewers_only
@require_POST
def take_back(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Undo one correction."""
    correction = get_object_or_404(LabelCorrection, pk=correction_id)
    if undo(correction, who=request.user):  # type: ignore[arg-type]  # reviewers_only
        messages.success(request, gettext("Undone."))
    else:
        messages.error(request, gettext("A later decision exists: undo that one first."))
    return redirect("imports:review_record", correction.registration_id)


@never_cache
@staff_only
@require_safe
def label_rows(_request: HttpRequest) -> HttpResponse:
    """What people decided, in the form of `labels_dev.csv`."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="labels.csv"'
    writer = csv.DictWriter(answer, rows.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.label_rows())
    return answer


@never_cache
@staff_only
@require_safe
def eligibility_rows(_request: HttpRequest) -> HttpResponse:
    """What people decided of eligibility, in the form of `eligibility_dev.jsonl`."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows.eligibility_rows())
    answer = HttpResponse("".join(lines), content_type="application/x-ndjson; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="eligibility.jsonl"'
    return answer
