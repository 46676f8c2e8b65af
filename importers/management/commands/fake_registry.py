"""`manage.py fake_registry PATH`: a registry on this machine, for trying imports by hand."""

import signal
from argparse import ArgumentParser
from itertools import repeat
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.fake.server import FAULTS
from importers.files import archives
from importers.files.archives import RawItem
from importers.registries import adapter, adapters


class Command(BaseCommand):
    help = "Serve saved records as a registry on 127.0.0.1 until Ctrl-C, healthy or not."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, nargs="+", help="saved records, as for import_trials --from")
        parser.add_argument("--registry", choices=list(adapters()), default=next(iter(adapters())))
        parser.add_argument("--port", type=int, default=8900)
        parser.add_argument("--fault", choices=FAULTS, help="what goes wrong with every answer")
        parser.add_argument(
            "--words", type=int, help="the most words of one question, where there is a limit"
        )
        parser.add_argument("--times", type=int, help="with so many answers only; then all is well")

    def handle(self, *args: Any, **options: Any) -> None:
        registry = adapter(options["registry"])
        fake = registry.fake
        if fake is None:
            raise CommandError(f"{registry.slug} has no stand-in.", returncode=2)
        found = (item for path in options["path"] for item in archives.read(path, registry.kinds))
        raws = [item.raw for item in found if isinstance(item, RawItem)]
        fault, times = FAULTS.get(options["fault"]), options["times"]
        faults = () if fault is None else repeat(fault) if times is None else repeat(fault, times)
        limit = {} if options["words"] is None else {"most_words": options["words"]}
        if not fake.options.issuperset(limit):
            raise CommandError(f"{registry.slug} has no limit of words.", returncode=2)
        with fake.serve(raws, faults=faults, port=options["port"], **limit) as url:
            self.stdout.write(
                f"{len(raws)} records at {url}\n  {fake.setting}={url} make run\nCtrl-C stops it."
            )
            signal.sigwait({signal.SIGINT, signal.SIGTERM})
