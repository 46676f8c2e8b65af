"""CTRI as the rest of the product knows it."""

from datetime import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from importers.registries.base import Adapter, Crawling, Fake
from importers.registries.ctri import examine, fetch, glance, parse_value
from importers.registries.ctri.checks import CHECKS
from importers.registries.ctri.crawl import addresses, targets
from importers.registries.ctri.crawl.night import crawl
from importers.registries.ctri.description import DESCRIPTION
from importers.registries.ctri.fake import serve_saved
from importers.registries.ctri.files import KINDS


def _hours() -> tuple[time, time]:
    hours: tuple[time, time] = settings.CTRI_NIGHT
    return hours


def _budget() -> int:
    requests: int = settings.CTRI_BUDGET
    return requests


ADAPTER = Adapter(
    description=DESCRIPTION,
    examine=examine,
    parse_value=parse_value,
    glance=glance,
    kinds=KINDS,
    kinds_words=_("CTRI: saved pages, .html or .zip."),
    network=Crawling(
        open=fetch.session, checks=CHECKS, crawl=crawl, pause=fetch.PAUSE, hours=_hours, budget=_budget
    ),
    note_hints=targets.note_pointers,
    complete=addresses.put,
    sample=Path(__file__).parents[2] / "sample/ctri",
    fake=Fake(serve=serve_saved, setting="CTRI_URL"),
    desk_page=("imports:ctri", _("Pages of CTRI")),
)
