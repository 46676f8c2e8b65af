"""A first import is published in pieces: hundreds of thousands of studies at once would take an hour.

Until then nothing of the registry is shown, so there is nothing of which people could see a half: each piece
is a transaction of its own and makes whole trials. What can hold such a run is asked before the first piece;
what needs the whole of it (what is missing, what could not be read) is settled in the last transaction. Pages
know whether they are published: a killed process loses the piece it was at, and the next goes on after it.
"""

from importers.models import ImportRun
from importers.pipeline.read import unpack
from importers.pipeline.unreadable import ReadOutcome
from importers.runs import guards
from trials.models import Registration

Source = ImportRun.Source
PIECE = 5_000
"""Records of a piece: some 16 seconds of a busy processor. A run of no more is published at once."""


def are_wanted(run: ImportRun) -> bool:
    """Whether the run, whose pages are all read, fills an empty catalogue and no guard could hold it."""
    if is_begun(run):
        return True
    known = Registration.objects.filter(registry=run.registry, sample=False)
    whole = run.source in (Source.REGISTRY, Source.FILES, Source.UPLOAD) and not run.only_ids
    if not whole or run.dry_run or run.is_crawl or last_page_of_next(run) is None or known.exists():
        return False
    return run.source != Source.REGISTRY or run.released or not guards.may_hold_first(run)


def is_begun(run: ImportRun) -> bool:
    """Whether some piece of the run is published."""
    return run.run_pages.filter(published=True).exists()


def last_page_of_next(run: ImportRun) -> int | None:
    """The number of the last page of the next piece; None where what is left is the last one."""
    left = list(run.run_pages.filter(published=False).order_by("number").values_list("number", "records"))
    records = 0
    for number, size in left[:-1]:
        records += size
        if records >= PIECE:
            return number
    return None


def outcome_so_far(run: ImportRun) -> ReadOutcome:
    """What came of the pages that a lost process has published."""
    outcome = ReadOutcome()
    for page in run.run_pages.filter(published=True).order_by("number").iterator(chunk_size=1):
        outcome.add(unpack(page))
    return outcome
