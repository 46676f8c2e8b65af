"""`manage.py bench`: how well classification does against the development benchmark. No database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from importers.bench import labels, queries

SECTIONS: tuple[Callable[[Path], Iterator[str]], ...] = (labels.report, queries.report)


class Command(BaseCommand):
    help = "Precision, recall and F1 per axis and label, every miss, and the time one study takes."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        shared = Path(settings.BASE_DIR).parent / "shared"
        if not (shared / "benchmark").is_dir():
            self.stdout.write("The benchmark (../shared/benchmark) is not here: nothing to measure.")
            return
        for section in SECTIONS:
            for line in section(shared):
                self.stdout.write(line)
