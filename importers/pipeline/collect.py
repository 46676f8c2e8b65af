"""The first stage of a run: everything it will read, into `RunPage`, before anything is believed.

A sweep of a registry counts only when it is whole. A registry may give results in no fixed order, make new
data meanwhile, and forget page tokens: its data must not change while it is read, and to every question as
many different studies must come as were announced. Otherwise it is made again from the first question.
"""

import logging
from collections.abc import Iterable

from importers.files.documents import Hint, RawItem, Unreadable
from importers.http.errors import (
    BadAnswer,
    Blocked,
    Busy,
    Incomplete,
    Misconfigured,
    NotFound,
    Refused,
    RegistryError,
    Unreachable,
)
from importers.http.session import RegistrySession
from importers.models import ImportRun
from importers.pipeline import sources
from importers.pipeline.membership import to_follow
from importers.pipeline.read import told_apart
from importers.registries import adapter
from importers.registries.base import Adapter, Crawling, Sweeping, SweepPage
from importers.runs import circuit_breaker, guards, lifecycle
from importers.runs.lease import Lease
from importers.runs.page_store import Fetched, Pages

logger = logging.getLogger(__name__)
Source = ImportRun.Source
ATTEMPTS = 3


def collect(run: ImportRun, lease: Lease, fetched: Fetched) -> None:
    """Fill the run's pages. Raises `RegistryError` where the registry cannot be read whole."""
    registry = adapter(run.registry)
    pages = Pages(run, lease, fetched, go_on=run.is_crawl)
    if run.source != Source.REGISTRY:
        _take_batches(registry, pages)
    elif registry.network is None:
        raise Misconfigured(f"{registry.label} is read from files only.")
    elif isinstance(registry.network, Crawling):
        registry.network.crawl(run, pages)
    else:
        _ask(registry.network, pages)


def _take_batches(registry: Adapter, pages: Pages) -> None:
    """Records of files or kept copies; what only tells where a record is, is noted."""
    for batch in sources.batches(pages.run):
        hints = [item for item in batch.items if isinstance(item, Hint)]
        records = [item for item in batch.items if not isinstance(item, Hint)]
        if hints:
            lifecycle.note(pages.run, pointed=pages.run.pointed + registry.note_hints(hints))
        if records:
            items, ids = told_apart(pages.run, records)
            pages.add(items, ids, batch.total)


def _ask(network: Sweeping, pages: Pages) -> None:
    run = pages.run
    access = circuit_breaker.access(run.registry, pages.lease.renew)
    with circuit_breaker.watching(run), network.open(access) as session:
        try:
            if run.only_ids:
                _ask_for(network, session, run.only_ids, pages)
            else:
                _sweep(network, session, pages)
        finally:
            pages.tally(session)


def _sweep(network: Sweeping, session: RegistrySession, pages: Pages) -> None:
    lifecycle.note(pages.run, schema=network.schema(session))
    for attempt in range(1, ATTEMPTS + 1):
        flaw = _one_sweep(network, session, pages)
        if not flaw:
            break
        logger.info("%s Sweep %d of at most %d.", flaw, attempt, ATTEMPTS)
    else:
        label = pages.run.get_registry_display()
        raise BadAnswer(f"{label} could not be read as a whole, {ATTEMPTS} times: {flaw}")
    if not guards.shrunk(pages.run):
        _follow(network, session, pages)


def _one_sweep(network: Sweeping, session: RegistrySession, pages: Pages) -> str:
    """Ask every question once. Returns what is wrong with the result, "" where nothing is."""
    run = pages.run
    pages.restart()
    version, stamp = network.version(session)
    lifecycle.note(run, api_version=version, data_timestamp=stamp, total=None)
    sweep = network.sweep(session)
    try:
        for page in sweep.pages():
            _take(page, pages)
            lifecycle.note(run, questions=sweep.asked(), total=page.expected)
            pages.tally(session)
    except Incomplete as error:
        return str(error)
    except Refused as error:  # a page token dies with the data it was made for
        return f"A page was refused ({error})."
    lifecycle.note(run, data_timestamp_after=network.version(session)[1], total=pages.items)
    if run.data_timestamp_after != stamp:
        return "The registry's data changed while being read."
    return ""


def _take(page: SweepPage, pages: Pages) -> None:
    if page.records:
        items = [RawItem(f"page {pages.number + 1}", raw) for _, raw in page.records]
        ids = [registry_id for registry_id, _ in page.records]
        pages.add(told_apart(pages.run, items)[0], ids, page.expected)


def _follow(network: Sweeping, session: RegistrySession, pages: Pages) -> None:
    """Ask for every listed trial the sweep has not brought; keep the ids of those that are not there."""
    ids = list(to_follow(pages.run, pages.ids))
    absent = _ask_for(network, session, ids, pages)
    lifecycle.note(pages.run, absent=absent)


def _ask_for(network: Sweeping, session: RegistrySession, ids: Iterable[str], pages: Pages) -> list[str]:
    """Fetch records one by one, a page of its own each; returns the ids the registry does not have.

    A record that comes broken is a problem of its own. A registry that does not answer ends the run: from
    silence nothing follows.
    """
    absent = []
    for registry_id in ids:
        origin = f"asked for {registry_id}"
        try:
            present_id, raw = network.fetch_one(session, registry_id)
        except NotFound:
            absent.append(registry_id)
            if pages.run.only_ids:
                pages.add([Unreadable(origin, "the registry has no such record")])
        except (Blocked, Busy, Unreachable):
            raise
        except RegistryError as error:
            pages.add([Unreadable(origin, str(error))])
        else:
            if present_id not in pages.ids:  # a former number may lead to a study that came already
                pages.add([RawItem(origin, raw)], [present_id])
    return absent
