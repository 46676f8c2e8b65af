"""Nights of visits to a fake CTRI, for tests of what is visited when and what is found."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.test import override_settings

from importers.models import ImportRun
from importers.pipeline import start
from importers.registries.ctri.fake import EMPTY, LOGIN, fake_ctri
from importers.registries.slugs import Registry
from tests.ctri_pages import SECURITY_CODE, TRUNCATED, page
from trials.models import Trial

FIRST_NIGHT = datetime(2026, 11, 1, 20, tzinfo=UTC)
NUMBER = "CTRI/2026/01/0001{:02}"
NO_RECORDS = {"security code": SECURITY_CODE, "login": LOGIN, "truncated": TRUNCATED, "empty": EMPTY}


def crawl(pages: Mapping[int, bytes], *, day: float = 0, **how: Any) -> ImportRun:
    with (
        fake_ctri(pages, **how) as url,
        override_settings(CTRI_URL=url),
        time_machine.travel(FIRST_NIGHT + timedelta(days=day)),
    ):
        run = start.queue(Registry.CTRI, ImportRun.Source.REGISTRY)
        return start.carry_out(run.pk)


def some(*ids: int, **how: Any) -> dict[int, bytes]:
    return {number: page(NUMBER.format(number - 100), **how) for number in ids}


def listed() -> list[str]:
    return sorted(Trial.objects.listed().values_list("primary_id", flat=True))


def asked(requests: list[str]) -> list[str]:
    return [request for request in requests if "pmaindet2" in request]
