"""Fetch a registry completely before anything of it is taken: pages into `RunPage`, checked, in order.

ClinicalTrials.gov gives results in no fixed order, makes new data once a day, and forgets page tokens:
a sweep counts only when its data did not change meanwhile and as many different studies came as were
announced. Otherwise it is made again from the first page.
"""

import logging
import zlib
from collections.abc import Callable, Iterator

from importers.documents import RawItem
from importers.http import BadAnswer, Refused, RegistrySession
from importers.models import ImportRun, RunPage
from importers.registries import ctgov
from trials.choices import Registry

logger = logging.getLogger(__name__)

ATTEMPTS = 3
SMALLEST_SHARE = 0.9
"""A sweep with less than this share of the last good one's studies waits for a person."""


class HeldError(Exception):
    """What was fetched looks wrong. Nothing of it is taken until a person has looked."""


def collect(run: ImportRun, session: RegistrySession, fetched: Callable[[int, int | None], None]) -> None:
    """Fill the run's pages. `fetched(records, total)` is called after each.

    Raises `RegistryError` where the registry cannot be read whole, `HeldError` where it can but should
    not be believed.
    """
    label = Registry(run.registry).label
    for attempt in range(1, ATTEMPTS + 1):
        flaw = _one_sweep(run, session, fetched)
        if not flaw:
            break
        logger.info("%s Sweep %d of at most %d.", flaw, attempt, ATTEMPTS)
    else:
        raise BadAnswer(f"{label} could not be read as a whole, {ATTEMPTS} times: {flaw}")
    _doubt(run)


def _one_sweep(run: ImportRun, session: RegistrySession, fetched: Callable[[int, int | None], None]) -> str:
    """Read every page once. Returns what is wrong with the result, "" where nothing is."""
    run.run_pages.all().delete()
    run.api_version, run.data_timestamp = ctgov.version(session)
    ids: set[str] = set()
    total: int | None = None
    try:
        for number, page in enumerate(ctgov.fetch(session), start=1):
            RunPage.keep(run, number, page.records)
            ids.update(registry_id for registry_id, _ in page.records)
            total = page.total if total is None else total
            fetched(len(ids), total)
    except Refused as error:  # a page token dies with the data it was made for
        return f"A page was refused ({error})."
    run.total = total
    if ctgov.version(session)[1] != run.data_timestamp:
        return "The registry's data changed while being read."
    if len(ids) != total:
        return f"{total} studies were announced, {len(ids)} came."
    return ""


def _doubt(run: ImportRun) -> None:
    """Hold what would empty the catalogue."""
    label = Registry(run.registry).label
    if not run.total:
        raise HeldError(f"{label} says it has no CAR T study at all. Nothing was changed.")
    last = (
        ImportRun.objects.filter(
            registry=run.registry,
            source=ImportRun.Source.REGISTRY,
            status__in=[ImportRun.Status.SUCCEEDED, ImportRun.Status.PARTIAL],
            dry_run=False,
        )
        .order_by("-finished_at")
        .first()
    )
    if last and last.total and run.total < SMALLEST_SHARE * last.total:
        raise HeldError(
            f"{label} has {run.total} CAR T studies, {last.total} the last time. Nothing was changed."
        )


def pages(run: ImportRun) -> Iterator[list[RawItem]]:
    """The records of each page, as they came."""
    for page in run.run_pages.order_by("number").iterator(chunk_size=1):
        body = zlib.decompress(page.body)
        yield [RawItem(f"page {page.number}", raw) for raw in body.split(b"\n") if raw]
