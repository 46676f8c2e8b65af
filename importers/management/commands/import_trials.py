"""`manage.py import_trials REGISTRY`: import trials from a registry, from files or from kept copies."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseFailure
from django.db.models import QuerySet
from kombu.exceptions import OperationalError
from tqdm import tqdm

from importers import tasks
from importers.models import ImportProblem, ImportRun
from importers.pipeline import start
from trials import registries

Source, Status = ImportRun.Source, ImportRun.Status
EXIT_CODES = {Status.SUCCEEDED: 0, Status.PARTIAL: 1, Status.FAILED: 1, Status.HELD: 3, Status.QUEUED: 0}
EXIT_CODES |= {Status.CANCELLED: 1, Status.RUNNING: 0}
COUNTS = ("seen", "created", "updated", "unchanged", "failed", "notices", "withdrawn", "held")
GAVE_UP = 130
"""What shells call a command that ended by Ctrl-C."""
PROBLEMS_SHOWN = 20
COMPLAINTS = {
    "refused": "The registry refused to search for “{}”.",
    "too_many": "“{}” finds too many studies; only those that other words find too are taken.",
}


class Command(BaseCommand):
    help = "Import CAR T trials from a registry. Exit code: 0 all taken, 1 failed (some or all), 3 held."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("registry", choices=registries.slugs())
        parser.add_argument("--from", dest="path", type=Path, help="a file or folder of saved records")
        parser.add_argument("--reparse", action="store_true", help="read the kept raw copies again")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
        parser.add_argument("--background", action="store_true", help="let a Celery worker do it")
        parser.add_argument("--no-wait", action="store_true", help="fail where another import is running")
        parser.add_argument("--json", action="store_true", help="last line of stdout: the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        run = self._queue(options)
        if options["background"]:
            self._send(run)
        else:
            run = self._carry_out(run, wait=not options["no_wait"])
        self._tell(run)
        if options["json"]:
            self.stdout.write(json.dumps(result(run)))
        sys.exit(EXIT_CODES[Status(run.status)])

    def _queue(self, options: dict[str, Any]) -> ImportRun:
        registry, path = options["registry"], options["path"]
        if path and options["reparse"]:
            raise CommandError("--from and --reparse exclude each other.", returncode=2)
        if path and not path.exists():
            raise CommandError(f"There is no file or folder {path}", returncode=2)
        source = Source.FILES if path else Source.REPARSE if options["reparse"] else Source.REGISTRY
        origin = str(path.resolve()) if path else ""
        return start.queue(registry, source, origin=origin, dry_run=options["dry_run"])

    def _send(self, run: ImportRun) -> None:
        try:
            tasks.carry_out.delay(run.pk)
        except OperationalError as error:
            run.delete()
            raise CommandError(
                f"The message broker does not answer ({error}). Is `make run` running?"
            ) from None

    def _carry_out(self, run: ImportRun, *, wait: bool) -> ImportRun:
        with tqdm(unit=" records", file=self.stderr, disable=not sys.stderr.isatty()) as bar:

            def show(done: int, total: int | None) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                if not wait:
                    return start.carry_out(run.pk, progress=show)
                return start.carry_out_in_turn(run.pk, progress=show, tell=self.stderr.write)
            except KeyboardInterrupt:
                raise CommandError("Given up: nothing was changed.", returncode=GAVE_UP) from None
            except DatabaseFailure as error:
                raise CommandError(
                    f"The database went away ({str(error).strip()}). Nothing was published; start it again."
                ) from None

    def _tell(self, run: ImportRun) -> None:
        if run.status == Status.QUEUED:
            self.stdout.write(f"Import {run.pk} is queued for a worker.")
            return
        counts = ", ".join(f"{getattr(run, name)} {name}" for name in COUNTS)
        dry = " (dry run, nothing stored)" if run.dry_run else ""
        self.stdout.write(f"Import {run.pk} {run.status}{dry}: {counts}.")
        if run.pointed:
            name = run.get_registry_display()
            self.stdout.write(
                f"{run.pointed} more {name} trials are known; those of CAR T are visited at night."
            )
        if run.error:
            self.stderr.write(run.error)
        for question in run.questions:
            if complaint := complaint_about(question):
                self.stderr.write(f"  {complaint}")
        self._list(run.problems.filter(minor=False), "problems")
        if run.notices:
            self.stderr.write("Taken, but for fields that could not be read:")
        self._list(run.problems.filter(minor=True), "fields")

    def _list(self, problems: QuerySet[ImportProblem], what: str) -> None:
        """The first of the problems, and how many there are besides."""
        for problem in problems.order_by("pk")[:PROBLEMS_SHOWN]:
            self.stderr.write(f"  {problem.origin}: {problem}" if problem.origin else f"  {problem}")
        more = problems.count() - PROBLEMS_SHOWN
        if more > 0:
            self.stderr.write(f"  ... and {more} more {what}")


def complaint_about(question: dict[str, Any]) -> str:
    """What went wrong with a question, "" where it was answered or asked again in parts."""
    if question["outcome"] not in COMPLAINTS:
        return ""
    return COMPLAINTS[question["outcome"]].format(", ".join(question["names"]))


def result(run: ImportRun) -> dict[str, Any]:
    """What `--json` prints: names are stable, other tools read them. `seconds` is wall time."""
    return {
        "run_id": run.pk,
        "registry": run.registry,
        "status": run.status,
        **{name: getattr(run, name) for name in COUNTS},
        "seconds": round(run.seconds, 3),
        "questions": run.questions,
    }
