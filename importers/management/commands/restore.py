"""`manage.py restore FILE`: put a backup into an empty database, or with `--replace` into any."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trialfinder.backup import BackupError
from trialfinder.backup.restore import check, restore


class Command(BaseCommand):
    help = "Restore a backup: all of it, or nothing is changed. Stop the site first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away what is in the database")
        parser.add_argument(
            "--check", action="store_true", help="only look whether the file is whole and fits"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            if options["check"]:
                manifest = check(options["file"], settings.BACKUP_KEY)
                self.stdout.write(f"Whole: made {manifest.made_at} by release {manifest.version}.")
                return
            notes = restore(options["file"], settings.BACKUP_KEY, options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join([f"Restored in {time.monotonic() - began:.1f} s.", *notes]))
