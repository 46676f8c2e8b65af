"""What the desk's buttons do. Each is a POST that ends on a page that says what happened."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from importers.desk.access import AccessForm, admins_only
from importers.desk.handing_over import hand_over
from importers.desk.runs import home_context
from importers.desk.uploads import UploadForm, queue_upload
from importers.models import ImportRun
from importers.pipeline import start as imports
from importers.registries import adapters, over_network
from importers.runs import circuit_breaker, lifecycle, schedule

Source = ImportRun.Source
LONGEST_ID = 18  # digits
STARTED = {
    "now": (Source.REGISTRY, False),
    "try": (Source.REGISTRY, True),
    "reparse": (Source.REPARSE, False),
}


@admins_only
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Import a registry now, try an import, or read the kept copies again."""
    registry, how = request.POST.get("registry", ""), request.POST.get("how", "")
    known = how in STARTED and registry in adapters()
    if not known or (STARTED[how][0] == Source.REGISTRY and registry not in over_network()):
        messages.error(request, gettext("This import cannot be started."))
        return redirect("imports:home")
    source, dry_run = STARTED[how]
    if source == Source.REGISTRY:
        circuit_breaker.close(registry)  # a person wants to know whether the registry answers again
    return _send(request, imports.queue(registry, source, dry_run=dry_run, **_by(request)))


@admins_only
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "imports/home.html", home_context(request, form), status=400)
    return _send(request, queue_upload(form, **_by(request)))


@admins_only
@require_POST
def release(request: HttpRequest, run_id: int) -> HttpResponse:
    """Take what a held import fetched."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if not lifecycle.release(run):
        messages.error(request, gettext("This import is not held any more."))
        return redirect("imports:run", run_id)
    return _send(request, run)


@admins_only
@require_POST
def drop(request: HttpRequest, run_id: int) -> HttpResponse:
    """Throw away what a held import fetched."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if lifecycle.drop(run, f"Dropped by {request.user.get_username()}."):
        messages.success(request, gettext("Dropped: nothing from it was published."))
    else:
        messages.error(request, gettext("This import is not held any more."))
    return redirect("imports:run", run_id)


@admins_only
@require_POST
def cancel(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=run_id)
    try:
        shown = lifecycle.cancel(run, request.user.get_username())
        words = gettext("Cancelled. What was published of it before stays.")
        messages.success(request, words if shown else gettext("Cancelled: nothing from it was published."))
    except lifecycle.TooLateError:
        messages.error(request, gettext("Too late: the import has finished or is being published."))
    return redirect("imports:run", run_id)


@admins_only
@require_POST
def retry(request: HttpRequest, run_id: int) -> HttpResponse:
    """Try the records that failed again, all or the one with the given problem number."""
    run = get_object_or_404(ImportRun, pk=run_id)
    problems = run.problems.filter(retried_in=None, minor=False).select_related("run")
    if number := request.POST.get("problem", ""):
        known = number.isdecimal() and len(number) <= LONGEST_ID
        problems = problems.filter(pk=int(number)) if known else problems.none()
    again = imports.retry(problems, **_by(request))
    if again is None:
        messages.error(request, gettext("Nothing to try again: no record was selected."))
        return redirect("imports:run", run_id)
    return _send(request, again)


@admins_only
@require_POST
def access(request: HttpRequest, registry: str) -> HttpResponse:
    """When and how a registry is read."""
    if registry not in adapters():
        raise Http404
    form = AccessForm(
        request.POST,
        instance=circuit_breaker.settings_of(registry),
        prefix=registry,
        daily_at=schedule.daily_at(registry),
    )
    if form.is_valid():
        form.save()
        messages.success(request, gettext("Saved."))
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return redirect("imports:home")


def _by(request: HttpRequest) -> dict[str, object]:
    return {"trigger": ImportRun.Trigger.DESK, "started_by": request.user}


def _send(request: HttpRequest, run: ImportRun) -> HttpResponse:
    hand_over(request, run)
    return redirect("imports:run", run.pk)
