"""`manage.py ctri_targets`: what is known of CTRI's trialids, and where a number is looked for; add some."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.models.crawl import CtriTarget
from importers.registries.ctri import numbers
from importers.registries.ctri.crawl import cited, targets
from importers.registries.ctri.crawl.outlook import Outlook, PartOutlook, outlook
from importers.registries.ctri.crawl.parts import Part
from importers.registries.ctri.crawl.typed import read_typed
from importers.registries.ctri.crawl.whereabouts import whereabouts
from importers.registries.ctri.web_addresses import LARGEST_TRIAL_ID


class Command(BaseCommand):
    help = "Without arguments: what waits and what was found. Ids are visited by `import_trials ctri`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="*", help="CTRI numbers: say where their pages are looked for")
        parser.add_argument(
            "--add", nargs="+", metavar="ID", help="trialids, CTRI numbers or addresses of CTRI pages"
        )
        parser.add_argument("--backfill", nargs=2, type=int, metavar=("FIRST", "LAST"), help="a range of ids")
        parser.add_argument("--json", action="store_true", help="last line of stdout: the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            self._add(" ".join(options["add"]))
        if options["backfill"]:
            first, last = options["backfill"]
            if not 0 < first <= last <= LARGEST_TRIAL_ID:
                raise CommandError("The range must go up.", returncode=2)
            self.stdout.write(f"{targets.add(range(first, last + 1), CtriTarget.Reason.BACKFILL)} added.")
        if options["number"]:
            self._tell_where(options["number"], as_json=options["json"])
        else:
            self._tell_all(outlook(), as_json=options["json"])

    def _add(self, words: str) -> None:
        typed = read_typed(words)
        if typed.strange:
            raise CommandError(f"No trialid in: {' '.join(typed.strange)}", returncode=2)
        cited.note(dict.fromkeys(typed.numbers, cited.PERSON))
        self.stdout.write(f"{targets.add(typed.ids, CtriTarget.Reason.TYPED)} to visit.")
        for number in typed.numbers:
            self.stdout.write(str(whereabouts(number)))

    def _tell_where(self, words: list[str], *, as_json: bool) -> None:
        read = {word: numbers.read(word) for word in words}
        strange = [word for word, number in read.items() if not number]
        if strange:
            raise CommandError(f"No CTRI number: {' '.join(strange)}", returncode=2)
        found = [whereabouts(number) for number in read.values()]
        for one in found:
            self.stdout.write(str(one))
        if as_json:
            self.stdout.write(json.dumps({"numbers": [one.as_json() for one in found]}))

    def _tell_all(self, now: Outlook, *, as_json: bool) -> None:
        for part in now.parts:
            self.stdout.write(f"{Part(part.part).value}: {_words(part)}")
        self.stdout.write(
            f"{now.records} CAR T records, {now.others} others, {now.empty} not registered; "
            f"about {now.nightly} requests a night."
        )
        if as_json:
            names = ("done", "waiting", "next", "paused", "days")
            parts = {part.part.value: {name: getattr(part, name) for name in names} for part in now.parts}
            self.stdout.write(json.dumps({"parts": parts, "records": now.records, "others": now.others}))


def _words(part: PartOutlook) -> str:
    following = f", next {part.next}" if part.next else ""
    if part.paused:
        end = "paused"
    elif part.days is None:
        end = "goes on every night"
    else:
        end = f"done in {part.days} days" if part.waiting else "nothing to do"
    return f"{part.done} done, {part.waiting} waiting{following}; {end}"
