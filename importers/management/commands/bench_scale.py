"""`manage.py bench_scale --trials 600000`: pages of a large catalogue, in a data folder made for it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from importers.bench import cost, large, outcome
from importers.bench.peers import peers, ratios
from importers.bench.resample import resample
from trials.models import Trial
from trials.search.snapshot import current


class Command(BaseCommand):
    help = (
        "Fill a data folder of its own, whose name begins with `bench`, and measure every public page there."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--trials",
            type=int,
            default=60_000,
            help="listed trials at least; 0: those that are there (default: 60000)",
        )
        parser.add_argument("--peers", action="store_true", help="measure other ways to search as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["trials"] and not settings.DATA_DIR.name.startswith("bench"):
            said = "TRIALFINDER_DATA_DIR must name a folder that begins with `bench`."
            raise CommandError(said, returncode=2)
        if not Trial.objects.listed().exists():
            raise CommandError("There is no trial to make others of: import some.", returncode=2)
        for line in resample(options["trials"]):
            self.stdout.write(line)
        current.make()
        found = [*large.pages(), *large.slowest_lists()]
        asked: list[cost.Cost] = []
        if options["peers"]:
            asked = list(peers(settings.DATA_DIR))
            found += asked
        against = list(ratios(asked))
        for line in (*cost.lines(found), *against):
            self.stdout.write(line)
        trials = Trial.objects.listed().count()
        outcome.keep("scale", {"trials": trials, "costs": cost.as_rows(found), "peers": against})
