"""Sweeps of a fake registry, day after day, for tests of what follows from them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.test import override_settings

from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.ctgov.fake import fake_ctgov
from importers.registries.slugs import Registry

FIRST_DAY = datetime(2026, 11, 1, 6, tzinfo=UTC)


def sweep(
    records: Sequence[dict[str, Any]], *, day: int = 0, hours: float = 0, dry_run: bool = False, **how: Any
) -> ImportRun:
    """One sweep of a registry that holds these records, on the given day of the test."""
    with (
        fake_ctgov(records, **how) as url,
        override_settings(CTGOV_API_URL=url),
        time_machine.travel(FIRST_DAY + timedelta(days=day, hours=hours)),
    ):
        run = start.queue(Registry.CTGOV, ImportRun.Source.REGISTRY, dry_run=dry_run)
        return start.carry_out(run.pk)
