"""`manage.py bench`: how right labels, places and the search box are on the benchmark, and how fast.

Speed is told as a ratio to a floor measured in the same run: machines are shared and noisy.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from importers.bench import eligibility, labels, places, published, queries, speed

SECTIONS: tuple[Callable[[Path], Iterator[str]], ...] = (
    labels.report,
    published.report,
    eligibility.report,
    queries.report,
    places.report,
    speed.report,
    speed.ctri_report,
)


class Command(BaseCommand):
    help = "Quality per axis and label with every miss, and speed as ratios. The catalogue stays as it is."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        shared = Path(settings.BASE_DIR).parent / "shared"
        if not (shared / "benchmark").is_dir():
            self.stdout.write("The benchmark (../shared/benchmark) is not here: nothing to measure.")
            return
        for section in SECTIONS:
            for line in section(shared):
                self.stdout.write(line)
