"""What Celery workers do. Each task is one call long; what it works on comes as an id.

Every task may come twice, or never: the database says what is to be done, `take_over` sees that it is.
"""

import logging
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import heartbeat_sent
from kombu.exceptions import OperationalError

from importers.connection import tries
from importers.pipeline import stages, start
from importers.runs import heartbeat
from trialfinder.backup import nightly

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def carry_out(run_id: int) -> None:
    """Do a queued `ImportRun`, sharing its pages with other workers, then let the next one have its turn.

    While another import of the registry runs it stays queued; that run's end, or `take_over`, sends it
    again.
    """
    run = start.carry_out(run_id, share=offer, patient=True)
    following = start.next_in_turn(run.registry) if run.finished_at else None
    if following is not None:
        carry_out.delay(following)


@shared_task(ignore_result=True)
def read_page(page_id: int) -> None:
    """Parse and classify one page of a run that another worker drives."""
    stages.help_with(page_id)


@shared_task(ignore_result=True)
def sweep_due() -> None:
    """The daily sweeps, and the runs of a night one after the other: each is a task of its own."""
    if start.sweep_due(offer):
        with suppress(OperationalError):  # beat asks again in a few minutes
            sweep_due.delay()


@shared_task(ignore_result=True)
def ensure_catalogue() -> None:
    """Fill an empty catalogue: from the registries, else, on no public site, with sample records."""
    start.ensure_catalogue(offer)


@shared_task(ignore_result=True)
def try_connection(registry: str) -> None:
    """Ask a registry the small questions of "Test the connection"."""
    tries.carry_out(registry)


@shared_task(ignore_result=True)
def back_up() -> None:
    """The backup of today, where one is wanted and not there yet."""
    nightly.back_up()


@shared_task(ignore_result=True)
def take_over() -> None:
    """Give runs whose worker was lost to another one."""
    for run_id in start.to_take_over():
        carry_out.delay(run_id)


def offer(page_id: int) -> None:
    """Offer a page to other workers. Without a broker the driver reads it itself."""
    try:
        read_page.delay(page_id)
    except OperationalError as error:
        logger.info("No other worker can help: %s", error)


@heartbeat_sent.connect
def say_alive(sender: Any, **_: Any) -> None:
    """The worker's main process has spoken to its queue."""
    heartbeat.alive(sender.eventer.hostname)
