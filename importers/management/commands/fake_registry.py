"""`manage.py fake_registry PATH`: a ClinicalTrials.gov on this machine, for trying imports by hand."""

import json
import signal
from argparse import ArgumentParser
from itertools import repeat
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from importers import files
from importers.files import RawItem
from importers.registries import ctgov
from tests.fake_registry import FAULTS, fake_ctgov
from trials.choices import Registry


class Command(BaseCommand):
    help = "Serve saved v2 records as API v2 on 127.0.0.1 until Ctrl-C. Point CTGOV_API_URL at it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="+", help="saved records, as for import_trials --from")
        parser.add_argument("--port", type=int, default=8900)
        parser.add_argument("--fault", choices=FAULTS, help="what goes wrong with every answer")
        parser.add_argument("--times", type=int, help="with so many answers only; then all is well")

    def handle(self, *args: Any, **options: Any) -> None:
        items = [item for path in options["path"] for item in files.read(path, Registry.CTGOV)]
        records = {ctgov.identify(i.raw): json.loads(i.raw) for i in items if isinstance(i, RawItem)}
        fault, times = FAULTS.get(options["fault"]), options["times"]
        faults = () if fault is None else repeat(fault) if times is None else repeat(fault, times)
        with fake_ctgov(list(records.values()), faults=faults, port=options["port"]) as url:
            self.stdout.write(
                f"{len(records)} studies at {url}\n  CTGOV_API_URL={url} make run\nCtrl-C stops it."
            )
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
