"""A first import is published in pieces: hundreds of thousands of studies at once would take an hour.

Until then nothing of the registry is shown, so there is nothing of which people could see a half: each piece
is a transaction of its own and makes whole trials. What can hold such a run is asked before the first piece;
what needs the whole of it (what is missing, what could not be read) is settled in the last transaction. Pages
know whether they are published: a killed process loses the piece it was at, and the next goes on after it.

Files are never held. So of them a piece is published as soon as so much is read, while other workers read on;
only studies that come more than once wait for all of their copies.
"""

from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from importers.models import ImportRun, RunPage
from importers.pipeline.newest import FROM_FILES, repeated
from importers.pipeline.read import unpack
from importers.pipeline.unreadable import ReadOutcome
from importers.runs import guards, lifecycle
from trials.models import Registration

Source = ImportRun.Source
LONG = 5_000
"""Records of a run that is published at once; a longer one comes in pieces."""
PIECE = 2_000
"""Records of a piece: some 6 seconds of a processor."""


def may_be_ready(run: ImportRun) -> bool:
    """Whether so much of the run waits to be published that `next_pages` is worth its statements."""
    if run.source not in FROM_FILES:
        return False
    return _records(run.run_pages.filter(published=False, read_at__isnull=False)) >= PIECE


def next_pages(run: ImportRun) -> list[int]:
    """Numbers of the pages of the next piece; none where nothing is ready, or the rest is to be one."""
    pages = run.run_pages.filter(published=False)
    if not _are_wanted(run):
        return []
    if lifecycle.is_read(run.pk):
        sizes = list(_sizes(pages))[:-1]  # something is left for the last transaction
    elif run.source in FROM_FILES and not pages.filter(read_at=None, ids=[]).exists():
        several = repeated(run)
        sizes = list(_sizes(pages.filter(read_at__isnull=False).exclude(ids__overlap=list(several))))
    else:
        return []
    return _enough(sizes)


def is_begun(run: ImportRun) -> bool:
    """Whether some piece of the run is published."""
    return run.run_pages.filter(published=True).exists()


def outcome_so_far(run: ImportRun) -> ReadOutcome:
    """What went wrong in the pages that are published, with all that they hold of the same studies."""
    outcome, published = ReadOutcome(), run.run_pages.filter(published=True).order_by("number")
    failing = published.filter(problems__gt=0)
    for page in failing.iterator(chunk_size=1):
        outcome.add(unpack(page))
    names = [problem.registry_id for problem in outcome.problems]
    for page in published.filter(problems=0, ids__overlap=names).iterator(chunk_size=1):
        outcome.add(unpack(page))
    return outcome


def _are_wanted(run: ImportRun) -> bool:
    """Whether the run fills an empty catalogue and no guard could hold it."""
    if is_begun(run):
        return True
    known = Registration.objects.filter(registry=run.registry, sample=False)
    whole = run.source in (Source.REGISTRY, *FROM_FILES) and not run.only_ids
    if not whole or run.dry_run or run.is_crawl or _records(run.run_pages.all()) <= LONG or known.exists():
        return False
    return run.source != Source.REGISTRY or run.released or not guards.may_hold_first(run)


def _records(pages: QuerySet[RunPage]) -> int:
    return pages.aggregate(all=Sum("records"))["all"] or 0


def _sizes(pages: QuerySet[RunPage]) -> Iterable[tuple[int, int]]:
    return pages.order_by("number").values_list("number", "records")


def _enough(sizes: Iterable[tuple[int, int]]) -> list[int]:
    """The first pages that hold a piece together; none where all of them do not."""
    numbers, records = [], 0
    for number, size in sizes:
        numbers.append(number)
        records += size
        if records >= PIECE:
            return numbers
    return []
