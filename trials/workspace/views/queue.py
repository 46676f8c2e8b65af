"""What waits for editors, all in one place: drafts, and the questions of the desk."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trials.models import Registration
from trials.models.reports import OF_STAFF, ErrorReport
from trials.models.workspace import ListingEdit
from trials.workspace import edits
from trials.workspace.rights import editors, rights_of

A_PAGE = 20


@editors
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Drafts as they were first handed in, each beside what is public and what the registry says."""
    waiting = ListingEdit.objects.filter(state=ListingEdit.State.REVIEW).order_by("submitted_at", "pk")
    page = Paginator(waiting.select_related("registration__trial", "site", "author"), A_PAGE).get_page(
        request.GET.get("page")
    )
    drafts = [
        (
            edit,
            edits.current(edit.registration, edit.field, edit.site)[1],
            edit.base,
            list(edit.remarks.all()),
        )
        for edit in page
    ]
    open_reports = ErrorReport.objects.filter(state=ErrorReport.State.OPEN)
    context = {
        "rights": rights_of(request),
        "page": page,
        "drafts": drafts,
        "undecided": Registration.objects.exclude(undecided=[]).filter(gone_at=None).count(),
        "reports": open_reports.exclude(kind__in=OF_STAFF).count(),
        "missing": open_reports.filter(kind__in=OF_STAFF).count(),
    }
    return render(request, "workspace/queue.html", context)
