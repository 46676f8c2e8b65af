"""`manage.py backup FILE`: everything people said and everything fetched, in one file."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from trialfinder.backup import BackupError
from trialfinder.backup.make import make


class Command(BaseCommand):
    help = "Back up the database to a file while the site runs on. It is encrypted if BACKUP_KEY is set."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            manifest = make(options["file"], settings.BACKUP_KEY)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(entry.rows for entry in manifest.tables.values())
        size = options["file"].stat().st_size / 1_000_000
        self.stdout.write(
            f"{options['file']}: {len(manifest.tables)} tables, {rows} rows, {size:.1f} MB, "
            f"{'encrypted' if settings.BACKUP_KEY else 'not encrypted'}, {time.monotonic() - began:.1f} s."
        )
