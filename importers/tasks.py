"""What Celery workers do. Each task is one call long; what it works on comes as an id."""

from celery import shared_task

from importers import imports
from trials.choices import Registry


@shared_task(ignore_result=True)
def carry_out(run_id: int) -> None:
    """Do a queued `ImportRun`."""
    imports.carry_out(run_id)


@shared_task(ignore_result=True)
def import_registry(registry: str) -> None:
    """The daily sweep of one registry."""
    imports.sweep(Registry(registry))


@shared_task(ignore_result=True)
def ensure_catalogue() -> None:
    """Fill an empty catalogue: from ClinicalTrials.gov, else with sample records."""
    imports.ensure_catalogue()
