"""The pages of the desk. They only read; what changes something is in `actions.py`."""

import zlib
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from importers.desk.access import AccessForm, staff_only
from importers.desk.uploads import UploadForm
from importers.models import ImportProblem, ImportRun, RawRecord, RecordChange
from importers.models.connection import ConnectionTry
from importers.models.links import TrialLink
from importers.pipeline.read import unpack
from importers.registries import adapter, adapters
from importers.review.queue import waiting
from importers.runs import circuit_breaker, schedule
from trials import registries
from trials.models import Registration, RegistrySource
from trials.models.reports import ErrorReport

RUNS_A_PAGE = 20
CHANGES_A_PAGE = 25
PROBLEMS_A_PAGE = 50
Status = ImportRun.Status


@never_cache
@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "imports/home.html", home_context(request))


def home_context(request: HttpRequest, upload: UploadForm | None = None) -> dict[str, Any]:
    """The first page of the desk; `upload` where its form was filled in wrong."""
    runs = ImportRun.objects.select_related("started_by").order_by("-pk")
    known = {"registry": registries.slugs(), "status": Status.values}
    chosen = {name: request.GET[name] for name, words in known.items() if request.GET.get(name) in words}
    shown = runs.filter(**chosen)
    tries = ConnectionTry.objects.in_bulk()
    return {
        "registries": [_registry(registry, tries.get(registry)) for registry in registries.slugs()],
        "held": runs.filter(status=Status.HELD),
        "runs": Paginator(shown, RUNS_A_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "statuses": Status.choices,
        "upload": upload or UploadForm(),
        "kinds": [one.kinds_words for one in adapters().values()],
        "undecided": len(waiting()),
        "undecided_links": TrialLink.objects.filter(state=TrialLink.State.TO_DECIDE).count(),
        "open_reports": ErrorReport.objects.filter(state=ErrorReport.State.OPEN).count(),
    }


def _registry(registry: str, tried: ConnectionTry | None) -> dict[str, Any]:
    """How fresh a registry is, against when it should be read, and the form for that."""
    source = RegistrySource.objects.filter(pk=registry).first() or RegistrySource(registry=registry)
    running = ImportRun.objects.filter(registry=registry, status__in=[Status.RUNNING, Status.QUEUED])
    access = circuit_breaker.settings_of(registry)
    return {
        "source": source,
        "swept": adapter(registry).network is not None,
        "next": schedule.next_due(registry),
        "daily_at": schedule.daily_at(registry),
        "access": access,
        "blocked": circuit_breaker.is_open(registry),
        "running": running.order_by("status", "pk").last(),
        "counts": Registration.objects.filter(registry=registry, sample=False).aggregate(
            all=Count("id"), listed=Count("id", filter=Q(trial__published=True)), gone=Count("gone_at")
        ),
        "tried": tried,
        "desk_page": adapter(registry).desk_page,
        "form": AccessForm(instance=access, prefix=registry, daily_at=schedule.daily_at(registry)),
    }


@never_cache
@staff_only
@require_safe
def run_page(request: HttpRequest, run_id: int) -> HttpResponse:
    """Everything about one import."""
    run = get_object_or_404(ImportRun.objects.select_related("started_by"), pk=run_id)
    stored = Registration.objects.filter(registry=run.registry, registry_id=OuterRef("registry_id"))
    changes = run.changes.annotate(stored=Exists(stored)).order_by("kind", "registry_id", "pk")
    kinds = dict(changes.order_by().values_list("kind").annotate(Count("id")))
    kind = request.GET.get("kind", "")
    if kind in kinds:
        changes = changes.filter(kind=kind)
    copies = RawRecord.objects.filter(
        registry=run.registry, registry_id=OuterRef("registry_id"), content_hash=OuterRef("content_hash")
    )
    failures = run.problems.filter(minor=False).order_by("pk")
    problems = failures.select_related("retried_in").annotate(copy_kept=Exists(copies))
    notices = run.problems.filter(minor=True).order_by("pk")
    return render(
        request,
        "imports/run.html",
        progress_of(run)
        | {
            "run": run,
            "kinds": [(k, RecordChange.Kind(k).label, n) for k, n in sorted(kinds.items())],
            "kind": kind,
            "changes": Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("changes")),
            "problems": Paginator(problems, PROBLEMS_A_PAGE).get_page(request.GET.get("problems")),
            "notices": Paginator(notices, PROBLEMS_A_PAGE).get_page(request.GET.get("notices")),
            "can_retry": problems.exclude(registry_id="").filter(retried_in=None).exists(),
        },
    )


@never_cache
@staff_only
@require_safe
def progress(request: HttpRequest, run_id: int) -> HttpResponse:
    """The part of the run page that moves, for htmx; when the run has ended the whole page comes anew."""
    run = get_object_or_404(ImportRun, pk=run_id)
    answer = render(request, "imports/_progress.html", {"run": run} | progress_of(run))
    if run.finished_at:
        answer["HX-Refresh"] = "true"
    return answer


def progress_of(run: ImportRun) -> dict[str, Any]:
    """How far a running import has come: pages, records, records a second."""
    if run.status != Status.RUNNING:
        return {}
    pages = run.run_pages
    fetched = pages.aggregate(pages=Count("id"), records=Sum("records"))
    read = pages.exclude(read_at=None).aggregate(pages=Count("id"), records=Sum("records"))
    seconds = (timezone.now() - (run.started_at or timezone.now())).total_seconds()
    done = read["records"] or 0
    return {
        "fetched": fetched["records"] or 0,
        "fetched_pages": fetched["pages"],
        "read": done,
        "read_pages": read["pages"],
        "total": max(run.total or 0, fetched["records"] or 0),
        "publishing": run.stage == ImportRun.Stage.READING and read["pages"] == fetched["pages"],
        "a_second": done / seconds if seconds > 1 else None,
    }


@never_cache
@staff_only
@require_safe
def raw(_request: HttpRequest, run_id: int, problem_id: int) -> HttpResponse:
    """The raw copy of a record that failed, as plain text: what it holds is never run as a page."""
    problem = get_object_or_404(ImportProblem.objects.select_related("run"), pk=problem_id, run=run_id)
    copy = _kept_copy(problem)
    if copy is None:
        copy = _waiting_copy(problem)
    if copy is None:
        raise Http404(gettext("No raw copy of this record is kept."))
    answer = HttpResponse(copy, content_type="text/plain; charset=utf-8")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _kept_copy(problem: ImportProblem) -> bytes | None:
    record = RawRecord.objects.filter(
        registry=problem.run.registry, registry_id=problem.registry_id, content_hash=problem.content_hash
    ).first()
    return zlib.decompress(record.body) if record else None


def _waiting_copy(problem: ImportProblem) -> bytes | None:
    """Where the run is held nothing is kept yet: the copy stands on one of its pages."""
    for page in problem.run.run_pages.filter(ids__contains=[problem.registry_id]):
        for copy in unpack(page).copies:
            if copy.content_hash == problem.content_hash:
                return zlib.decompress(copy.body)
    return None
