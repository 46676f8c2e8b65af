"""`manage.py ctri_targets`: what is known of CTRI's trialids; add some, or a whole range to fill the past."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.crawl import targets
from importers.crawl.models import CtriTarget


class Command(BaseCommand):
    help = "Without arguments: what waits and what was found. Ids are visited by `import_trials ctri`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", nargs="+", metavar="ID", help="trialids or addresses of CTRI pages")
        parser.add_argument("--backfill", nargs=2, type=int, metavar=("FIRST", "LAST"), help="a range of ids")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            ids, strange = targets.read_typed(" ".join(options["add"]))
            if strange:
                raise CommandError(f"No trialid in: {' '.join(strange)}", returncode=2)
            self.stdout.write(f"{targets.add(ids, CtriTarget.Reason.TYPED)} to visit.")
        if options["backfill"]:
            first, last = options["backfill"]
            if not 0 < first <= last <= targets.LARGEST_ID:
                raise CommandError("The range must go up.", returncode=2)
            self.stdout.write(f"{targets.add(range(first, last + 1), CtriTarget.Reason.BACKFILL)} added.")
        state = targets.state()
        self.stdout.write(
            f"{state.waiting} wait, about {state.nights} nights. "
            f"{state.records} CAR T records, {state.others} others, {state.empty} not registered."
        )
