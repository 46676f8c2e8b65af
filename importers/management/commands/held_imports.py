"""`manage.py held_imports`: list imports that wait for a person; release or drop one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from importers.models import ImportRun
from importers.pipeline import start
from importers.runs import lifecycle


class Command(BaseCommand):
    help = (
        "List held imports. With --release or --drop and a number: take what one fetched, or throw it away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run_id", nargs="?", type=int, help="the number of the import")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--release", action="store_true", help="take what was fetched")
        choice.add_argument("--drop", action="store_true", help="throw away what was fetched")

    def handle(self, *args: Any, **options: Any) -> None:
        held = ImportRun.objects.filter(status=ImportRun.Status.HELD).order_by("pk")
        if options["run_id"] is None:
            for waiting in held:
                when = f"{waiting.finished_at:%d %b %Y %H:%M}"
                self.stdout.write(f"{waiting.pk}  {waiting.registry}  {when}  {waiting.error}")
            return
        run = held.filter(pk=options["run_id"]).first()
        if run is None:
            raise CommandError(f"Import {options['run_id']} is not held.", returncode=2)
        if options["release"]:
            lifecycle.release(run)
            run = start.carry_out_in_turn(run.pk, tell=self.stderr.write)
        elif options["drop"]:
            lifecycle.drop(run)
        self.stdout.write(f"Import {run.pk}: {run.status}. {run.error}".strip())
