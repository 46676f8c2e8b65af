"""`manage.py ctri_targets`: what is known of CTRI's trialids; add some, or a whole range to fill the past."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.crawl import cited, targets
from importers.crawl.models import CtriTarget
from importers.crawl.outlook import outlook
from importers.crawl.typed import read_typed


class Command(BaseCommand):
    help = "Without arguments: what waits and what was found. Ids are visited by `import_trials ctri`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--add", nargs="+", metavar="ID", help="trialids, CTRI numbers or addresses of CTRI pages"
        )
        parser.add_argument("--backfill", nargs=2, type=int, metavar=("FIRST", "LAST"), help="a range of ids")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            typed = read_typed(" ".join(options["add"]))
            if typed.strange:
                raise CommandError(f"No trialid in: {' '.join(typed.strange)}", returncode=2)
            cited.note(dict.fromkeys(typed.numbers, "typed"))
            self.stdout.write(f"{targets.add(typed.ids, CtriTarget.Reason.TYPED)} to visit.")
        if options["backfill"]:
            first, last = options["backfill"]
            if not 0 < first <= last <= targets.LARGEST_ID:
                raise CommandError("The range must go up.", returncode=2)
            self.stdout.write(f"{targets.add(range(first, last + 1), CtriTarget.Reason.BACKFILL)} added.")
        now = outlook()
        self.stdout.write(
            f"{now.waiting} wait, about {now.nights} nights; {now.past} of the past, "
            f"about {now.past_nights} nights; {now.cited} numbers whose page is not known. "
            f"{now.records} CAR T records, {now.others} others, {now.empty} not registered."
        )
