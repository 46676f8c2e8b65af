"""What Celery workers do. Each task is one call long; what it works on comes as an id.

Every task may come twice, or never: the database says what is to be done, `take_over` sees that it is.
"""

import logging
from contextlib import suppress

from celery import shared_task
from kombu.exceptions import OperationalError

from importers import imports, pipeline

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def carry_out(run_id: int) -> None:
    """Do a queued `ImportRun`, sharing its pages with other workers."""
    imports.carry_out(run_id, share=offer)


@shared_task(ignore_result=True)
def read_page(page_id: int) -> None:
    """Parse and classify one page of somebody's run."""
    pipeline.help_with(page_id)


@shared_task(ignore_result=True)
def sweep_due() -> None:
    """The daily sweeps, and the runs of a night at CTRI one after the other: each is a task of its own."""
    if imports.sweep_due(offer):
        with suppress(OperationalError):  # beat asks again in a few minutes
            sweep_due.delay()


@shared_task(ignore_result=True)
def ensure_catalogue() -> None:
    """Fill an empty catalogue: from ClinicalTrials.gov, else with sample records."""
    imports.ensure_catalogue(offer)


@shared_task(ignore_result=True)
def take_over() -> None:
    """Give runs whose worker was lost to another one."""
    for run_id in imports.to_take_over():
        carry_out.delay(run_id)


def offer(page_id: int) -> None:
    """Offer a page to other workers. Without a broker nobody helps, and the driver reads it itself."""
    try:
        read_page.delay(page_id)
    except OperationalError as error:
        logger.info("No other worker can help: %s", error)
