"""`manage.py fake_registry PATH`: a registry on this machine, for trying imports by hand."""

import json
import signal
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from itertools import repeat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from importers.fake.ctgov import fake_ctgov
from importers.fake.ctri import fake_ctri
from importers.fake.server import FAULTS
from importers.files import archives
from importers.files.archives import RawItem
from importers.registries import ctgov
from trials.choices import Registry


class Command(BaseCommand):
    help = "Serve saved records as a registry on 127.0.0.1 until Ctrl-C, healthy or not."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="+", help="saved records, as for import_trials --from")
        parser.add_argument("--registry", choices=Registry.values, default=Registry.CTGOV)
        parser.add_argument("--port", type=int, default=8900)
        parser.add_argument("--fault", choices=FAULTS, help="what goes wrong with every answer")
        parser.add_argument("--words", type=int, help="ctgov: the most words of one query field (12)")
        parser.add_argument("--times", type=int, help="with so many answers only; then all is well")

    def handle(self, *args: Any, **options: Any) -> None:
        registry = Registry(options["registry"])
        found = (item for path in options["path"] for item in archives.read(path, registry))
        raws = [item.raw for item in found if isinstance(item, RawItem)]
        fault, times = FAULTS.get(options["fault"]), options["times"]
        faults = () if fault is None else repeat(fault) if times is None else repeat(fault, times)
        serve, variable = SERVED[registry]
        limit = {} if options["words"] is None else {"most_words": options["words"]}
        if limit and registry != Registry.CTGOV:
            raise CommandError("Only ctgov has a limit of words.", returncode=2)
        with serve(raws, faults=faults, port=options["port"], **limit) as url:
            self.stdout.write(f"{len(raws)} records at {url}\n  {variable}={url} make run\nCtrl-C stops it.")
            signal.sigwait({signal.SIGINT, signal.SIGTERM})


def _ctgov(raws: Sequence[bytes], **how: Any) -> AbstractContextManager[str]:
    """The last of several copies of one study counts."""
    records = {ctgov.identify(raw): json.loads(raw) for raw in raws}
    return fake_ctgov(list(records.values()), **how)


def _ctri(raws: Sequence[bytes], **how: Any) -> AbstractContextManager[str]:
    """Pages under the trialids that a first night tries."""
    return fake_ctri(dict(enumerate(raws, start=settings.CTRI_FRONTIER + 1)), **how)


SERVED: dict[Registry, tuple[Callable[..., AbstractContextManager[str]], str]] = {
    Registry.CTGOV: (_ctgov, "CTGOV_API_URL"),
    Registry.CTRI: (_ctri, "CTRI_URL"),
}
