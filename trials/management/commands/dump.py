"""`manage.py dump`: make today's files of the whole catalogue now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trials.open_data.dumps.make import make_dump
from trials.open_data.dumps.shelf import folder


class Command(BaseCommand):
    help = "Write today's files of the whole catalogue: NDJSON, CSV and SQLite, with checksums and terms."

    def handle(self, **options: Any) -> None:
        made = make_dump(timezone.now())
        if made is None:
            raise CommandError("There is no real trial to write: only samples, or nothing at all.")
        self.stdout.write(f"{made.trials} trials in {folder() / made.date}")
